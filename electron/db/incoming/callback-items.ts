import type { Database } from 'better-sqlite3'
import type {
  CallbackOrigin,
  ItemEffect,
  SignatureState,
  UnmatchedReason,
} from '#shared/callbacks/callback.ts'
import type { CallbackKind, ReceiptState } from '#shared/callbacks/format.ts'
import { prepared } from '../prepared.ts'

/** A record of a request. */
export interface ItemRow {
  callback: number
  /** From 0, as they stand in the request. */
  position: number
  kind: CallbackKind
  message_seq: number | null
  attempt: number | null
  /** It is looked at again. */
  open: 0 | 1
  effect: ItemEffect
  reason: UnmatchedReason | null
  why: string | null
  vendor_id: string | null
  reference: string | null
  to_number: string | null
  from_number: string | null
  state: ReceiptState | null
  word: string | null
  error_code: string | null
  error_text: string | null
  at: number | null
  url: string | null
  short_url: string | null
  text: string | null
  id_may_be_longer: 0 | 1
}

/** With what its request says of it. */
export interface OpenItem extends ItemRow {
  provider_id: string | null
  received_at: number
}

const columns = [
  'callback',
  'position',
  'kind',
  'message_seq',
  'attempt',
  'open',
  'effect',
  'reason',
  'why',
  'vendor_id',
  'reference',
  'to_number',
  'from_number',
  'state',
  'word',
  'error_code',
  'error_text',
  'at',
  'url',
  'short_url',
  'text',
  'id_may_be_longer',
] as const satisfies (keyof ItemRow)[]

const insertion = `INSERT INTO callback_items (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`

export function insertItem(db: Database, item: ItemRow): void {
  prepared(db, insertion).run(columns.map((column) => item[column]))
}

/** Writes what came of looking at it again. */
export function updateItem(db: Database, item: ItemRow): void {
  prepared(
    db,
    `UPDATE callback_items SET message_seq = ?, attempt = ?, open = ?, effect = ?, reason = ?, why = ?
     WHERE callback = ? AND position = ?`,
  ).run(
    item.message_seq,
    item.attempt,
    item.open,
    item.effect,
    item.reason,
    item.why,
    item.callback,
    item.position,
  )
}

export function listItems(db: Database, callback: number): ItemRow[] {
  return prepared(db, 'SELECT * FROM callback_items WHERE callback = ? ORDER BY position').all(
    callback,
  ) as ItemRow[]
}

export function firstItem(db: Database, callback: number): ItemRow | undefined {
  return prepared(db, 'SELECT * FROM callback_items WHERE callback = ? AND position = 0').get(callback) as
    ItemRow | undefined
}

export function effectsOf(db: Database, callback: number): ItemEffect[] {
  return prepared(db, 'SELECT DISTINCT effect FROM callback_items WHERE callback = ?')
    .pluck()
    .all(callback) as ItemEffect[]
}

/** Whether the same receipt came before for the attempt. */
export function receiptCameBefore(db: Database, item: ItemRow): boolean {
  const found = prepared(
    db,
    `SELECT 1 FROM callback_items INDEXED BY callback_items_by_message
     WHERE message_seq = ? AND attempt IS ? AND kind = 'receipt' AND state IS ? AND word IS ? AND error_code IS ?
       AND open = 0 LIMIT 1`,
  ).get(item.message_seq, item.attempt, item.state, item.word, item.error_code)
  return found !== undefined
}

/** Without the vendor's time nobody can tell a second click from the first told twice. */
export function clickCameBefore(db: Database, { message_seq, url, at }: ItemRow): boolean {
  if (at === null) return false
  const found = prepared(
    db,
    `SELECT 1 FROM callback_items INDEXED BY callback_items_by_message
     WHERE message_seq = ? AND kind = 'click' AND url IS ? AND at = ? AND open = 0 LIMIT 1`,
  ).get(message_seq, url, at)
  return found !== undefined
}

/** The vendor's id tells, else its time and the text. */
export function replyCameBefore(db: Database, providerId: string | null, item: ItemRow): boolean {
  const { vendor_id: id, at } = item
  if (id === null && at === null) return false
  const found = prepared(
    db,
    `SELECT 1 FROM callback_items INDEXED BY callback_items_by_number JOIN callbacks ON callbacks.seq = callback
     WHERE from_number = ? AND kind = 'reply' AND text IS ? AND vendor_id IS ? AND (vendor_id IS NOT NULL OR at = ?)
       AND provider_id IS ? AND (callback < ? OR (callback = ? AND position < ?)) LIMIT 1`,
  ).get(item.from_number, item.text, id, at, providerId, item.callback, item.callback, item.position)
  return found !== undefined
}

const openItems = `SELECT callback_items.*, provider_id, received_at FROM callback_items
  JOIN callbacks ON callbacks.seq = callback`

export function hasOpenItems(db: Database): boolean {
  return prepared(db, 'SELECT 1 FROM callback_items WHERE open = 1 LIMIT 1').get() !== undefined
}

export interface ItemPlace {
  callback: number
  position: number
}

/**
 * Open records after a place, oldest first: those that came before `before` (epoch ms), and those whose message is known
 * and was on its way.
 */
export function listOpenItems(db: Database, after: ItemPlace, before: number, limit: number): OpenItem[] {
  return prepared(
    db,
    `${openItems} WHERE open = 1 AND (callback, position) > (?, ?) AND (message_seq IS NOT NULL OR received_at < ?)
     ORDER BY callback, position LIMIT ?`,
  ).all(after.callback, after.position, before, limit) as OpenItem[]
}

/** Open records that name this id, or one that begins with it. */
export function listOpenWithId(db: Database, vendorId: string): OpenItem[] {
  return prepared(
    db,
    `${openItems} WHERE open = 1 AND vendor_id IS NOT NULL AND vendor_id >= ? AND vendor_id < ? LIMIT 1000`,
  ).all(vendorId, `${vendorId}\u{10ffff}`) as OpenItem[]
}

/** Open records that are known to be of this message. */
export function listOpenOf(db: Database, messageSeq: number): OpenItem[] {
  return prepared(db, `${openItems} WHERE message_seq = ? AND open = 1`).all(messageSeq) as OpenItem[]
}

export interface StoryItem extends ItemRow {
  callback_id: string
  received_at: number
  format: string | null
  signature: SignatureState
  origin: CallbackOrigin
}

/** The newest receipt that changed a message. */
export function lastCountedReceipt(
  db: Database,
  messageSeq: number,
): Pick<ItemRow, 'word' | 'error_code'> | undefined {
  return prepared(
    db,
    `SELECT word, error_code FROM callback_items INDEXED BY callback_items_by_message
     WHERE message_seq = ? AND kind = 'receipt' AND effect = 'counted' ORDER BY callback DESC LIMIT 1`,
  ).get(messageSeq) as Pick<ItemRow, 'word' | 'error_code'> | undefined
}

/** What came for a message, oldest first. */
export function listItemsOf(db: Database, messageSeq: number, limit: number): StoryItem[] {
  return prepared(
    db,
    `SELECT callback_items.*, callbacks.id AS callback_id, received_at, signature, origin, format
     FROM callback_items JOIN callbacks ON callbacks.seq = callback_items.callback
       LEFT JOIN callback_readings ON callback_readings.callback = callbacks.seq
     WHERE message_seq = ? ORDER BY callback_items.callback, position LIMIT ?`,
  ).all(messageSeq, limit) as StoryItem[]
}
