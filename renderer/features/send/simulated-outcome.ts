import type { MagicNumber } from '#shared/simulator.ts'

/**
 * The number whose outcome the simulator gives to this one. It accepts every number that has no outcome of its own; a
 * vendor's list may begin with another. Empty: no number of the list says so.
 */
export function outcomeOf(e164: string, outcomes: readonly MagicNumber[]): string {
  if (outcomes.some(({ number }) => number === e164)) return e164
  return outcomes.find(({ outcome }) => outcome === 'Accepted')?.number ?? ''
}
