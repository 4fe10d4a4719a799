import type { Database } from 'better-sqlite3'
import type { WaitEnd } from '#shared/attempt.ts'
import { prepared } from '../prepared.ts'

/** An accepted attempt that waits for its delivery receipt; times are epoch milliseconds. */
export interface WaitRow {
  attempt_seq: number
  message_seq: number
  minutes: number
  due_at: number
}

export interface NewWait {
  attempt: number
  minutes: number
  dueAt: number
  providerMessageId: string | null
}

/** Not where the message is no longer sent: its receipt came before its answer was written down. */
export function insertWait(db: Database, messageSeq: number, wait: NewWait): void {
  prepared(
    db,
    `INSERT INTO receipt_waits (attempt_seq, minutes, due_at, provider_message_id)
     SELECT ?, ?, ?, ? FROM messages WHERE seq = ? AND state = 'sent'`,
  ).run(wait.attempt, wait.minutes, wait.dueAt, wait.providerMessageId, messageSeq)
}

/** Those that wait, the next to be due first. */
export function listWaits(db: Database, limit: number): WaitRow[] {
  return prepared(
    db,
    `SELECT attempt_seq, message_seq, minutes, due_at FROM receipt_waits JOIN attempts ON seq = attempt_seq
     WHERE wait_ended_at IS NULL ORDER BY due_at LIMIT ?`,
  ).all(limit) as WaitRow[]
}

/** False when it has ended already: then whoever asks does nothing more. */
export function endWait(db: Database, attemptSeq: number, end: WaitEnd, now: number): boolean {
  const { changes } = prepared(
    db,
    `UPDATE receipt_waits SET wait_end = ?, wait_ended_at = ? WHERE attempt_seq = ? AND wait_ended_at IS NULL`,
  ).run(end, now, attemptSeq)
  return changes === 1
}

/** Ends what a message waits for; false when it waits for nothing. */
export function endWaitOf(db: Database, messageSeq: number, end: WaitEnd, now: number): boolean {
  const { changes } = prepared(
    db,
    `UPDATE receipt_waits SET wait_end = ?, wait_ended_at = ?
     WHERE wait_ended_at IS NULL AND attempt_seq IN (SELECT seq FROM attempts WHERE message_seq = ?)`,
  ).run(end, now, messageSeq)
  return changes > 0
}

export function isWaiting(db: Database, messageSeq: number): boolean {
  const row = prepared(
    db,
    `SELECT 1 FROM attempts JOIN receipt_waits ON attempt_seq = seq
     WHERE message_seq = ? AND wait_ended_at IS NULL`,
  ).get(messageSeq)
  return row !== undefined
}

/** Begins the newest wait of a message again that nothing came of, due as before. False when there was none. */
export function reopenWait(db: Database, messageSeq: number): boolean {
  const { changes } = prepared(
    db,
    `UPDATE receipt_waits SET wait_end = NULL, wait_ended_at = NULL
     WHERE wait_end = 'no_receipt' AND attempt_seq = (
       SELECT max(seq) FROM attempts JOIN receipt_waits ON attempt_seq = seq WHERE message_seq = ?)`,
  ).run(messageSeq)
  return changes === 1
}

/** A sent message is on its way again; the provider's id of it stays with the wait. */
export function sendingAgain(db: Database, messageSeq: number): void {
  prepared(db, "UPDATE messages SET state = 'sending', provider_message_id = NULL WHERE seq = ?").run(
    messageSeq,
  )
}

/** Back to what it was before it was on its way again. */
export function sentAsBefore(db: Database, messageSeq: number, now: number): void {
  prepared(db, "UPDATE messages SET state = 'sent', updated_at = ? WHERE seq = ?").run(now, messageSeq)
}
