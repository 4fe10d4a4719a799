import type { Policies } from '../group.ts'
import type { AttemptOutcome } from '../outcome.ts'
import { defaultTimeouts } from '../timeouts.ts'
import { hear, type Breaker } from './breaker.ts'
import { decide, type Decision, type Member, type Tried } from './decide.ts'

/*
 * A group taking a message on paper: the same decision and the same breakers as the sender's, outcomes made up. Nothing
 * leaves the machine, and nothing is kept.
 */

/** How a member behaves in a rehearsal. */
export const behaviours = [
  'accepts',
  'no_receipt',
  'down',
  'times_out',
  'server_error',
  'rate_limited',
  'bad_credentials',
  'invalid_number',
] as const
/** Not chosen: a provider whose secret is missing cannot do anything else. */
export type Behaviour = (typeof behaviours)[number] | 'secret_missing'

/** What an attempt of each behaviour ends with, and after how many milliseconds it would. */
const made: Record<Behaviour, { outcome: AttemptOutcome; ms: number; bytesOut: boolean }> = {
  accepts: {
    outcome: { class: 'accepted', code: 'accepted', facts: { status: 200 } },
    ms: 200,
    bytesOut: true,
  },
  /** Accepts, and no delivery receipt comes. */
  no_receipt: {
    outcome: { class: 'accepted', code: 'accepted', facts: { status: 200 } },
    ms: 200,
    bytesOut: true,
  },
  down: {
    outcome: { class: 'unavailable', code: 'connection_refused', facts: { systemCode: 'ECONNREFUSED' } },
    ms: 5,
    bytesOut: false,
  },
  times_out: {
    outcome: {
      class: 'unknown',
      code: 'first_byte_timed_out',
      facts: { timeout: 'first byte', timeoutMs: defaultTimeouts.firstByteMs },
    },
    ms: defaultTimeouts.firstByteMs,
    bytesOut: true,
  },
  server_error: {
    outcome: { class: 'unknown', code: 'server_error', facts: { status: 500 } },
    ms: 200,
    bytesOut: true,
  },
  rate_limited: {
    outcome: { class: 'unavailable', code: 'rate_limited', facts: { status: 429, retryAfterSeconds: 30 } },
    ms: 100,
    bytesOut: true,
  },
  bad_credentials: {
    outcome: { class: 'misconfigured', code: 'unauthorized', facts: { status: 401 } },
    ms: 100,
    bytesOut: true,
  },
  secret_missing: {
    outcome: { class: 'misconfigured', code: 'secret_missing', facts: {} },
    ms: 1,
    bytesOut: false,
  },
  invalid_number: {
    outcome: { class: 'rejected', code: 'vendor_code', facts: { status: 400, errorCode: 'invalid_number' } },
    ms: 150,
    bytesOut: true,
  },
}

export interface RehearsedAttempt {
  providerId: string
  behaviour: Behaviour
  decision: Extract<Decision, { kind: 'try' }>
  outcome: AttemptOutcome
  bytesOut: boolean
  /** Milliseconds since the rehearsal began. */
  startedAt: number
  finishedAt: number
  /** How long the group waited then for a delivery receipt that did not come, in milliseconds. */
  waitedMs: number
  breakerBefore: Breaker
  breakerAfter: Breaker
}

export interface Rehearsal {
  attempts: RehearsedAttempt[]
  end: Extract<Decision, { kind: 'stop' }>
  /** The members as the message leaves them, to send the next one through. */
  members: Member[]
}

/** Members that no behaviour is chosen for accept. `random` is 0 to 1, for a breaker's jitter. */
export function rehearse(
  members: readonly Member[],
  policies: Policies,
  behaviourOf: (providerId: string) => Behaviour,
  { now, random = 0.5 }: { now: number; random?: number },
): Rehearsal {
  const attempts: RehearsedAttempt[] = []
  let current = [...members]
  let at = 0
  for (;;) {
    const tried = attempts.map(triedOf)
    const decision = decide(current, policies, tried, now + at)
    if (decision.kind === 'stop') return { attempts, end: decision, members: current }
    const { providerId } = decision
    const behaviour = behaviourOf(providerId)
    const { outcome, ms, bytesOut } = made[behaviour]
    const waitedMs = behaviour === 'no_receipt' ? (policies.noReceiptMinutes ?? 0) * 60_000 : 0
    const breakerBefore = current.find((one) => one.providerId === providerId)?.breaker
    if (!breakerBefore) throw new Error('a member was chosen that is none')
    const { status, retryAfterSeconds } = outcome.facts
    const heard = { class: outcome.class, code: outcome.code, status, retryAfterSeconds }
    const breakerAfter = hear(decision.probe ?? breakerBefore, heard, now + at + ms, random)
    attempts.push({
      providerId,
      behaviour,
      decision,
      outcome,
      bytesOut,
      startedAt: at,
      finishedAt: at + ms,
      waitedMs,
      breakerBefore,
      breakerAfter,
    })
    current = current.map((one) =>
      one.providerId === providerId
        ? {
            ...one,
            breaker: breakerAfter,
            needsAttention: one.needsAttention || outcome.class === 'misconfigured',
          }
        : one,
    )
    at += ms + waitedMs
  }
}

function triedOf({ providerId, decision, outcome, waitedMs }: RehearsedAttempt): Tried {
  return { providerId, class: outcome.class, lastResort: decision.lastResort, noReceipt: waitedMs > 0 }
}
