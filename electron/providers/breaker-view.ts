import type { Breaker } from '#shared/failover/breaker.ts'
import type { BreakerView } from '#shared/group.ts'

export function breakerView(breaker: Breaker): BreakerView {
  const { state, failuresInRow, openings, openUntil, throttledUntil, goodProbes } = breaker
  return { state, failuresInRow, openings, openUntil, throttledUntil, goodProbes }
}
