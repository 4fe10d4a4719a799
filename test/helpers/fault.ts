import type { Fault } from '#shared/simulator.ts'

/** A fault for every request, with what a test wants to differ. */
export const fault = (changes: Partial<Fault> = {}): Fault => ({
  id: 'f',
  enabled: true,
  vendor: null,
  number: null,
  share: 100,
  effect: { kind: 'silence' },
  ...changes,
})
