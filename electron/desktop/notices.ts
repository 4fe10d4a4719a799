import type { EventEnvelope } from '#shared/contract.ts'
import type { MessageState, MessageStory } from '#shared/message.ts'
import { verdictOf } from '#shared/verdict.ts'
import type { Dispatch } from '../rpc.ts'

export interface Notice {
  title: string
  body: string
}

const finished: MessageState[] = ['sent', 'delivered', 'undelivered', 'failed']
const mostRemembered = 1000

/** Finds the events that tell of a finished message, each message once, and puts them into words. */
export function noticesOf(dispatch: Dispatch, isAsked: () => boolean, show: (notice: Notice) => void) {
  const told = new Set<string>()
  return async (event: EventEnvelope): Promise<void> => {
    if (event.name !== 'message.changed' || !finished.includes(event.payload.state)) return
    const { id } = event.payload
    if (told.has(id)) return
    told.add(id)
    if (told.size > mostRemembered) told.delete(told.values().next().value ?? id)
    if (!isAsked()) return
    const outcome = await dispatch('messages.get', { id })
    if (outcome.ok) show(noticeOf(outcome.value))
  }
}

function noticeOf(story: MessageStory): Notice {
  const outcome = story.story.at(-1)?.outcome
  const title = outcome ? verdictOf(outcome).title : `The message is ${story.state}`
  return { title, body: `${story.providerName}, to ${story.to}` }
}
