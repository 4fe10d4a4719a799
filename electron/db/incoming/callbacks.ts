import type { Database } from 'better-sqlite3'
import type { CallbackOrigin, CallbackTrouble, SignatureState } from '#shared/callbacks/callback.ts'
import { prepared } from '../prepared.ts'

/** A request to the listener as it came. */
export interface CallbackRow {
  seq: number
  id: string
  received_at: number
  /** Null where the address is nobody's, any more. */
  provider_id: string | null
  origin: CallbackOrigin
  simulated: 0 | 1
  method: string
  /** Path and query, the key of the address masked. */
  target: string
  remote: string
  signature: SignatureState
  status: number
  trouble: CallbackTrouble | null
  replay_of: string | null
  /** JSON: content type and body. */
  answer: string
  /** JSON: a list of pairs. */
  headers: string
  body: Buffer
}

/** What was made of it; kinds and effects are sets of bits. */
export interface ReadingRow {
  callback: number
  format: string | null
  trouble: CallbackTrouble | null
  why: string | null
  kinds: number
  effects: number
  count: number
  apart: 0 | 1
}

/** Of requests to addresses that are nobody's. */
const mostUnknown = 200

/** Answers with its seq. */
export function insertCallback(db: Database, row: Omit<CallbackRow, 'seq'>): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO callbacks (id, received_at, provider_id, origin, simulated, method, target, remote, signature,
       status, trouble, replay_of, answer, headers, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.id,
    row.received_at,
    row.provider_id,
    row.origin,
    row.simulated,
    row.method,
    row.target,
    row.remote,
    row.signature,
    row.status,
    row.trouble,
    row.replay_of,
    row.answer,
    row.headers,
    row.body,
  )
  if (row.trouble === 'no_such_address') keepNewestUnknown(db)
  return Number(lastInsertRowid)
}

function keepNewestUnknown(db: Database): void {
  prepared(db, 'UPDATE callback_marks SET unknown = unknown + 1').run()
  prepared(
    db,
    `DELETE FROM callbacks WHERE seq = (
       SELECT seq FROM callbacks WHERE provider_id IS NULL AND trouble = 'no_such_address'
       ORDER BY seq DESC LIMIT 1 OFFSET ${mostUnknown})`,
  ).run()
}

export function getCallback(db: Database, id: string): CallbackRow | undefined {
  return prepared(db, 'SELECT * FROM callbacks WHERE id = ?').get(id) as CallbackRow | undefined
}

export function getReading(db: Database, seq: number): ReadingRow | undefined {
  return prepared(db, 'SELECT * FROM callback_readings WHERE callback = ?').get(seq) as ReadingRow | undefined
}

export function getCallbackBySeq(db: Database, seq: number): CallbackRow | undefined {
  return prepared(db, 'SELECT * FROM callbacks WHERE seq = ?').get(seq) as CallbackRow | undefined
}

/** Seqs of those up to `upTo` that were kept and not read yet, in the order in which they came. */
export function listUnread(db: Database, upTo: number, limit: number): number[] {
  return prepared(
    db,
    `SELECT seq FROM callbacks WHERE seq > (SELECT read_to FROM callback_marks) AND seq <= ?
     ORDER BY seq LIMIT ?`,
  )
    .pluck()
    .all(upTo, limit) as number[]
}

export function markRead(db: Database, seq: number): void {
  prepared(db, 'UPDATE callback_marks SET read_to = ?').run(seq)
}

export function insertReading(db: Database, row: ReadingRow): void {
  prepared(
    db,
    `INSERT INTO callback_readings (callback, format, trouble, why, kinds, effects, count, apart)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(row.callback, row.format, row.trouble, row.why, row.kinds, row.effects, row.count, row.apart)
}

/** After some of its records had another effect. */
export function updateEffects(db: Database, callback: number, effects: number, apart: 0 | 1): void {
  prepared(db, 'UPDATE callback_readings SET effects = ?, apart = ? WHERE callback = ?').run(
    effects,
    apart,
    callback,
  )
}

/** The newest that was read; what comes later stays where all are cleared. */
export function readTo(db: Database): number {
  return Number(prepared(db, 'SELECT read_to FROM callback_marks').pluck().get())
}

/**
 * Removes some of those up to `upTo`, the newest first; what they made of messages and figures stays. False when none is
 * left.
 */
export function clearSome(db: Database, upTo: number, limit: number): boolean {
  const { changes } = prepared(
    db,
    'DELETE FROM callbacks WHERE seq IN (SELECT seq FROM callbacks WHERE seq <= ? ORDER BY seq DESC LIMIT ?)',
  ).run(upTo, limit)
  if (changes === limit) return true
  prepared(db, 'UPDATE callback_marks SET unknown = 0').run()
  return false
}

/** Records that are written already, of a request with very many. */
export function countItems(db: Database, seq: number): number {
  return Number(prepared(db, 'SELECT count(*) FROM callback_items WHERE callback = ?').pluck().get(seq))
}
