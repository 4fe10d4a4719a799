import type { Database } from 'better-sqlite3'
import type { MessageState, SettledAs } from '#shared/message.ts'
import type { OutcomeClass } from '#shared/outcome.ts'
import { prepared } from '../prepared.ts'

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

/** With what tells of its only attempt, where it has no more. */
interface MessageWithFirst extends MatchedMessage {
  attempts: number
  provider_id: string | null
  outcome_class: OutcomeClass | null
  progress: Progress | null
  clicks: number | null
}

/** And of its attempts; `class` and `finished_at` are null while one is in flight. */
export interface MatchedAttempt {
  position: number
  provider_id: string | null
  finished_at: number | null
  class: OutcomeClass | null
  progress: Progress | null
  clicks: number | null
}

const message = `SELECT messages.seq, id, to_number, test, simulated, messages.state, group_id, updated_at, settled_as,
    provider_name, attempts, provider_id, outcome_class, attempt_receipts.state AS progress, clicks
  FROM messages LEFT JOIN attempt_receipts ON message_seq = messages.seq AND attempt = 1`

// Made once: a text that is put together at each call has to be hashed anew to find its statement.
const messageById = `${message} WHERE id = +?`
const messageBySeq = `${message} WHERE messages.seq = +?`

/** A message with its attempts, in the order in which they were made. */
export interface Matched {
  message: MatchedMessage
  attempts: MatchedAttempt[]
}

export function matchedById(db: Database, id: string): Matched | undefined {
  return matched(db, prepared(db, messageById).get(id) as MessageWithFirst | undefined)
}

export function matchedBySeq(db: Database, seq: number): Matched | undefined {
  return matched(db, prepared(db, messageBySeq).get(seq) as MessageWithFirst | undefined)
}

/** No more of it than a list of callbacks shows. */
export function messageShown(db: Database, seq: number): { id: string; to_number: string } | undefined {
  return prepared(db, 'SELECT id, to_number FROM messages WHERE seq = ?').get(seq) as
    { id: string; to_number: string } | undefined
}

function matched(db: Database, found: MessageWithFirst | undefined): Matched | undefined {
  return found && { message: found, attempts: onlyAttempt(found) ?? attemptsOf(db, found.seq) }
}

/**
 * Most messages have one attempt, which its provider accepted, and their own row says all of it: to look for the attempt
 * and its result costs more than all else that a receipt takes. A group's message may have changed since.
 */
function onlyAttempt(row: MessageWithFirst): MatchedAttempt[] | null {
  if (row.attempts !== 1 || row.group_id !== null || row.outcome_class !== 'accepted') return null
  const { provider_id, updated_at: finished_at, outcome_class, progress, clicks } = row
  return [{ position: 1, provider_id, finished_at, class: outcome_class, progress, clicks }]
}

/** In the order in which they were made. */
export function attemptsOf(db: Database, messageSeq: number): MatchedAttempt[] {
  return prepared(
    db,
    `SELECT position, provider_id, finished_at, class, attempt_receipts.state AS progress, clicks
     FROM attempts LEFT JOIN attempt_results ON attempt_seq = attempts.seq
       LEFT JOIN attempt_receipts
         ON attempt_receipts.message_seq = attempts.message_seq AND attempt_receipts.attempt = position
     WHERE attempts.message_seq = +? ORDER BY position`,
  ).all(messageSeq) as MatchedAttempt[]
}

/** `error`: what the receipt says of why it did not arrive. */
export function setProgress(
  db: Database,
  messageSeq: number,
  attempt: number,
  state: Progress,
  error: { code: string | null; text: string | null },
): void {
  prepared(
    db,
    `INSERT INTO attempt_receipts (message_seq, attempt, state, error_code, error_text) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (message_seq, attempt) DO UPDATE SET
       state = excluded.state, error_code = excluded.error_code, error_text = excluded.error_text`,
  ).run(messageSeq, attempt, state, error.code, error.text)
}

/** Whether something came back for it already. */
export function hasReturns(db: Database, messageSeq: number): boolean {
  const sql = 'SELECT 1 FROM attempt_receipts WHERE message_seq = +? LIMIT 1'
  return prepared(db, sql).get(messageSeq) !== undefined
}

export function addReply(db: Database, messageSeq: number, attempt: number): void {
  prepared(
    db,
    `INSERT INTO attempt_receipts (message_seq, attempt, replies) VALUES (?, ?, 1)
     ON CONFLICT (message_seq, attempt) DO UPDATE SET replies = replies + 1`,
  ).run(messageSeq, attempt)
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
    `SELECT job, coalesce(outcome_code, '') AS code FROM bulk_rows CROSS JOIN messages ON seq = message_seq
     WHERE message_seq = +?`,
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
