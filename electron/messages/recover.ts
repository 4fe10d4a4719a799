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
import { addGroupCounts } from '../db/group-counts.ts'
import { noteOutcome } from '../db/health.ts'
import { finishMessage, getMessageBySeq } from '../db/messages.ts'
import { addCounts } from '../db/quarters.ts'

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
  for (const attempt of between) if (!backToQueue(db, attempt.message_seq, now)) end(db, attempt, now)
  return attempts.length + between.length
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
  countForGroup(db, attempt.message_seq, now)
}

function countForGroup(db: Database, messageSeq: number, at: number): void {
  const message = getMessageBySeq(db, messageSeq)
  if (!message?.group_id) return
  const { group_id: groupId, test, simulated } = message
  const about = { groupId, at, test: test === 1, simulated: simulated === 1 }
  addGroupCounts(db, { ...about, sent: 0, delivered: 0, errors: 1 })
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
  finishMessage(db, { seq: attempt.message_seq, now, state: 'failed', duration: 0, cost: null, ...about })
  countForGroup(db, attempt.message_seq, now)
  const message = getMessageBySeq(db, attempt.message_seq)
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
