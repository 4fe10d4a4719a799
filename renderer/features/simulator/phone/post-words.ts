import type { PhonePost } from '#shared/simulator-phone.ts'
import type { Tone } from '../../../ui/tone.ts'

const kinds: Record<PhonePost['kind'], string> = { receipt: 'Receipt', reply: 'Reply', click: 'Click' }

/** A receipt, reply or click, and what became of it, in words. */
export function postWords({ kind, state, outcome, answer, why }: PhonePost): { tone: Tone; word: string } {
  const what = state === null ? kinds[kind] : `${kinds[kind]} “${state}”`
  if (outcome === 'waiting') return { tone: 'running', word: `${what} on its way` }
  if (outcome === 'taken') return { tone: 'simulated', word: `${what} taken (${answer ?? ''})` }
  return { tone: 'warn', word: `${what} not taken${why === null ? '' : `: ${why}`}` }
}

/** How far a handset's tick is: by the receipts that were taken. */
export function tickOf(posts: readonly PhonePost[]): 'none' | 'sent' | 'delivered' | 'failed' {
  const states = posts.flatMap(({ kind, outcome, state }) =>
    kind === 'receipt' && outcome === 'taken' ? [state] : [],
  )
  if (states.includes('delivered')) return 'delivered'
  if (states.some((state) => state !== null && state !== 'queued' && state !== 'sent')) return 'failed'
  return states.includes('sent') ? 'sent' : 'none'
}
