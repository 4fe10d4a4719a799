import type { Database } from 'better-sqlite3'
import type { MatchedMessage } from './attempt-receipts.ts'
import { unknownCondition, type MessageRow } from '../messages.ts'
import { prepared } from '../prepared.ts'

const latest = Number.MAX_SAFE_INTEGER
const isUnknown = `state = 'failed' AND ${unknownCondition} AS is_unknown`

/** The newest message to a number that a provider sent. */
export function newestTo(db: Database, number: string, providerId: string): MatchedMessage | undefined {
  return prepared(
    db,
    `SELECT messages.seq, id, to_number, test, simulated, state, group_id, messages.updated_at, settled_as,
       messages.provider_name
     FROM message_numbers JOIN messages ON messages.seq = message_numbers.message_seq
       JOIN attempts ON attempts.message_seq = messages.seq AND attempts.provider_id = ?
     WHERE number = ? AND to_number = number
     ORDER BY message_numbers.message_seq DESC, position DESC LIMIT 1`,
  ).get(providerId, number) as MatchedMessage | undefined
}

export function hasMessagesTo(db: Database, number: string): boolean {
  return prepared(db, 'SELECT 1 FROM message_numbers WHERE number = ? LIMIT 1').get(number) !== undefined
}

/** Messages to a number before the seq `before`, newest first. */
export function listMessagesTo(db: Database, number: string, limit: number, before = latest): MessageRow[] {
  return prepared(
    db,
    `SELECT messages.*, ${isUnknown} FROM message_numbers JOIN messages ON seq = message_seq
     WHERE number = ? AND message_seq < ? AND to_number = number ORDER BY message_seq DESC LIMIT ?`,
  ).all(number, before, limit) as MessageRow[]
}

/** Those to a number among the newest messages of all, which may not be gathered under it yet; newest first. */
export function listNewMessagesTo(db: Database, number: string, among: number): MessageRow[] {
  return prepared(
    db,
    `SELECT messages.*, ${isUnknown} FROM messages
     WHERE seq > (SELECT max(seq) FROM messages) - ? AND to_number = ? ORDER BY seq DESC`,
  ).all(among, number) as MessageRow[]
}

/** Up to `most`. */
export function countMessagesTo(db: Database, number: string, most: number): number {
  const sql = `SELECT count(*) FROM (SELECT 1 FROM message_numbers JOIN messages ON seq = message_seq
    WHERE number = ? AND to_number = number LIMIT ?)`
  return Number(prepared(db, sql).pluck().get(number, most))
}

/** Of all attempts at a message. */
export function countClicks(db: Database, messageSeq: number): number {
  const sql = 'SELECT coalesce(sum(clicks), 0) FROM attempt_receipts WHERE message_seq = ?'
  return Number(prepared(db, sql).pluck().get(messageSeq))
}

/** Up to `most`. */
export function countRepliesFrom(db: Database, number: string, most: number): number {
  const sql = `SELECT count(*) FROM (SELECT 1 FROM callback_items INDEXED BY callback_items_by_number
    WHERE from_number = ? AND kind = 'reply' AND effect <> 'repeat' LIMIT ?)`
  return Number(prepared(db, sql).pluck().get(number, most))
}

/** Places a record of a callback among all, in one number; a request holds fewer records than this. */
const records = 16_384

export interface ReplyRow {
  /** Grows with each reply, of one callback, too. */
  key: number
  callback_id: string
  received_at: number
  simulated: 0 | 1
  from_number: string
  text: string | null
  message_id: string | null
  provider_id: string | null
  provider_name: string | null
}

const replies = `SELECT callback * ${records} + position AS key, callbacks.id AS callback_id, received_at,
    callbacks.simulated, from_number, text, messages.id AS message_id, callbacks.provider_id, providers.name AS provider_name
  FROM callback_items JOIN callbacks ON callbacks.seq = callback
    LEFT JOIN messages ON messages.seq = message_seq LEFT JOIN providers ON providers.id = callbacks.provider_id`

const placeOf = (key: number) => [Math.floor(key / records), key % records] as const

/** Before the reply with that key, newest first; one that a vendor repeats is one. */
export function listRepliesFrom(db: Database, number: string, limit: number, before = latest): ReplyRow[] {
  return prepared(
    db,
    `${replies} WHERE from_number = ? AND (callback, position) < (?, ?) AND callback_items.kind = 'reply'
       AND effect <> 'repeat'
     ORDER BY callback DESC, position DESC LIMIT ?`,
  ).all(number, ...placeOf(before), limit) as ReplyRow[]
}

/** The newest replies of anybody before the reply with that key, newest first. */
export function listReplies(db: Database, before: number, limit: number): ReplyRow[] {
  return prepared(
    db,
    `${replies} WHERE (callback, position) < (?, ?) AND callback_items.kind = 'reply'
       AND from_number IS NOT NULL AND effect <> 'repeat'
     ORDER BY callback DESC, position DESC LIMIT ?`,
  ).all(...placeOf(before), limit) as ReplyRow[]
}

export interface SentRow {
  seq: number
  to_number: string
  body: string
  created_at: number
  simulated: 0 | 1
}

const sent = 'SELECT seq, to_number, body, created_at, simulated FROM messages'

/** The newest messages before `seq`, newest first. */
export function listNewestMessages(db: Database, before: number, limit: number): SentRow[] {
  return prepared(db, `${sent} WHERE seq < ? ORDER BY seq DESC LIMIT ?`).all(before, limit) as SentRow[]
}

export function getSent(db: Database, seq: number): SentRow | undefined {
  return prepared(db, `${sent} WHERE seq = ?`).get(seq) as SentRow | undefined
}

/** When the oldest message from this seq on was written; null: there is none. */
export function writtenFrom(db: Database, seq: number): number | null {
  const sql = 'SELECT created_at FROM messages WHERE seq >= ? ORDER BY seq LIMIT 1'
  return (prepared(db, sql).pluck().get(seq) ?? null) as number | null
}
