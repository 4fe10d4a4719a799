import type { Cancellation } from '../cancellation.ts'

/** How long an answer is waited for, and who may stop that. */
export interface Patience {
  connectMs: number
  cancellation?: Cancellation | undefined
}

/** As much as a new provider has to connect. */
export const usualPatience: Patience = { connectMs: 3000 }

export type Unanswered = { why: 'timed out' | 'cancelled' }

/** Where the system runs a script to find the proxy, its answer may never come. */
export function waitFor(
  answer: Promise<string | null>,
  { connectMs, cancellation }: Patience,
): Promise<string | null | Unanswered> {
  if (cancellation?.cancelled) return Promise.resolve({ why: 'cancelled' })
  return new Promise((resolve) => {
    let over = false
    const end = (how: string | null | Unanswered) => {
      if (over) return
      over = true
      clearTimeout(timer)
      if (cancellation) cancellation.onCancel = null
      resolve(how)
    }
    const timer = setTimeout(() => end({ why: 'timed out' }), connectMs)
    if (cancellation) cancellation.onCancel = () => end({ why: 'cancelled' })
    // As in a browser, a configuration that cannot be had leaves the direct way.
    answer.then(end, () => end(null))
  })
}
