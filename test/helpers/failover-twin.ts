import type { Policies } from '#shared/group.ts'
import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'

/*
 * Groups and circuit breakers told once more, from the requirements and not from the code: everything that ever happened
 * is kept in a list, and every question is answered by counting through it anew. Slow, and without a single shortcut.
 */

/** One thing that was heard of a provider; times are epoch milliseconds. */
interface Call {
  at: number
  failed: boolean
}

export interface TwinProvider {
  id: string
  gone: boolean
  needsAttention: boolean
  calls: Call[]
  inARow: number
  /** When it opened last; null while it is closed. */
  opened: { until: number; times: number } | null
  /** Good ones since it opened last. */
  good: number
  throttledUntil: number
}

export const twinProvider = (id: string, gone: boolean, needsAttention: boolean): TwinProvider => ({
  id,
  gone,
  needsAttention,
  calls: [],
  inARow: 0,
  opened: null,
  good: 0,
  throttledUntil: 0,
})

export interface TwinAttempt {
  id: string
  class: OutcomeClass
  code: OutcomeCode
  retryAfterSeconds: number | undefined
  /** The provider accepts, and its receipt does not come. */
  noReceipt: boolean
  mayArriveTwice: boolean
  lastResort: boolean
}

export type TwinAnswer = Pick<TwinAttempt, 'class' | 'code' | 'retryAfterSeconds' | 'noReceipt'>

const seconds = (at: number) => Math.floor(at / 1000)

/** Whether a call may be made: it is not asked to be left alone, and its circuit is closed or its pause is over. */
function lets(provider: TwinProvider, now: number): boolean {
  if (provider.throttledUntil > now) return false
  return provider.opened === null || provider.opened.until <= now
}

function hears(provider: TwinProvider, answer: TwinAnswer, now: number): void {
  if (answer.class === 'cancelled') return
  if (answer.code === 'rate_limited') {
    const wanted = answer.retryAfterSeconds === undefined ? 5 : answer.retryAfterSeconds
    provider.throttledUntil = Math.max(provider.throttledUntil, now + Math.min(wanted, 3600) * 1000)
    return
  }
  const failed = answer.class === 'unavailable' || answer.class === 'unknown'
  provider.calls.push({ at: now, failed })
  provider.inARow = failed ? provider.inARow + 1 : 0
  if (provider.opened) {
    if (failed) opens(provider, now, provider.opened.times + 1)
    else if (++provider.good === 3) Object.assign(provider, { opened: null, good: 0, calls: [], inARow: 0 })
    // Tried though it was open, as no member was fit: it is back, so its pause is over.
    else provider.opened.until = Math.min(provider.opened.until, now)
    return
  }
  const recent = provider.calls.filter(({ at }) => seconds(now) - seconds(at) < 60)
  const bad = recent.filter((call) => call.failed)
  if (failed && (provider.inARow >= 5 || (recent.length >= 20 && bad.length * 2 >= recent.length)))
    opens(provider, now, 1)
}

/** Half a minute, doubled each time, ten minutes at most; no jitter, as the tests roll none. */
function opens(provider: TwinProvider, now: number, times: number): void {
  let ms = 30_000
  for (let again = 1; again < times; again += 1) ms = Math.min(ms * 2, 600_000)
  Object.assign(provider, { opened: { until: now + ms, times }, good: 0 })
}

/**
 * One message through the group, each attempt a given time after the one before. A list of who could be tried is drawn up
 * anew before each attempt.
 */
export function twinRound(
  providers: TwinProvider[],
  policies: Policies,
  answers: TwinAnswer[],
  startedAt: number,
  stepMs: number,
): TwinAttempt[] {
  const made: TwinAttempt[] = []
  let now = startedAt
  for (;;) {
    const last = made.at(-1)
    if (last && !goesOn(last, policies)) return made
    const untried = providers.filter(({ id, gone }) => !gone && !made.some((one) => one.id === id))
    const fit = untried.filter((one) => !one.needsAttention && (!policies.breaker || lets(one, now)))
    const onlySpare = made.every((one) => one.lastResort)
    const next = fit[0] ?? (onlySpare ? untried[0] : undefined)
    const answer = answers[made.length % answers.length]
    if (!next || !answer) return made
    const twice = made.some((one) => one.class === 'unknown' || one.class === 'accepted')
    made.push({ id: next.id, ...answer, mayArriveTwice: twice, lastResort: fit.length === 0 })
    now += stepMs
    hears(next, answer, now)
    if (answer.class === 'misconfigured') next.needsAttention = true
    if (waits(answer, policies)) now += (policies.noReceiptMinutes ?? 0) * 60_000
  }
}

const waits = (answer: TwinAnswer, { noReceiptMinutes }: Policies) =>
  answer.class === 'accepted' && answer.noReceipt && noReceiptMinutes !== null

/** The table of requirement B3, and B5. */
function goesOn(attempt: TwinAttempt, policies: Policies): boolean {
  if (attempt.class === 'unavailable' || attempt.class === 'misconfigured') return true
  if (attempt.class === 'unknown') return policies.onUnknown === 'move_on'
  if (attempt.class === 'rejected') return policies.onRejected === 'move_on'
  return waits(attempt, policies)
}
