import type { BreakerView, GroupMember } from '#shared/group.ts'
import { sentence } from '#shared/verdict/phrases.ts'
import { formatDuration, plural } from '../../lib/format.ts'
import type { Tone } from '../../ui/tone.ts'

export interface StateWords {
  word: string
  tone: Tone
  /** The whole of it, for whoever hovers or listens. */
  reason: string
}

/** What keeps a member from being tried, or nothing. */
export function stateWords({
  state,
  attention,
}: Pick<GroupMember, 'state' | 'attention'>): StateWords | null {
  switch (state) {
    case 'ready':
      return null
    case 'needs_attention':
      return {
        word: 'Needs attention',
        tone: 'warn',
        reason: `${sentence(attention ?? 'The last attempt says that something has to be mended')} It is skipped until it is edited or a test passes.`,
      }
    case 'secrets_missing':
      return {
        word: 'Secret missing',
        tone: 'warn',
        reason: 'A secret has to be entered again. It is skipped until then.',
      }
    case 'archived':
      return { word: 'Archived', tone: 'quiet', reason: 'It is archived for good, and skipped.' }
    case 'deleted':
      return { word: 'Deleted', tone: 'quiet', reason: 'It does not exist any more, and is skipped.' }
  }
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
      reason: `One message at a time tries whether it is back: ${goodProbes} of 3 good ones so far.`,
    }
  if (failuresInRow > 0)
    return {
      word: `${plural(failuresInRow, 'failure')} in a row`,
      tone: 'quiet',
      reason: 'At 5 in a row its circuit breaker opens, and it is skipped for a while.',
    }
  return null
}

/** What is left of a pause, in whole seconds below a minute. */
export function left(until: number, now: number): string {
  const ms = Math.ceil(Math.max(0, until - now) / 1000) * 1000
  return ms < 60_000 ? `${ms / 1000} s` : formatDuration(ms)
}
