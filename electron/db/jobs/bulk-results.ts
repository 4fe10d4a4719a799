import type { Database } from 'better-sqlite3'
import type { MessageState } from '#shared/message.ts'
import { prepared } from '../prepared.ts'

export interface ResultRow {
  line: number
  cells: string
  refusal: string | null
  id: string | null
  to_number: string | null
  state: MessageState | null
  outcome_class: string | null
  outcome_code: string | null
  provider_name: string | null
  provider_message_id: string | null
  attempts: number | null
  segments: number | null
  updated_at: number | null
  duration: number | null
  cost: number | null
  currency: string | null
}

/** A page of the rows with what became of them, in the file's order. */
export function listResults(db: Database, job: number, after: number, limit: number): ResultRow[] {
  return prepared(
    db,
    `SELECT line, cells, refusal, id, to_number, state, outcome_class, outcome_code, provider_name,
       provider_message_id, attempts, segments, updated_at, duration, cost, currency
     FROM bulk_rows LEFT JOIN messages ON seq = message_seq WHERE job = ? AND line > ? ORDER BY line LIMIT ?`,
  ).all(job, after, limit) as ResultRow[]
}

/** Rows of the file that became no message, in its order. */
export function listRefused(
  db: Database,
  job: number,
  after: number,
  limit: number,
): { line: number; cells: string; refusal: string }[] {
  return prepared(
    db,
    `SELECT line, cells, refusal FROM bulk_rows
     WHERE job = ? AND line > ? AND refusal IS NOT NULL ORDER BY line LIMIT ?`,
  ).all(job, after, limit) as { line: number; cells: string; refusal: string }[]
}
