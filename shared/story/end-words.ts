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
      return `${name} took the message${through(story)}. A delivery receipt would tell whether it arrived.`
    case 'failed':
      if (unknown.length > 0)
        return `Nobody can tell whether ${list(unknown)} took the message. It may still arrive.`
      return story.attempts > 1 ? 'No provider took the message.' : `${name} did not take the message.`
    case 'cancelled':
      return 'Stopped by hand.'
    default:
      return null
  }
}

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
