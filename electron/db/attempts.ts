import type { Database } from 'better-sqlite3'
import type { OutcomeClass, OutcomeCode } from '#shared/message.ts'
import { prepared } from './prepared.ts'

export interface AttemptRow {
  seq: number
  message_seq: number
  /** From 1, in the order in which they were made. */
  position: number
  provider_id: string | null
  provider_name: string
  started_at: number
  finished_at: number | null
  class: OutcomeClass | null
  code: OutcomeCode | null
  /** JSON of the outcome's facts, the recorded request and response, and the timings. */
  facts: string | null
  bytes_out: 0 | 1
  request: string | null
  response: string | null
  timings: string | null
}

export type NewAttempt = Pick<
  AttemptRow,
  'message_seq' | 'position' | 'provider_id' | 'provider_name' | 'started_at' | 'request'
>

export type AttemptResult = Pick<
  AttemptRow,
  'seq' | 'finished_at' | 'class' | 'code' | 'facts' | 'bytes_out' | 'response' | 'timings'
>

/** Answers with its seq. */
export function insertAttempt(db: Database, attempt: NewAttempt): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO attempts (message_seq, position, provider_id, provider_name, started_at, request)
     VALUES (@message_seq, @position, @provider_id, @provider_name, @started_at, @request)`,
  ).run(attempt)
  return Number(lastInsertRowid)
}

export function finishAttempt(db: Database, result: AttemptResult): void {
  prepared(
    db,
    `UPDATE attempts SET finished_at = @finished_at, class = @class, code = @code, facts = @facts,
       bytes_out = @bytes_out, response = @response, timings = @timings
     WHERE seq = @seq`,
  ).run(result)
}

export function listAttempts(db: Database, messageSeq: number): AttemptRow[] {
  const rows = prepared(db, 'SELECT * FROM attempts WHERE message_seq = ? ORDER BY position').all(messageSeq)
  return rows as AttemptRow[]
}

export function getAttempt(db: Database, messageSeq: number, position: number): AttemptRow | undefined {
  const statement = prepared(db, 'SELECT * FROM attempts WHERE message_seq = ? AND position = ?')
  return statement.get(messageSeq, position) as AttemptRow | undefined
}

export function listAttemptsInFlight(db: Database): AttemptRow[] {
  return prepared(db, 'SELECT * FROM attempts WHERE finished_at IS NULL ORDER BY seq').all() as AttemptRow[]
}
