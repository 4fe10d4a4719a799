import type { Database } from 'better-sqlite3'
import type { Timings } from '#shared/attempt.ts'
import {
  insertAttemptResult,
  listAttemptsInFlight,
  listBetweenAttempts,
  type AttemptRow,
  type AttemptWithResult,
} from '../db/attempts.ts'
import { backToQueue } from '../db/bulk.ts'
import { noteOutcome } from '../db/health.ts'
import { finishMessage, getMessageBySeq, type MessageRow } from '../db/messages.ts'
import { addCounts, quarterMs } from '../db/quarters.ts'
import { addFigures, noFigures } from '../db/receipt-counts.ts'
import { reopenWait, sentAsBefore } from '../db/receipt-waits.ts'

export const noTimings: Timings = {
  dns: null,
  connect: null,
  tls: null,
  firstByte: null,
  download: null,
  total: 0,
  reused: false,
  remoteAddress: null,
}

/**
 * At start-up: an attempt that was left in flight may or may not have reached its provider, so its outcome is unknown,
 * and it is never sent again by itself. Answers how many there were.
 */
export function settleInterrupted(db: Database, now: number): number {
  const attempts = listAttemptsInFlight(db)
  for (const attempt of attempts) settle(db, attempt, now)
  const between = listBetweenAttempts(db)
  for (const attempt of between)
    if (!waitOn(db, attempt, now) && !backToQueue(db, attempt.message_seq, now)) end(db, attempt, now)
  return attempts.length + between.length
}

/** One that was on its way again as no receipt had come waits once more, and is due: it goes on where it was. */
function waitOn(db: Database, { message_seq: seq }: AttemptWithResult, now: number): boolean {
  if (!reopenWait(db, seq)) return false
  sentAsBefore(db, seq, now)
  return true
}

/**
 * A group's message that was about to go to its next member ends with what its last one answered: nobody waits for it any
 * more. One of a bulk test goes back to the queue instead.
 */
function end(db: Database, attempt: AttemptWithResult, now: number): void {
  finishMessage(db, {
    seq: attempt.message_seq,
    now,
    state: 'failed',
    provider_message_id: null,
    outcome_class: attempt.class ?? 'unknown',
    outcome_code: attempt.code ?? 'interrupted',
    duration: 0,
    cost: null,
  })
  countForGroup(db, attempt.message_seq, now, 0)
}

function costOf(message: MessageRow | undefined) {
  if (!message || message.cost === null || message.currency === null) return null
  return { amount: message.cost, currency: message.currency }
}

/** `undelivered`: it was counted as sent before. */
function countForGroup(db: Database, messageSeq: number, at: number, undelivered: 0 | 1): void {
  const message = getMessageBySeq(db, messageSeq)
  if (!message?.group_id) return
  const { group_id: id, test, simulated } = message
  const place = { of: 'group', id, quarter: Math.floor(at / quarterMs), test, simulated } as const
  addFigures(db, place, { ...noFigures, undelivered, errors: 1 })
}

function settle(db: Database, attempt: AttemptRow, now: number): void {
  insertAttemptResult(db, {
    attempt_seq: attempt.seq,
    finished_at: now,
    class: 'unknown',
    code: 'interrupted',
    facts: '{}',
    bytes_out: 1,
    response: null,
    timings: JSON.stringify(noTimings),
    after_what: null,
  })
  noteOutcome(db, attempt.provider_id, attempt.seq, 'unknown')
  const about = { provider_message_id: null, outcome_class: 'unknown', outcome_code: 'interrupted' } as const
  const message = getMessageBySeq(db, attempt.message_seq)
  // A provider had taken it, and its receipt had not come in time.
  const again = message?.outcome_class === 'accepted'
  const cost = costOf(message)
  const state = again ? 'undelivered' : 'failed'
  finishMessage(db, { seq: attempt.message_seq, now, state, duration: 0, cost, again, ...about })
  countForGroup(db, attempt.message_seq, now, again ? 1 : 0)
  if (!message?.provider_id) return
  addCounts(db, {
    providerId: message.provider_id,
    at: now,
    test: message.test === 1,
    simulated: message.simulated === 1,
    sent: 0,
    delivered: 0,
    errors: 1,
  })
}
