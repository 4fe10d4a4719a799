import type { Database } from 'better-sqlite3'
import type { OutcomeClass, OutcomeCode } from '#shared/message.ts'
import { prepared } from './prepared.ts'

export interface AttemptRow {
  seq: number
  id: string
  message_id: string
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
  'id' | 'message_id' | 'position' | 'provider_id' | 'provider_name' | 'started_at' | 'request'
>

export type AttemptResult = Pick<
  AttemptRow,
  'id' | 'finished_at' | 'class' | 'code' | 'facts' | 'bytes_out' | 'response' | 'timings'
>

export function insertAttempt(db: Database, attempt: NewAttempt): void {
  prepared(
    db,
    `INSERT INTO attempts (id, message_id, position, provider_id, provider_name, started_at, request)
     VALUES (@id, @message_id, @position, @provider_id, @provider_name, @started_at, @request)`,
  ).run(attempt)
}

export function finishAttempt(db: Database, result: AttemptResult): void {
  prepared(
    db,
    `UPDATE attempts SET finished_at = @finished_at, class = @class, code = @code, facts = @facts,
       bytes_out = @bytes_out, response = @response, timings = @timings
     WHERE id = @id`,
  ).run(result)
}

export function listAttempts(db: Database, messageId: string): AttemptRow[] {
  return prepared(db, 'SELECT * FROM attempts WHERE message_id = ? ORDER BY position').all(
    messageId,
  ) as AttemptRow[]
}

export function getAttempt(db: Database, id: string): AttemptRow | undefined {
  return prepared(db, 'SELECT * FROM attempts WHERE id = ?').get(id) as AttemptRow | undefined
}

export function listAttemptsInFlight(db: Database): AttemptRow[] {
  return prepared(db, 'SELECT * FROM attempts WHERE finished_at IS NULL ORDER BY seq').all() as AttemptRow[]
}
