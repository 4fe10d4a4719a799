import type { Database } from 'better-sqlite3'
import { itemEffects, type ReadCallback, type ReadItem } from '#shared/callbacks/callback.ts'
import { callbackKinds } from '#shared/callbacks/format.ts'
import type { ReplyWords } from '#shared/callbacks/reply-words.ts'
import { bitsOf, isOrdinary } from '../../db/incoming/bits.ts'
import {
  effectsOf,
  insertItem,
  updateItem,
  type ItemRow,
  type OpenItem,
} from '../../db/incoming/callback-items.ts'
import {
  insertReading,
  updateEffects,
  type CallbackRow,
  type ReadingRow,
} from '../../db/incoming/callbacks.ts'
import { applyClick, applyReceipt, isUnderWay } from './apply-receipt.ts'
import { applyReply, type ReplyOutcome } from './apply-reply.ts'
import { findMessage } from './find-message.ts'

/** What a piece of matching changed, to be told once it is on the disk. */
export interface Changes {
  /** Seqs of messages. */
  messages: Set<number>
  conversations: Set<string>
  helps: NonNullable<ReplyOutcome['help']>[]
}

export const noChanges = (): Changes => ({
  messages: new Set(),
  conversations: new Set(),
  helps: [],
})

export interface MatchTools {
  db: Database
  words: ReplyWords
  changes: Changes
  /** Epoch milliseconds. */
  now: number
}

/** A request with what was read of it, and the first of its records that is not written yet. */
export interface Unread {
  row: CallbackRow
  read: ReadCallback
  from: number
}

/** Matches and writes some records of a request, in the caller's transaction. Answers with them. */
export function matchItems(tools: MatchTools, { row, read, from }: Unread, most: number): ItemRow[] {
  const items = read.items.slice(from, from + most).map((item, index) => rowOf(item, row.seq, from + index))
  for (const [index, item] of items.entries()) {
    const lacks = read.items[from + index]?.lacks ?? null
    if (lacks === null) matchItem(tools, item, row)
    else Object.assign(item, { effect: 'refused', why: lacks })
    insertItem(tools.db, item)
  }
  return items
}

/** Ends the reading of a request whose records are all written, but for the mark. Answers with its row. */
export function finishReading(
  db: Database,
  { row, read }: Unread,
  written: readonly ItemRow[] | null,
): ReadingRow {
  const effects = written ? written.map(({ effect }) => effect) : effectsOf(db, row.seq)
  const bits = bitsOf(itemEffects, effects)
  const trouble = row.trouble ?? read.trouble
  const reading: ReadingRow = {
    callback: row.seq,
    format: read.format,
    trouble,
    why: read.why,
    kinds: bitsOf(
      callbackKinds,
      read.items.map(({ kind }) => kind),
    ),
    effects: bits,
    count: read.items.length,
    apart: trouble !== null || !isOrdinary(bits) ? 1 : 0,
  }
  insertReading(db, reading)
  return reading
}

/** Looks at a record again for which nothing had fitted. Answers whether anything changed. */
export function matchAgain(tools: MatchTools, item: OpenItem): boolean {
  const before = `${item.effect} ${item.reason} ${item.message_seq}`
  matchItem(tools, item, { provider_id: item.provider_id, received_at: item.received_at })
  if (item.open === 1 && before === `${item.effect} ${item.reason} ${item.message_seq}`) return false
  rewrite(tools.db, item)
  return true
}

/** Nothing came that fits: it is left as it is for good. */
export function giveUp(db: Database, item: OpenItem): void {
  Object.assign(item, { open: 0, effect: 'unmatched', reason: item.reason ?? 'no_such_id' })
  rewrite(db, item)
}

function rewrite(db: Database, item: ItemRow): void {
  updateItem(db, item)
  const bits = bitsOf(itemEffects, effectsOf(db, item.callback))
  updateEffects(db, item.callback, bits, isOrdinary(bits) ? 0 : 1)
}

function matchItem(
  tools: MatchTools,
  item: ItemRow,
  came: Pick<CallbackRow, 'provider_id' | 'received_at'>,
): void {
  const { db, words, changes } = tools
  item.open = 0
  if (item.kind === 'reply' || item.kind === 'optOut') {
    const { conversation, help } = applyReply(db, item, came, words)
    if (conversation !== null) changes.conversations.add(conversation)
    if (help) changes.helps.push(help)
    if (item.message_seq !== null) changes.messages.add(item.message_seq)
    return
  }
  if (came.provider_id === null) return
  const found = findMessage(db, came.provider_id, item)
  if (!('message' in found)) {
    const { reason, why, open } = found
    const isWaiting = open && reason === 'no_such_id'
    Object.assign(item, { effect: isWaiting ? 'waiting' : 'unmatched', reason, why, open: open ? 1 : 0 })
    return
  }
  const { message, attempt } = found
  Object.assign(item, { message_seq: message.seq, attempt: attempt.position, reason: null, why: null })
  if (isUnderWay(found)) {
    Object.assign(item, { effect: 'waiting', open: 1 })
    return
  }
  item.effect = item.kind === 'click' ? applyClick(db, item, found) : applyReceipt(db, item, found, tools.now)
  changes.messages.add(message.seq)
}

function rowOf(item: ReadItem, callback: number, position: number): ItemRow {
  return {
    callback,
    position,
    kind: item.kind,
    message_seq: null,
    attempt: null,
    open: 0,
    effect: 'unmatched',
    reason: null,
    why: null,
    vendor_id: item.vendorId,
    reference: item.reference,
    to_number: item.to,
    from_number: item.from,
    state: item.state,
    word: item.word,
    error_code: item.errorCode,
    error_text: item.errorText,
    at: item.at,
    url: item.url,
    short_url: item.shortUrl,
    text: item.text,
    id_may_be_longer: item.idMayBeLonger ? 1 : 0,
  }
}
