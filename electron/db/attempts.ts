import type { Database } from 'better-sqlite3'
import type { WaitEnd } from '#shared/attempt.ts'
import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import { prepared } from './prepared.ts'

/** An attempt as it begins. It never changes. */
export interface AttemptRow {
  seq: number
  message_seq: number
  /** From 1, in the order in which they were made. */
  position: number
  provider_id: string | null
  provider_name: string
  started_at: number
  /** JSON of the recorded request; null when it could not be built. */
  request: string | null
  /** JSON, for a group's message only. */
  why: string | null
}

/** What came of an attempt. Facts, response and timings are JSON. */
export interface AttemptResultRow {
  attempt_seq: number
  finished_at: number
  class: OutcomeClass
  code: OutcomeCode
  facts: string
  bytes_out: 0 | 1
  response: string | null
  timings: string
  /** JSON, for a group's message only. */
  after_what: string | null
}

/** Both, side by side: the result's columns are null while the attempt is in flight. */
export type AttemptWithResult = AttemptRow & {
  [Name in Exclude<keyof AttemptResultRow, 'attempt_seq'>]: AttemptResultRow[Name] | null
}

/** And what it waits for; those columns are null where it waits for nothing, the last two also while it waits. */
export interface AttemptWithWait extends AttemptWithResult {
  minutes: number | null
  due_at: number | null
  wait_end: WaitEnd | null
  wait_ended_at: number | null
}

// The statements that each message needs bind by position: looking names up takes a third of their time.

/** Answers with its seq. */
export function insertAttempt(db: Database, attempt: Omit<AttemptRow, 'seq'>): number {
  const { message_seq, position, provider_id, provider_name, started_at, request, why } = attempt
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO attempts (message_seq, position, provider_id, provider_name, started_at, request, why)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(message_seq, position, provider_id, provider_name, started_at, request, why)
  return Number(lastInsertRowid)
}

/** False when the attempt has its result already: a write that seemed to fail may have been done. */
export function insertAttemptResult(db: Database, result: AttemptResultRow): boolean {
  const { attempt_seq, finished_at, facts, bytes_out, response, timings, after_what } = result
  const inserted = prepared(
    db,
    `INSERT INTO attempt_results (attempt_seq, finished_at, class, code, facts, bytes_out, response, timings,
       after_what)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (attempt_seq) DO NOTHING`,
  ).run(attempt_seq, finished_at, result.class, result.code, facts, bytes_out, response, timings, after_what)
  return inserted.changes === 1
}

/** What a group did after an attempt, when it turned out otherwise than was written with its result; JSON. */
export function writeAfter(db: Database, messageSeq: number, position: number, after: string): void {
  prepared(
    db,
    `UPDATE attempt_results SET after_what = ?
     WHERE attempt_seq = (SELECT seq FROM attempts WHERE message_seq = ? AND position = ?)`,
  ).run(after, messageSeq, position)
}

export function listAttempts(db: Database, messageSeq: number): AttemptWithWait[] {
  return prepared(
    db,
    `SELECT attempts.*, attempt_results.*, minutes, due_at, wait_end, wait_ended_at FROM attempts
       LEFT JOIN attempt_results ON attempt_results.attempt_seq = seq
       LEFT JOIN receipt_waits ON receipt_waits.attempt_seq = seq
     WHERE message_seq = ? ORDER BY position`,
  ).all(messageSeq) as AttemptWithWait[]
}

/** An attempt without what was sent and received: of the answer only its status. */
export type AttemptBrief = Pick<AttemptRow, 'position' | 'provider_id' | 'provider_name' | 'started_at'> & {
  [Name in 'finished_at' | 'class' | 'code' | 'facts' | 'bytes_out' | 'timings']:
    AttemptResultRow[Name] | null
} & { status: number | null }

export function listAttemptBriefs(db: Database, messageSeq: number): AttemptBrief[] {
  return prepared(
    db,
    `SELECT position, provider_id, provider_name, started_at, finished_at, class, code, facts, bytes_out, timings,
       json_extract(response, '$.status') AS status
     FROM attempts LEFT JOIN attempt_results ON attempt_seq = seq WHERE message_seq = ? ORDER BY position`,
  ).all(messageSeq) as AttemptBrief[]
}

export function getAttempt(db: Database, messageSeq: number, position: number): AttemptRow | undefined {
  const statement = prepared(db, 'SELECT * FROM attempts WHERE message_seq = ? AND position = ?')
  return statement.get(messageSeq, position) as AttemptRow | undefined
}

// Both conditions on the state: the index of those on their way is found by the first only.

/** The last attempts of messages that are on their way, but whose next attempt has not begun. */
export function listBetweenAttempts(db: Database): AttemptWithResult[] {
  return prepared(
    db,
    `SELECT attempts.*, attempt_results.* FROM messages JOIN attempts ON message_seq = messages.seq
       JOIN attempt_results ON attempt_seq = attempts.seq
     WHERE state IN ('queued', 'sending') AND state = 'sending' AND position = messages.attempts`,
  ).all() as AttemptWithResult[]
}

/** Attempts without a result, of messages that are still on their way. */
export function listAttemptsInFlight(db: Database): AttemptRow[] {
  return prepared(
    db,
    `SELECT attempts.* FROM messages JOIN attempts ON message_seq = messages.seq
     WHERE state IN ('queued', 'sending') AND state = 'sending'
       AND NOT EXISTS (SELECT 1 FROM attempt_results WHERE attempt_seq = attempts.seq)
     ORDER BY attempts.seq`,
  ).all() as AttemptRow[]
}
