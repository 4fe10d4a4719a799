import type { Database } from 'better-sqlite3'
import type { ReceiptState } from '#shared/callbacks/format.ts'
import { prepared } from '../prepared.ts'

/** A receipt that came while its message was on its way. */
export interface EarlyReceipt {
  attempt: number
  state: ReceiptState
}

/** In the order in which they came. */
export function listEarlyReceipts(db: Database, messageSeq: number): EarlyReceipt[] {
  return prepared(
    db,
    `SELECT attempt, state FROM callback_items INDEXED BY callback_items_by_message
     WHERE message_seq = ? AND open = 1 AND kind = 'receipt' AND attempt IS NOT NULL AND state IS NOT NULL
     ORDER BY callback, position`,
  ).all(messageSeq) as EarlyReceipt[]
}

/** The ids that the providers gave which have, or had, the message. */
export function idsFromAnswers(db: Database, messageSeq: number): string[] {
  return prepared(
    db,
    `SELECT provider_message_id FROM messages WHERE seq = ? AND provider_message_id IS NOT NULL
     UNION SELECT provider_message_id FROM receipt_waits JOIN attempts ON seq = attempt_seq
       WHERE message_seq = ? AND provider_message_id IS NOT NULL`,
  )
    .pluck()
    .all(messageSeq, messageSeq) as string[]
}

/** Requests that are kept and not read yet: so many are looked at. */
const mostUnread = 1000

/** Whether a request that is kept and not read yet names one of these ids, at an address of one of the providers. */
export function isNamedUnread(db: Database, providerIds: readonly string[], ids: readonly string[]): boolean {
  const found = prepared(
    db,
    `SELECT 1 FROM (
       SELECT provider_id, target, CAST(body AS TEXT) AS text FROM callbacks
       WHERE seq > (SELECT read_to FROM callback_marks) ORDER BY seq LIMIT ${mostUnread})
     WHERE provider_id IN (SELECT value FROM json_each(?))
       AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(text, value) > 0 OR instr(target, value) > 0) LIMIT 1`,
  ).get(JSON.stringify(providerIds), JSON.stringify(ids))
  return found !== undefined
}
