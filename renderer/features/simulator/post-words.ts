import type { PhonePost } from '#shared/simulator-phone.ts'
import type { Tone } from '../../ui/tone.ts'

/** What a callback says: "Receipt, delivered". */
export function postTitle({ kind, state }: PhonePost): string {
  const names = { receipt: 'Receipt', reply: 'Reply', click: 'Click' }
  return state === null ? names[kind] : `${names[kind]}, ${state}`
}

/** How it went, in a word or two. */
export function postOutcome({ outcome, answer }: PhonePost): { word: string; tone: Tone } {
  if (outcome === 'waiting') return { word: 'Still to come', tone: 'quiet' }
  if (answer === null) return { word: 'Not sent', tone: 'warn' }
  return { word: `Answered ${answer}`, tone: outcome === 'taken' ? 'simulated' : 'bad' }
}
