import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'

/** An attempt that has its result: the vendor's id of it, and the number that the message goes to. */
export interface GatheredAttempt {
  provider_id: string | null
  /** Null where the provider gave none. */
  vendor_id: string | null
  number: string
  message_seq: number
  attempt: number
}

export interface KnownId {
  message_seq: number
  attempt: number
}

/** The same again does nothing. */
export function gatherAttempt(db: Database, { provider_id, vendor_id, ...one }: GatheredAttempt): void {
  prepared(db, 'INSERT INTO message_numbers (number, message_seq) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    one.number,
    one.message_seq,
  )
  if (provider_id === null || vendor_id === null) return
  prepared(
    db,
    `INSERT INTO vendor_ids (provider_id, vendor_id, message_seq, attempt) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(provider_id, vendor_id, one.message_seq, one.attempt)
}

/** The newest first: vendors begin to count anew, and one id may stand for several recipients. */
export function knownIds(db: Database, providerId: string, vendorId: string): KnownId[] {
  return prepared(
    db,
    `SELECT message_seq, attempt FROM vendor_ids WHERE provider_id = ? AND vendor_id = ?
     ORDER BY message_seq DESC LIMIT 1000`,
  ).all(providerId, vendorId) as KnownId[]
}

/**
 * Attempts that have a result, after `seq` of attempts, with that seq. The message knows the vendor's id of its last
 * attempt, and a wait that of the one that waited; that of an earlier one is written with its result.
 */
export function attemptsAfter(
  db: Database,
  seq: number,
  limit: number,
): (GatheredAttempt & { seq: number })[] {
  return prepared(
    db,
    `SELECT attempts.seq, attempts.provider_id, to_number AS number, message_seq, position AS attempt,
       coalesce(receipt_waits.provider_message_id,
         CASE WHEN position = messages.attempts THEN messages.provider_message_id END) AS vendor_id
     FROM attempts JOIN attempt_results ON attempt_results.attempt_seq = attempts.seq
       JOIN messages ON messages.seq = message_seq
       LEFT JOIN receipt_waits ON receipt_waits.attempt_seq = attempts.seq
     WHERE attempts.seq > ? ORDER BY attempts.seq LIMIT ?`,
  ).all(seq, limit) as (GatheredAttempt & { seq: number })[]
}

export function newestAttempt(db: Database): number {
  return Number(prepared(db, 'SELECT coalesce(max(seq), 0) FROM attempts').pluck().get())
}

export function gatheredTo(db: Database): number {
  return Number(prepared(db, 'SELECT gathered_to FROM callback_marks').pluck().get())
}

export function markGathered(db: Database, seq: number): void {
  prepared(db, 'UPDATE callback_marks SET gathered_to = max(gathered_to, ?)').run(seq)
}
