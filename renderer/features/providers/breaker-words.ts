import type { BreakerView } from '#shared/group.ts'
import { breakerLimits } from '#shared/failover/breaker.ts'
import { formatClock, formatDuration, plural } from '../../lib/format.ts'
import type { Tone } from '../../ui/tone.ts'

export interface StateWords {
  word: string
  tone: Tone
  /** The whole of it, for whoever hovers or listens. */
  reason: string
}

type Shown = Pick<BreakerView, 'state' | 'failuresInRow' | 'openUntil' | 'throttledUntil' | 'goodProbes'>

/** What a circuit breaker keeps from a provider now, or nothing to be told. `now` is epoch milliseconds. */
export function breakerWords(breaker: Shown, now: number): StateWords | null {
  const { state, openUntil, throttledUntil, goodProbes, failuresInRow } = breaker
  if (throttledUntil !== null && now < throttledUntil)
    return {
      word: `Slowed down for ${left(throttledUntil, now)}`,
      tone: 'warn',
      reason: 'It answered that there were too many requests (429), so it is left alone for a while.',
    }
  if (state === 'open' && openUntil !== null && now < openUntil)
    return {
      word: `Circuit open for ${left(openUntil, now)}`,
      tone: 'bad',
      reason: 'It failed too often, so it is skipped; then one message at a time tries whether it is back.',
    }
  if (state !== 'closed')
    return {
      word: 'Circuit half open',
      tone: 'warn',
      reason: `One message at a time tries whether it is back: ${goodProbes} of ${breakerLimits.goodProbes} good ones so far.`,
    }
  if (failuresInRow > 0)
    return {
      word: `${plural(failuresInRow, 'failure')} in a row`,
      tone: 'quiet',
      reason: `At ${breakerLimits.inARow} in a row its circuit breaker opens, and it is skipped for a while.`,
    }
  return null
}

/** What is left of a pause, in whole seconds below a minute. */
export function left(until: number, now: number): string {
  const ms = Math.ceil(Math.max(0, until - now) / 1000) * 1000
  return ms < 60_000 ? `${ms / 1000} s` : formatDuration(ms)
}

/**
 * What a circuit breaker keeps from a provider now, for a place that is read and not watched: times of the day instead
 * of what is left. Nothing where it is closed.
 */
export function breakerNotice(breaker: BreakerView, now: number): StateWords | null {
  const words = breakerWords(breaker, now)
  if (!words || words.tone === 'quiet') return null
  const { openUntil, throttledUntil, failuresInRow, goodProbes } = breaker
  if (throttledUntil !== null && now < throttledUntil)
    return {
      ...words,
      word: 'Slowed down',
      reason: `Slowed down until ${formatClock(throttledUntil)}: it answered that there were too many requests (429). Groups skip it until then; test sends ignore this.`,
    }
  if (openUntil !== null && now < openUntil) {
    const why =
      failuresInRow >= breakerLimits.inARow
        ? `${plural(failuresInRow, 'failure')} in a row`
        : 'it failed too often'
    return {
      ...words,
      word: 'Circuit open',
      reason: `Circuit breaker open until ${formatClock(openUntil)}: ${why}. Groups skip it until then; test sends ignore it.`,
    }
  }
  return {
    ...words,
    reason: `Circuit breaker half open: one message at a time tries whether it is back, ${goodProbes} of ${breakerLimits.goodProbes} good ones so far. Test sends ignore it.`,
  }
}
