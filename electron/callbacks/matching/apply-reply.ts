import type { Database } from 'better-sqlite3'
import { meaningOf, type ReplyWords } from '#shared/callbacks/reply-words.ts'
import { addReply, attemptsOf } from '../../db/incoming/attempt-receipts.ts'
import { replyCameBefore, type ItemRow } from '../../db/incoming/callback-items.ts'
import type { CallbackRow } from '../../db/incoming/callbacks.ts'
import { hasMessagesTo, newestTo } from '../../db/incoming/conversations.ts'
import { optIn, optOut } from '../../db/incoming/opt-outs.ts'
import { recounting } from '../../db/rollups/add.ts'
import { isUnderWay } from './apply-receipt.ts'
import { countReply } from './count-receipts.ts'
import { findMessage, type Found } from './find-message.ts'

type Came = Pick<CallbackRow, 'provider_id' | 'received_at'>

/** What a reply led to, beside its row. */
export interface ReplyOutcome {
  conversation: string | null
  /** Somebody asks for help, and may be answered. */
  help: { number: string; providerId: string } | null
}

/** Belongs a reply, or the news that a number wants no more, to a message, and does what its word says. */
export function applyReply(db: Database, item: ItemRow, came: Came, words: ReplyWords): ReplyOutcome {
  const found = messageOf(db, item, came)
  const message = found?.message
  item.message_seq = message?.seq ?? null
  item.from_number = numberOf(db, item.from_number) ?? message?.to_number ?? null
  const { from_number: number, text } = item
  if (number === null) {
    Object.assign(item, { effect: 'unmatched', reason: 'no_such_number', why: 'It names no number.' })
    return { conversation: null, help: null }
  }
  if (replyCameBefore(db, came.provider_id, item)) {
    item.effect = 'repeat'
    return { conversation: null, help: null }
  }
  item.effect = message ? 'counted' : 'unmatched'
  item.reason = message ? null : 'no_such_number'
  if (item.kind === 'reply' && found) takeReply(db, found)
  const meaning = item.kind === 'optOut' ? optMeaning(item, words) : meaningOf(text ?? '', words)
  const { provider_id: providerId, received_at: at } = came
  if (meaning === 'stop')
    optOut(db, { number, at, word: (text ?? item.word ?? '').trim(), provider_id: providerId })
  if (meaning === 'start') optIn(db, number)
  const help = meaning === 'help' && providerId !== null ? { number, providerId } : null
  return { conversation: number, help }
}

/** Of a message on its way it is not known yet what is counted of it. */
export function takeReply(db: Database, found: Found): void {
  const { seq } = found.message
  const add = () => addReply(db, seq, found.attempt.position)
  if (isUnderWay(found)) {
    recounting(db, seq, add)
    return
  }
  add()
  countReply(db, found)
}

/** A vendor tells of those that want messages again in the same way. */
function optMeaning({ text, word }: ItemRow, words: ReplyWords) {
  const isStart = [text, word].some((one) => one !== null && meaningOf(one, words) === 'start')
  return isStart ? 'start' : 'stop'
}

function messageOf(db: Database, item: ItemRow, { provider_id: providerId }: Came): Found | null {
  if (providerId === null) return null
  if (item.reference !== null) {
    const found = findMessage(db, providerId, { ...item, vendor_id: null })
    if ('message' in found) return found
  }
  const number = numberOf(db, item.from_number)
  const message = number === null ? undefined : newestTo(db, number, providerId)
  if (!message) return null
  const attempts = attemptsOf(db, message.seq)
  const attempt = attempts.findLast((one) => one.provider_id === providerId)
  return attempt ? { message, attempts, attempt } : null
}

/** As messages are kept under it, where there are any: vendors leave the plus sign out. */
function numberOf(db: Database, written: string | null): string | null {
  if (written === null || written.startsWith('+')) return written
  const digits = written.replaceAll(/[^\d]/g, '')
  return digits.length >= 8 && hasMessagesTo(db, `+${digits}`) ? `+${digits}` : written
}
