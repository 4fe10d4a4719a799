import type { Breaker } from '#shared/failover/breaker.ts'
import { breakerLimits } from '#shared/failover/breaker.ts'
import type { Skipped } from '#shared/failover/decide.ts'
import type { Behaviour, RehearsedAttempt, Rehearsal } from '#shared/failover/rehearse.ts'
import type { Policies } from '#shared/group.ts'
import { formatDuration, plural } from '../../../lib/format.ts'
import type { Tone } from '../../../ui/tone.ts'
import { left } from '../../providers/breaker-words.ts'

export const behaviourWords: Record<Behaviour, string> = {
  accepts: 'Accepts',
  no_receipt: 'Accepts, no receipt',
  down: 'Down',
  times_out: 'Times out',
  server_error: 'Server error (500)',
  rate_limited: 'Rate limited (429)',
  bad_credentials: 'Bad credentials (401)',
  invalid_number: 'Invalid number (400)',
  secret_missing: 'Secret missing',
}

type NameOf = (providerId: string) => string

/** Why a member was passed over. `at` is epoch milliseconds on the rehearsal's clock. */
export function skipWords({ reason, until }: Skipped, at: number): string {
  const rest = until === null ? '' : ` for another ${left(until, at)}`
  switch (reason) {
    case 'archived':
      return 'it is archived'
    case 'deleted':
      return 'it does not exist any more'
    case 'needs_attention':
      return 'it needs attention'
    case 'breaker_open':
      return `its circuit breaker is open${rest}`
    case 'probing':
      return 'another message is trying whether it is back'
    case 'throttled':
      return `it asked to be left alone${rest}`
  }
}

/** What the group does after an attempt, and why. `last`: no other attempt came after it. */
export function whyWords(
  { outcome, behaviour, waitedMs }: RehearsedAttempt,
  last: boolean,
  policies: Policies,
): string {
  const next = last ? 'no provider is left.' : 'the next provider is tried.'
  switch (outcome.class) {
    case 'accepted':
      if (waitedMs > 0)
        return `It took the message, but no delivery receipt comes within ${formatDuration(waitedMs)}, so it counts as undelivered: ${next}`
      return behaviour === 'no_receipt'
        ? 'It took the message. No receipt comes, and this group waits for none: no other provider is tried.'
        : 'It took the message, so no other provider is tried.'
    case 'cancelled':
      return 'It was stopped before anything went out.'
    case 'unavailable':
      return `Surely not taken: ${next}`
    case 'misconfigured':
      return `Surely not taken, and yours to mend: it needs attention now and is skipped until it is edited or a test passes; ${next}`
    case 'rejected':
      return policies.onRejected === 'stop'
        ? 'The number is refused. This group stops there.'
        : `The number is refused. This group moves on: ${next}`
    case 'unknown':
      return policies.onUnknown === 'hold'
        ? 'Nobody knows whether it was taken. This group holds: no other provider is tried.'
        : `Nobody knows whether it was taken. This group moves on: ${next}`
  }
}

export interface EndWords {
  tone: Tone
  title: string
  text: string
}

/** What became of the message. */
export function endWords({ attempts, end }: Rehearsal, nameOf: NameOf): EndWords {
  const last = attempts.at(-1)
  const name = last ? nameOf(last.providerId) : ''
  const took = last
    ? ` after ${plural(attempts.length, 'attempt')} and ${formatDuration(last.finishedAt + last.waitedMs)}`
    : ''
  const unknown = attempts.some(({ outcome }) => outcome.class === 'unknown')
  switch (end.because) {
    case 'accepted':
      return {
        tone: 'good',
        title: `Accepted by ${name}`,
        text: `${name} took it${took}.${last?.decision.mayArriveTwice ? ' It may arrive twice.' : ''}`,
      }
    case 'rejected':
      return { tone: 'bad', title: 'Rejected', text: `${name} refused the number${took}.` }
    case 'held':
      return {
        tone: 'warn',
        title: 'Unknown, held',
        text: `Nobody knows whether ${name} took it; it may arrive all the same.`,
      }
    case 'cancelled':
      return { tone: 'quiet', title: 'Cancelled', text: 'It was stopped before anything went out.' }
    case 'exhausted':
      if (!last) return { tone: 'bad', title: 'Failed', text: 'No provider could be tried.' }
      if (attempts.some(({ waitedMs }) => waitedMs > 0))
        return {
          tone: 'bad',
          title: 'Undelivered',
          text: `A provider took it, no delivery receipt came, and no provider is left${took}. It may still arrive.`,
        }
      return unknown
        ? {
            tone: 'warn',
            title: 'Unknown',
            text: `No provider is known to have taken it${took}; it may arrive.`,
          }
        : { tone: 'bad', title: 'Failed', text: `No provider took it${took}.` }
  }
}

/** A circuit breaker in a few words. */
export function breakerBrief(breaker: Breaker, at: number): string {
  const { state, throttledUntil, openUntil, failuresInRow, goodProbes } = breaker
  if (throttledUntil !== null && at < throttledUntil) return `left alone for ${left(throttledUntil, at)}`
  if (state === 'open' && openUntil !== null && at < openUntil) return `open for ${left(openUntil, at)}`
  if (state !== 'closed') return `half open, ${goodProbes} of ${breakerLimits.goodProbes} good ones`
  return failuresInRow > 0 ? `closed, ${plural(failuresInRow, 'failure')} in a row` : 'closed'
}

/** What an attempt did to its circuit breaker, or nothing. */
export function breakerChange(attempt: RehearsedAttempt, startedAt: number): [string, string] | null {
  const before = breakerBrief(attempt.breakerBefore, startedAt + attempt.startedAt)
  const after = breakerBrief(attempt.breakerAfter, startedAt + attempt.finishedAt)
  return before === after ? null : [before, after]
}
