import type { MessageStory } from '../message.ts'

/** How a story ends, in a sentence or two; null while it goes on. */
export function endWords(story: MessageStory): string | null {
  const { state, settled } = story
  const name = story.providerName
  if (settled !== null && state === settled.as)
    return settled.as === 'sent'
      ? 'Marked as sent by hand. No answer of a provider says so.'
      : 'Marked as failed by hand. No answer of a provider says so.'
  const unknown = unknownNames(story)
  switch (state) {
    case 'sent':
      return `${name} took the message${through(story)}.${hasReceipt(story) ? '' : ' A delivery receipt would tell whether it arrived.'}`
    case 'failed':
      if (unknown.length > 0)
        return `Nobody can tell whether ${list(unknown)} took the message. It may still arrive.`
      return story.attempts > 1 ? 'No provider took the message.' : `${name} did not take the message.`
    case 'cancelled':
      return 'Stopped by hand.'
    case 'undelivered':
      return undeliveredWords(story)
    default:
      return null
  }
}

/** Null where it was a receipt that said so. */
function undeliveredWords({ story }: MessageStory): string | null {
  const waited = story.filter(({ wait }) => wait?.ended?.how === 'no_receipt')
  if (waited.length === 0) return null
  const names = list([...new Set(waited.map(({ providerName }) => providerName))])
  return story.at(-1) === waited.at(-1)
    ? `No delivery receipt came in time from ${names}, and no provider was left to try. It may still arrive.`
    : `No delivery receipt came in time from ${names}, and no other provider took the message. It may still arrive.`
}

/** When it ended, as far as its attempts say; epoch milliseconds. */
export function endedAt({ story }: Pick<MessageStory, 'story'>): number | null {
  const last = story.at(-1)
  return last?.wait?.ended?.how === 'no_receipt' ? last.wait.ended.at : (last?.finishedAt ?? null)
}

const hasReceipt = ({ callbacks }: MessageStory) => callbacks.some(({ kind }) => kind === 'receipt')

const through = ({ attempts }: MessageStory) => (attempts > 1 ? `, at attempt ${attempts}` : '')

/** The providers of which nobody knows whether they took it, each once. */
function unknownNames({ story }: MessageStory): string[] {
  const asked = story.filter(({ outcome }) => outcome?.class === 'unknown')
  return [...new Set(asked.map(({ providerName }) => providerName))]
}

function list(names: string[]): string {
  if (names.length < 3) return names.join(' or ')
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** It failed as far as is known, but of one of its attempts nobody knows, and nobody has said since what became of it. */
export function isUnknown({
  state,
  settled,
  story,
}: Pick<MessageStory, 'state' | 'settled' | 'story'>): boolean {
  return state === 'failed' && settled === null && story.some(({ outcome }) => outcome?.class === 'unknown')
}
