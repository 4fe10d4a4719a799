import type { MessageStory } from '#shared/message.ts'
import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import type { Actor } from '../history/cast.ts'
import { closed } from '../history/stories.ts'

export interface Answer {
  class: OutcomeClass
  code: OutcomeCode
  errorCode?: string
  errorText?: string
  /** Milliseconds; null: none came. */
  total: number | null
}

export const why = {
  skipped: [],
  lastResort: false,
  mayArriveTwice: false,
  breaker: { kind: 'closed', failures: [] },
  probe: false,
} as unknown as NonNullable<MessageStory['story'][number]['why']>

/** A story whose attempt got an answer. `goesOn`: its group tries another, or waits for a receipt. */
export function answered(
  story: MessageStory,
  actor: Actor,
  { answer, goesOn }: { answer: Answer; goesOn: boolean },
  at: number,
): MessageStory {
  const movesOn =
    goesOn && story.groupId !== null && answer.class !== 'accepted' && answer.class !== 'cancelled'
  const { total } = answer
  const ending = {
    outcome: { class: answer.class, code: answer.code, facts: factsOf(answer) },
    bytesOut: true,
    response: total === null ? null : { status: 200, statusText: '', headers: [], body: '', bytes: 0 },
    timings: {
      dns: null,
      connect: null,
      tls: null,
      firstByte: null,
      download: null,
      total: total ?? 0,
      reused: true,
      remoteAddress: null,
    },
    providerMessageId: null,
  }
  const after =
    story.groupId === null ? null : { stopped: movesOn ? null : 'exhausted', breaker: why.breaker }
  const done = closed(story, actor, ending, at, after as never)
  // Both providers are paid, as the sender has it.
  const cost =
    done.cost && story.cost?.currency === done.cost.currency
      ? { ...done.cost, amount: done.cost.amount + story.cost.amount }
      : (done.cost ?? story.cost)
  const wasTaken = story.story.slice(0, -1).some(({ outcome }) => outcome?.class === 'accepted')
  const state = wasTaken && !movesOn && answer.class !== 'accepted' ? ('undelivered' as const) : done.state
  const wait =
    answer.class === 'accepted' && goesOn && story.groupId !== null
      ? { minutes: 5, until: at, ended: null }
      : null
  const last = done.story.map((one, index) => (index === done.story.length - 1 ? { ...one, wait } : one))
  return { ...done, state, cost, story: last }
}

function factsOf({ errorCode, errorText }: Answer) {
  return {
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(errorText === undefined ? {} : { errorText }),
  }
}
