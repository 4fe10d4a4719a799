import type { Policies } from '../group.ts'
import type { OutcomeClass } from '../outcome.ts'
import { admit, type Breaker } from './breaker.ts'

/*
 * Which member of a group a message goes to next, or why to none: the same function in the sender, in a rehearsal and
 * in the tests' twin. It knows no clock, no store and no network.
 */

export interface Member {
  providerId: string
  /** Why it is never used: archived, or deleted meanwhile. */
  gone: 'archived' | 'deleted' | null
  needsAttention: boolean
  breaker: Breaker
}

export type SkipReason = 'archived' | 'deleted' | 'needs_attention' | 'breaker_open' | 'probing' | 'throttled'

export interface Skipped {
  providerId: string
  reason: SkipReason
  /** When it may be tried again, where that is known; epoch milliseconds. */
  until: number | null
}

export interface Tried {
  providerId: string
  class: OutcomeClass
  /** It was tried because no member was fit. */
  lastResort: boolean
  /** It was accepted, but no delivery receipt came in the time that the group gives it: that counts as undelivered. */
  noReceipt?: boolean
}

export type Decision =
  | {
      kind: 'try'
      providerId: string
      /** The members before it that have not been tried, and why not. */
      skipped: Skipped[]
      /** This call finds out whether the provider is back; `breaker` is to be kept before it is made. */
      probe: Breaker | null
      /** Nobody knows whether an earlier member took the message. */
      mayArriveTwice: boolean
      /** No member is fit, so those that are not are tried rather than none. */
      lastResort: boolean
    }
  | { kind: 'stop'; because: StopReason; skipped: Skipped[] }

/** `held`: nobody knows whether it was taken, and the group asks to wait then. */
export type StopReason = 'accepted' | 'rejected' | 'held' | 'cancelled' | 'exhausted'

/** `tried` are the attempts of this round, the oldest first. */
export function decide(
  members: readonly Member[],
  policies: Pick<Policies, 'onUnknown' | 'onRejected' | 'breaker'>,
  tried: readonly Tried[],
  now: number,
): Decision {
  const last = tried.at(-1)
  const because = last && !last.noReceipt ? stopAfter(last.class, policies) : null
  if (because !== null) return { kind: 'stop', because, skipped: [] }
  const done = new Set(tried.map(({ providerId }) => providerId))
  const mayArriveTwice = tried.some((one) => one.class === 'unknown' || one.noReceipt)
  const skipped: Skipped[] = []
  for (const member of members) {
    const { providerId } = member
    if (done.has(providerId)) continue
    const fitness = fitnessOf(member, policies.breaker, now)
    if (fitness.kind !== 'unfit') {
      const probe = fitness.kind === 'probe' ? fitness.begun : null
      return { kind: 'try', providerId, skipped, probe, mayArriveTwice, lastResort: false }
    }
    skipped.push({ providerId, reason: fitness.reason, until: fitness.until })
  }
  // No member was fit from the beginning: they are tried in their order rather than failing without an attempt.
  const spare = members.find(({ providerId, gone }) => gone === null && !done.has(providerId))
  if (!spare || !tried.every(({ lastResort }) => lastResort))
    return { kind: 'stop', because: 'exhausted', skipped }
  const { providerId } = spare
  return { kind: 'try', providerId, skipped, probe: null, mayArriveTwice, lastResort: true }
}

/** Why a round ends with an attempt of this class, or null where it moves on. */
export function stopAfter(
  outcome: OutcomeClass,
  { onUnknown, onRejected }: Pick<Policies, 'onUnknown' | 'onRejected'>,
): StopReason | null {
  switch (outcome) {
    case 'accepted':
    case 'cancelled':
      return outcome
    case 'rejected':
      return onRejected === 'stop' ? 'rejected' : null
    case 'unknown':
      return onUnknown === 'hold' ? 'held' : null
    case 'unavailable':
    case 'misconfigured':
      return null
  }
}

type Fitness =
  | { kind: 'fit' }
  | { kind: 'probe'; begun: Breaker }
  | { kind: 'unfit'; reason: SkipReason; until: number | null }

function fitnessOf({ gone, needsAttention, breaker }: Member, breakers: boolean, now: number): Fitness {
  if (gone !== null) return { kind: 'unfit', reason: gone, until: null }
  if (needsAttention) return { kind: 'unfit', reason: 'needs_attention', until: null }
  if (!breakers) return { kind: 'fit' }
  const admission = admit(breaker, now)
  switch (admission.kind) {
    case 'go':
      return { kind: 'fit' }
    case 'probe':
      return admission
    case 'wait':
      return { kind: 'unfit', reason: reasonOf[admission.because], until: admission.until }
  }
}

const reasonOf = { open: 'breaker_open', probing: 'probing', throttled: 'throttled' } as const
