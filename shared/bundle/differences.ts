import type { Attempt } from '../attempt.ts'
import type { StoryCallback } from '../callbacks/callback.ts'
import type { MessageStory } from '../message.ts'

/** In what a replay came out otherwise than was recorded, in words; empty: in nothing that matters. */
export function differencesOf(recorded: MessageStory, replay: MessageStory): string[] {
  return [
    ...differing('The message', recorded.state, replay.state),
    ...differing(
      'The provider’s id',
      recorded.providerMessageId ?? 'none',
      replay.providerMessageId ?? 'none',
    ),
    ...inTurn(recorded.story, replay.story, 'Attempt', attemptWords),
    ...inTurn(recorded.callbacks, replay.callbacks, 'Callback record', callbackWords),
  ]
}

function differing(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${before} was recorded, ${after} came out.`]
}

function inTurn<Part>(before: Part[], after: Part[], what: string, words: (part: Part) => string): string[] {
  const most = Math.max(before.length, after.length)
  return Array.from({ length: most }, (_, index) => index).flatMap((index) => {
    const [one, other] = [before[index], after[index]]
    return differing(`${what} ${index + 1}`, one ? words(one) : 'none', other ? words(other) : 'none')
  })
}

function attemptWords({ outcome, response }: Attempt): string {
  const status = response ? `, HTTP ${response.status}` : ''
  return outcome ? `${outcome.class} (${outcome.code}${status})` : 'no outcome'
}

function callbackWords({ kind, state, word, errorCode, effect }: StoryCallback): string {
  const said = [state ?? word, errorCode].filter((part) => part !== null && part !== '').join(' ')
  return `${kind}${said === '' ? '' : ` ${said}`}, ${effect}`
}
