import type { Database } from 'better-sqlite3'
import type { MessageStory } from '#shared/message.ts'
import { getMessage } from '../db/messages.ts'
import { endWaitOf, isWaiting } from '../db/incoming/receipt-waits.ts'
import { storyOf } from './story.ts'

/**
 * For every receipt that says what became of a message, in the transaction that keeps it: the message is not sent on any
 * more for want of one. False when it waits for none, as when it has gone on already. One that only says that the message
 * is on its way is no such receipt.
 */
export function receiptCame(db: Database, messageId: string, now: number): boolean {
  const message = getMessage(db, messageId)
  return message !== undefined && endWaitOf(db, message.seq, 'receipt', now)
}

export function waitsForReceipt(db: Database, messageId: string): boolean {
  const message = getMessage(db, messageId)
  return message !== undefined && isWaiting(db, message.seq)
}

/** No other provider is tried any more, as somebody wishes; it stays sent. Null when it waits for no receipt. */
export function stopWaiting(db: Database, messageId: string, now: number): MessageStory | null {
  const message = getMessage(db, messageId)
  return message && endWaitOf(db, message.seq, 'stopped', now) ? storyOf(db, message) : null
}
