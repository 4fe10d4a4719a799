import type { OutcomeClass, OutcomeCode } from '../outcome.ts'

/*
 * The circuit breaker of one provider, as a value that functions make anew: kept in the store, shown on the page, and
 * the same in the sender and in a rehearsal. Times are epoch milliseconds, as it outlives the process.
 */

export const breakerLimits = {
  /** Failures in a row that open it. */
  inARow: 5,
  /** Or this share of at least so many calls within the window. */
  share: 0.5,
  calls: 20,
  windowMs: 60_000,
  /** How long it stays open at first; it doubles with each probe that fails. */
  openMs: 30_000,
  longestOpenMs: 600_000,
  /** Either way, though never beyond the longest, so that many providers do not come back at the same moment. */
  jitter: 0.2,
  /** Good probes, one at a time, that close it. */
  goodProbes: 3,
  /** A probe that is never heard of again, as its process was killed, makes way for another after this. */
  probeMs: 60_000,
  /** How long a provider that answers 429 is left alone when it does not say for how long. */
  throttleMs: 5000,
  longestThrottleMs: 3_600_000,
} as const

export interface Breaker {
  state: 'closed' | 'open' | 'half_open'
  failuresInRow: number
  /** Calls of the last minute, by second since the epoch. */
  window: { second: number; calls: number; failures: number }[]
  /** How often in a row it has opened without closing. */
  openings: number
  /** While it is open. */
  openUntil: number | null
  goodProbes: number
  /** When the probe that is on its way began. */
  probeSince: number | null
  /** The provider asked to be left alone until then. */
  throttledUntil: number | null
}

export const closedBreaker: Breaker = {
  state: 'closed',
  failuresInRow: 0,
  window: [],
  openings: 0,
  openUntil: null,
  goodProbes: 0,
  probeSince: null,
  throttledUntil: null,
}

export type Admission =
  | { kind: 'go' }
  /** One call that finds out whether the provider is back; `begun` is the breaker while it is on its way. */
  | { kind: 'probe'; begun: Breaker }
  | { kind: 'wait'; because: 'open' | 'probing' | 'throttled'; until: number | null }

/** Whether a call may be made now. */
export function admit(breaker: Breaker, now: number): Admission {
  const { throttledUntil, openUntil, probeSince } = breaker
  if (throttledUntil !== null && now < throttledUntil)
    return { kind: 'wait', because: 'throttled', until: throttledUntil }
  if (breaker.state === 'closed') return { kind: 'go' }
  if (breaker.state === 'open' && openUntil !== null && now < openUntil)
    return { kind: 'wait', because: 'open', until: openUntil }
  if (probeSince !== null && now >= probeSince && now - probeSince < breakerLimits.probeMs)
    return { kind: 'wait', because: 'probing', until: null }
  return { kind: 'probe', begun: { ...breaker, state: 'half_open', openUntil: null, probeSince: now } }
}

export interface Heard {
  class: OutcomeClass
  code: OutcomeCode
  /** Of the answer, where one came. */
  status?: number | undefined
  retryAfterSeconds?: number | undefined
}

/**
 * The breaker after an attempt. Only what is unavailable or unknown counts against a provider; one that refuses a
 * number or a credential is there. `random` is 0 to 1, for the jitter.
 */
export function hear(breaker: Breaker, heard: Heard, now: number, random: number): Breaker {
  if (heard.class === 'cancelled' || notItsDoing.has(heard.code)) return { ...breaker, probeSince: null }
  if (isThrottle(heard)) return throttled(breaker, heard.retryAfterSeconds, now)
  const failed = heard.class === 'unavailable' || heard.class === 'unknown'
  const counted = {
    ...breaker,
    window: counting(breaker.window, failed, now),
    failuresInRow: failed ? breaker.failuresInRow + 1 : 0,
  }
  if (breaker.state === 'closed') return failed && isBad(counted) ? opened(counted, now, random) : counted
  // While it is open, calls are made only where every member of a group is; what they find out counts as a probe.
  if (failed) return opened(counted, now, random)
  const goodProbes = breaker.goodProbes + 1
  if (goodProbes >= breakerLimits.goodProbes)
    return { ...closedBreaker, throttledUntil: breaker.throttledUntil }
  return { ...counted, state: 'half_open', openUntil: null, goodProbes, probeSince: null }
}

/** Whoever stopped it, or this workbench, left nobody knowing: that says nothing of the provider. */
const notItsDoing: ReadonlySet<OutcomeCode> = new Set(['cancelled_after_sending', 'workbench_failed'])

/** Also where the answer says with a code of the vendor's own that the message was not taken. */
function isThrottle({ class: outcome, code, status }: Heard): boolean {
  return code === 'rate_limited' || (outcome === 'unavailable' && code === 'vendor_code' && status === 429)
}

function throttled(breaker: Breaker, seconds: number | undefined, now: number): Breaker {
  const wished = seconds === undefined ? breakerLimits.throttleMs : seconds * 1000
  const until = now + Math.min(Math.max(wished, 0), breakerLimits.longestThrottleMs)
  return { ...breaker, probeSince: null, throttledUntil: Math.max(until, breaker.throttledUntil ?? 0) }
}

function counting(window: Breaker['window'], failed: boolean, now: number): Breaker['window'] {
  const second = Math.floor(now / 1000)
  const kept = window.filter((one) => isRecent(one.second, now))
  const known = kept.find((one) => one.second === second) ?? { second, calls: 0, failures: 0 }
  const counted = { second, calls: known.calls + 1, failures: known.failures + (failed ? 1 : 0) }
  return [...kept.filter((one) => one.second !== second), counted]
}

/** A clock that was set back leaves seconds of the future behind; they do not count. */
function isRecent(second: number, now: number): boolean {
  const age = Math.floor(now / 1000) - second
  return age >= 0 && age < breakerLimits.windowMs / 1000
}

function isBad({ failuresInRow, window }: Breaker): boolean {
  if (failuresInRow >= breakerLimits.inARow) return true
  let [calls, failures] = [0, 0]
  for (const one of window) {
    calls += one.calls
    failures += one.failures
  }
  return calls >= breakerLimits.calls && failures >= calls * breakerLimits.share
}

function opened(breaker: Breaker, now: number, random: number): Breaker {
  const openings = breaker.openings + 1
  const { openMs, longestOpenMs } = breakerLimits
  const plain = Math.min(openMs * 2 ** Math.min(openings - 1, 20), longestOpenMs)
  const spread = 1 + (random * 2 - 1) * breakerLimits.jitter
  return {
    ...breaker,
    state: 'open',
    openings,
    openUntil: now + Math.min(Math.round(plain * spread), longestOpenMs),
    goodProbes: 0,
    probeSince: null,
  }
}
