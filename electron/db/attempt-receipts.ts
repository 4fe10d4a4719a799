import type { Database } from 'better-sqlite3'
import type { MessageState, SettledAs } from '#shared/message.ts'
import type { OutcomeClass } from '#shared/outcome.ts'
import { prepared } from './prepared.ts'

/** How far an attempt is by its receipts. */
export type Progress = 'queued' | 'sent' | 'delivered' | 'undelivered'

/** What matching has to know of a message. */
export interface MatchedMessage {
  seq: number
  id: string
  to_number: string
  test: 0 | 1
  simulated: 0 | 1
  state: MessageState
  group_id: string | null
  updated_at: number
  settled_as: SettledAs | null
  provider_name: string
}

/** And of its attempts; `class` and `finished_at` are null while one is in flight. */
export interface MatchedAttempt {
  seq: number
  position: number
  provider_id: string | null
  finished_at: number | null
  class: OutcomeClass | null
  progress: Progress | null
  clicks: number | null
}

const message =
  'SELECT seq, id, to_number, test, simulated, state, group_id, updated_at, settled_as, provider_name FROM messages'

export function matchedById(db: Database, id: string): MatchedMessage | undefined {
  return prepared(db, `${message} WHERE id = ?`).get(id) as MatchedMessage | undefined
}

export function matchedBySeq(db: Database, seq: number): MatchedMessage | undefined {
  return prepared(db, `${message} WHERE seq = ?`).get(seq) as MatchedMessage | undefined
}

/** In the order in which they were made. */
export function attemptsOf(db: Database, messageSeq: number): MatchedAttempt[] {
  return prepared(
    db,
    `SELECT attempts.seq, position, provider_id, finished_at, class, attempt_receipts.state AS progress, clicks
     FROM attempts LEFT JOIN attempt_results ON attempt_seq = attempts.seq
       LEFT JOIN attempt_receipts
         ON attempt_receipts.message_seq = attempts.message_seq AND attempt_receipts.attempt = position
     WHERE attempts.message_seq = ? ORDER BY position`,
  ).all(messageSeq) as MatchedAttempt[]
}

export function setProgress(db: Database, messageSeq: number, attempt: number, state: Progress): void {
  prepared(
    db,
    `INSERT INTO attempt_receipts (message_seq, attempt, state) VALUES (?, ?, ?)
     ON CONFLICT (message_seq, attempt) DO UPDATE SET state = excluded.state`,
  ).run(messageSeq, attempt, state)
}

export function addClick(db: Database, messageSeq: number, attempt: number): void {
  prepared(
    db,
    `INSERT INTO attempt_receipts (message_seq, attempt, clicks) VALUES (?, ?, 1)
     ON CONFLICT (message_seq, attempt) DO UPDATE SET clicks = clicks + 1`,
  ).run(messageSeq, attempt)
}

/** When it ended stays as it is: the figures are kept under that time. */
export function setMessageState(db: Database, seq: number, state: MessageState): void {
  prepared(db, 'UPDATE messages SET state = ? WHERE seq = ?').run(state, seq)
}

export function setArrivedTwice(db: Database, seq: number): void {
  prepared(db, 'UPDATE messages SET may_arrive_twice = 1 WHERE seq = ? AND may_arrive_twice = 0').run(seq)
}

/** A bulk test counts the message under its new state. */
export function recountForJob(db: Database, seq: number, from: MessageState, to: MessageState): void {
  const found = prepared(
    db,
    `SELECT job, coalesce(outcome_code, '') AS code FROM bulk_rows JOIN messages ON seq = message_seq
     WHERE message_seq = ?`,
  ).get(seq) as { job: number; code: string } | undefined
  if (!found) return
  const { changes } = prepared(
    db,
    'UPDATE bulk_counts SET count = count - 1 WHERE job = ? AND state = ? AND code = ? AND count > 0',
  ).run(found.job, from, found.code)
  if (changes === 0) return
  prepared(
    db,
    `INSERT INTO bulk_counts (job, state, code, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (job, state, code) DO UPDATE SET count = count + 1`,
  ).run(found.job, to, found.code)
}
