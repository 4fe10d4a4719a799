import type { Database } from 'better-sqlite3'
import { attemptsOf, type MatchedAttempt } from '../../db/incoming/attempt-receipts.ts'
import { listUnread } from '../../db/incoming/callbacks.ts'
import { listOpenOf } from '../../db/incoming/callback-items.ts'
import { idsFromAnswers, isNamedUnread, listEarlyReceipts } from '../../db/incoming/early-receipts.ts'
import { effectOn, isTaken, progressOf } from './lattice.ts'
import { matchAgain, noChanges } from './match.ts'
import { readReplyWords } from '../conversations/reply-words.ts'

/**
 * What came for a message that is about to go to another provider. `arrived`: one that had it before took it after all, or
 * delivered it. `unread`: something that names it is kept and not read yet.
 */
export type Early = 'nothing' | 'arrived' | 'unread'

/** In the transaction that would begin the next attempt. `id`: the message's. */
export function earlyFor(db: Database, messageSeq: number, id: string): Early {
  const receipts = listEarlyReceipts(db, messageSeq)
  const isRead = listUnread(db, Number.MAX_SAFE_INTEGER, 1).length === 0
  // As it is with nearly all.
  if (receipts.length === 0 && isRead) return 'nothing'
  const attempts = attemptsOf(db, messageSeq)
  for (const { attempt: position, state } of receipts) {
    const attempt = attempts.find((one) => one.position === position)
    const next = progressOf(state)
    if (attempt && effectOn(attempt.progress, next) === 'counted') attempt.progress = next
  }
  if (attempts.some(hasIt)) return 'arrived'
  const providers = attempts.flatMap(({ provider_id }) => provider_id ?? [])
  return isNamedUnread(db, providers, [id, ...idsFromAnswers(db, messageSeq)]) ? 'unread' : 'nothing'
}

/** One that accepted it and passed it on is waited for in vain all the same: it has said so before. */
function hasIt({ class: outcome, progress }: MatchedAttempt): boolean {
  if (outcome === null || outcome === 'cancelled') return false
  if (progress === 'delivered') return true
  if (outcome === 'accepted' || progress === 'undelivered') return false
  return isTaken(outcome, progress, false)
}

/** Its message has ended in this transaction: what waited for that counts now. */
export function applyEarly(db: Database, messageSeq: number, now: number): void {
  const tools = { db, words: readReplyWords(db), changes: noChanges(), now }
  for (const item of listOpenOf(db, messageSeq)) matchAgain(tools, item)
}
