import type { Skipped } from '../failover/decide.ts'
import type { Attempt, AttemptAfter, AttemptWhy, WaitEnd } from '../attempt.ts'
import type { OutcomeClass } from '../outcome.ts'
import { limit } from '../verdict/phrases.ts'

/*
 * What a message's story says of an attempt besides its verdict: why it came to this provider, what happened on the
 * way, and what the group did then. The page and the command line say the same.
 */

export interface NamesAndTimes {
  nameOf: (providerId: string) => string
  /** An epoch time as a clock shows it. */
  clock: (at: number) => string
}

export const twiceWord = 'May arrive twice'

/** Why a message came to this provider, a sentence each; none for a message that no group sent. */
export function whyWords(
  { why, position }: Pick<Attempt, 'why' | 'position'>,
  words: NamesAndTimes,
): string[] {
  if (!why) return []
  const lines = why.skipped.map((one) => skipWords(one, words))
  const { noReceipt } = why
  if (why.lastResort) lines.push('No provider of the group is fit, so all are tried in their order.')
  else if (lines.length === 0 && position === 1) lines.push('First in the group’s order.')
  else if (lines.length === 0) lines.push('Next in the group’s order.')
  if (noReceipt)
    lines.unshift(
      `No delivery receipt came from ${words.nameOf(noReceipt.providerId)} within ${minutesWords(noReceipt.minutes)}.`,
    )
  if (why.probe) lines.push('This message tries whether the provider is back.')
  if (why.mayArriveTwice) lines.push('An earlier provider may have taken the message: it may arrive twice.')
  return lines
}

function skipWords({ providerId, reason, until }: Skipped, { nameOf, clock }: NamesAndTimes): string {
  const name = nameOf(providerId)
  const upTo = until === null ? '' : ` until ${clock(until)}`
  switch (reason) {
    case 'archived':
      return `Skipped ${name}: it is archived.`
    case 'deleted':
      return `Skipped ${name}: it does not exist any more.`
    case 'needs_attention':
      return `Skipped ${name}: it needs attention, until it is edited or a test passes.`
    case 'breaker_open':
      return `Skipped ${name}: its circuit breaker is open${upTo}.`
    case 'probing':
      return `Skipped ${name}: another message is trying whether it is back.`
    case 'throttled':
      return `Skipped ${name}: it asked to be left alone${upTo}.`
  }
}

const breakerNames: Record<AttemptWhy['breaker'], string> = {
  closed: 'closed',
  open: 'open',
  half_open: 'half open',
}

/** The provider's circuit breaker before and after; null where it was closed and stayed so. */
export function breakerWords({ why, after }: Pick<Attempt, 'why' | 'after'>): string | null {
  if (!why) return null
  const before = breakerNames[why.breaker]
  const then = after ? breakerNames[after.breaker] : before
  if (before === then) return before === 'closed' ? null : `Circuit breaker ${before}`
  return `Circuit breaker ${before}, then ${then}`
}

/** Which time-out fired, by name, or null. */
export function timeoutWords({ outcome }: Pick<Attempt, 'outcome'>): string | null {
  const timeout = outcome?.facts.timeout
  if (!outcome || timeout === undefined) return null
  const name = timeout === 'tls' ? 'TLS' : timeout.charAt(0).toUpperCase() + timeout.slice(1)
  return `${name} time-out of ${limit(outcome.facts)} fired`
}

/** Whether the request may have reached anybody; null while that is open, or where an answer says so. */
export function bytesWords({
  outcome,
  bytesOut,
  response,
}: Pick<Attempt, 'outcome' | 'bytesOut' | 'response'>) {
  if (!outcome || response !== null) return null
  if (outcome.code === 'interrupted') return 'Bytes may have gone out'
  return bytesOut ? 'Bytes had gone out' : 'No byte had gone out'
}

export const minutesWords = (minutes: number) => (minutes === 1 ? '1 minute' : `${minutes} minutes`)

/** What becomes of the wait for a delivery receipt, or became of it; null where the group waits for none. */
export function waitWords({ wait }: Pick<Attempt, 'wait'>, { clock }: Pick<NamesAndTimes, 'clock'>) {
  if (!wait) return null
  if (wait.ended) return waitEndWords[wait.ended.how](minutesWords(wait.minutes))
  return `Waits for its delivery receipt until ${clock(wait.until)}. The next provider is tried then.`
}

const waitEndWords: Record<WaitEnd, (minutes: string) => string> = {
  no_receipt: (minutes) => `No delivery receipt came within ${minutes}, so it counts as undelivered.`,
  receipt: (minutes) => `It waited ${minutes} at most for its delivery receipt, which came.`,
  switched_off: () => 'No receipt came, but the group waits for none any more. No other provider was tried.',
  group_deleted: () => 'No receipt came, but the group does not exist any more. No other provider was tried.',
  provider_deleted: () =>
    'The provider was deleted while its receipt was awaited. No other provider was tried.',
  too_late: () =>
    'The workbench was closed when the wait was over, and for more than a day since. No other provider was tried.',
  stopped: () => 'The wait for its delivery receipt was ended by hand. No other provider was tried.',
}

/** What the group did after an attempt, and why; null for a message that no group sent, and while it runs. */
export function afterWords({
  after,
  outcome,
  wait,
}: Pick<Attempt, 'after' | 'outcome' | 'wait'>): string | null {
  if (!after || !outcome) return null
  if (wait && outcome.class === 'accepted') return 'It took the message.'
  return after.stopped === null ? movedOn[outcome.class] : stopWords[after.stopped]
}

const movedOn: Record<OutcomeClass, string> = {
  accepted: 'Moved on to the next provider.',
  rejected: 'The recipient was refused, and this group moves on then.',
  unavailable: 'Surely not taken, so it moved on to the next provider.',
  misconfigured: 'Surely not taken, so it moved on. The provider needs attention.',
  unknown: 'Nobody knows whether it was taken, and this group moves on then.',
  cancelled: 'Stopped before a byte went out.',
}

const stopWords: Record<Exclude<AttemptAfter['stopped'], null>, string> = {
  accepted: 'It took the message, so no other provider was tried.',
  rejected: 'The recipient was refused, so no other provider was tried.',
  held: 'Nobody knows whether it was taken. This group holds then: no other provider was tried.',
  cancelled: 'Cancelled, so no other provider was tried.',
  exhausted: 'No provider was left to try.',
  receipt:
    'A receipt came before the next provider had its turn: the message is taken, so no other was tried.',
}
