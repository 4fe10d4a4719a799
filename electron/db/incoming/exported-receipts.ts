import type { Database } from 'better-sqlite3'
import type { CallbackOrigin, SignatureState } from '#shared/callbacks/callback.ts'
import type { ItemRow } from './callback-items.ts'
import { prepared } from '../prepared.ts'

/** A record of a callback with what its request, its provider and its message say of it. */
export interface ExportedReceipt extends ItemRow {
  callback_id: string
  received_at: number
  provider_id: string | null
  /** Null where it was deleted since. */
  provider_name: string | null
  origin: CallbackOrigin
  signature: SignatureState
  message_id: string | null
}

export interface ReceiptRange {
  providerId: string | null
  /** Epoch milliseconds of the arrival. */
  since: number
  until: number
}

const stretch = 20_000
/** A request may hold thousands of records: one that goes beyond this ends its part. */
const mostRecords = 1000

export function newestCallback(db: Database): number {
  return Number(prepared(db, 'SELECT coalesce(max(seq), 0) FROM callbacks').pluck().get())
}

/**
 * The records of up to `most` requests after `at` and up to `top`, in the order in which they came. `at` of the answer:
 * how far was looked, which is a stretch at most.
 */
export function receiptsAfter(
  db: Database,
  { at, top }: { at: number; top: number },
  range: ReceiptRange,
  most: number,
): { rows: ExportedReceipt[]; at: number } {
  const last = Math.min(top, at + stretch)
  const provider = range.providerId === null ? '' : 'AND provider_id = @providerId'
  const values = { ...range, at, last, most }
  const seqs = prepared(
    db,
    `SELECT seq FROM callbacks
     WHERE seq > @at AND seq <= @last AND received_at >= @since AND received_at < @until ${provider}
     ORDER BY seq LIMIT @most`,
  )
    .pluck()
    .all(values) as number[]
  const rows: ExportedReceipt[] = []
  for (const seq of seqs) {
    rows.push(...recordsOf(db, seq))
    if (rows.length >= mostRecords) return { rows, at: seq }
  }
  return { rows, at: seqs.length === most ? (seqs.at(-1) ?? last) : last }
}

function recordsOf(db: Database, callback: number): ExportedReceipt[] {
  return prepared(
    db,
    `SELECT callback_items.*, callbacks.id AS callback_id, received_at, callbacks.provider_id,
       providers.name AS provider_name, origin, signature, messages.id AS message_id
     FROM callback_items JOIN callbacks ON callbacks.seq = callback
       LEFT JOIN providers ON providers.id = callbacks.provider_id
       LEFT JOIN messages ON messages.seq = message_seq
     WHERE callback = ? ORDER BY position`,
  ).all(callback) as ExportedReceipt[]
}
