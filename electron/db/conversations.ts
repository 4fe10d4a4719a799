import type { Database } from 'better-sqlite3'
import type { MatchedMessage } from './attempt-receipts.ts'
import type { MessageRow } from './messages.ts'
import { prepared } from './prepared.ts'

/** The newest message to a number that a provider sent. */
export function newestTo(
  db: Database,
  number: string,
  providerId: string,
): (MatchedMessage & { finished_at: number | null }) | undefined {
  return prepared(
    db,
    `SELECT messages.seq, id, to_number, test, simulated, state, group_id, messages.updated_at, settled_as,
       messages.provider_name, finished_at
     FROM message_numbers JOIN messages ON messages.seq = message_numbers.message_seq
       JOIN attempts ON attempts.message_seq = messages.seq AND attempts.provider_id = ?
       LEFT JOIN attempt_results ON attempt_seq = attempts.seq
     WHERE number = ? AND to_number = number
     ORDER BY message_numbers.message_seq DESC, position DESC LIMIT 1`,
  ).get(providerId, number) as (MatchedMessage & { finished_at: number | null }) | undefined
}

export function hasMessagesTo(db: Database, number: string): boolean {
  return prepared(db, 'SELECT 1 FROM message_numbers WHERE number = ? LIMIT 1').get(number) !== undefined
}

/** The newest messages to a number, newest first. */
export function listMessagesTo(db: Database, number: string, limit: number): MessageRow[] {
  return prepared(
    db,
    `SELECT messages.* FROM message_numbers JOIN messages ON seq = message_seq
     WHERE number = ? AND to_number = number ORDER BY message_seq DESC LIMIT ?`,
  ).all(number, limit) as MessageRow[]
}

export function countMessagesTo(db: Database, number: string): number {
  const sql = 'SELECT count(*) FROM message_numbers WHERE number = ?'
  return Number(prepared(db, sql).pluck().get(number))
}

export function countRepliesFrom(db: Database, number: string): number {
  const sql = `SELECT count(*) FROM callback_items INDEXED BY callback_items_by_number
    WHERE from_number = ? AND kind = 'reply' AND effect <> 'repeat'`
  return Number(prepared(db, sql).pluck().get(number))
}

export interface ReplyRow {
  callback: number
  callback_id: string
  received_at: number
  from_number: string
  text: string | null
  message_id: string | null
  provider_name: string | null
}

const replies = `SELECT callback, callbacks.id AS callback_id, received_at, from_number, text,
    messages.id AS message_id, providers.name AS provider_name
  FROM callback_items JOIN callbacks ON callbacks.seq = callback
    LEFT JOIN messages ON messages.seq = message_seq LEFT JOIN providers ON providers.id = callbacks.provider_id`

/** Newest first; a reply that a vendor repeats is one. */
export function listRepliesFrom(db: Database, number: string, limit: number): ReplyRow[] {
  return prepared(
    db,
    `${replies} WHERE from_number = ? AND callback_items.kind = 'reply' AND effect <> 'repeat'
     ORDER BY callback DESC LIMIT ?`,
  ).all(number, limit) as ReplyRow[]
}

/** The newest replies of anybody before the callback `before`, newest first. */
export function listReplies(db: Database, before: number, limit: number): ReplyRow[] {
  return prepared(
    db,
    `${replies} WHERE callback < ? AND callback_items.kind = 'reply' AND from_number IS NOT NULL
       AND effect <> 'repeat' ORDER BY callback DESC LIMIT ?`,
  ).all(before, limit) as ReplyRow[]
}

export interface SentRow {
  seq: number
  id: string
  to_number: string
  body: string
  created_at: number
}

/** The newest messages before `seq`, newest first. */
export function listNewestMessages(db: Database, before: number, limit: number): SentRow[] {
  return prepared(
    db,
    'SELECT seq, id, to_number, body, created_at FROM messages WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  ).all(before, limit) as SentRow[]
}
