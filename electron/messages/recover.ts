import type { Database } from 'better-sqlite3'
import type { Timings } from '#shared/attempt.ts'
import {
  insertAttemptResult,
  listAttemptsInFlight,
  listBetweenAttempts,
  type AttemptRow,
  type AttemptWithResult,
} from '../db/attempts.ts'
import { backToQueue } from '../db/jobs/bulk.ts'
import { noteOutcome } from '../db/health.ts'
import { finishMessage, getMessageBySeq, type MessageRow } from '../db/messages.ts'
import { reopenWait, sentAsBefore } from '../db/incoming/receipt-waits.ts'
import { recounting } from '../db/rollups/add.ts'

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
  for (const attempt of attempts) recounting(db, attempt.message_seq, () => settle(db, attempt, now))
  const between = listBetweenAttempts(db)
  for (const attempt of between) recounting(db, attempt.message_seq, () => goBack(db, attempt, now))
  return attempts.length + between.length
}

function goBack(db: Database, attempt: AttemptWithResult, now: number): void {
  if (!waitOn(db, attempt, now) && !backToQueue(db, attempt.message_seq, now)) end(db, attempt, now)
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
}

function costOf(message: MessageRow | undefined) {
  if (!message || message.cost === null || message.currency === null) return null
  return { amount: message.cost, currency: message.currency }
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
}
