import type { Database } from 'better-sqlite3'
import {
  itemEffects,
  type CallbackDetails,
  type CallbackItem,
  type CallbackSummary,
  type ItemEffect,
  type StoryCallback,
} from '#shared/callbacks/callback.ts'
import { callbackKinds } from '#shared/callbacks/format.ts'
import { namesOf } from '../db/incoming/bits.ts'
import { firstItem, listItems, listItemsOf, type ItemRow } from '../db/incoming/callback-items.ts'
import { listedBySeq, type ListedRow } from '../db/incoming/callback-list.ts'
import { getCallback, type CallbackRow, type ReadingRow } from '../db/incoming/callbacks.ts'
import { messageShown } from '../db/incoming/attempt-receipts.ts'
import { getProviderVersion } from '../db/providers.ts'

/** The worst for the reader first. */
const gravity: readonly ItemEffect[] = [
  'conflict',
  'unmatched',
  'waiting',
  'refused',
  'late',
  'repeat',
  'noted',
  'counted',
]

type Kept = Omit<CallbackRow, 'body' | 'headers' | 'answer'> & { body_bytes: number }

/** `reading` is null until the request was read. */
export function summaryOf(
  db: Database,
  row: Kept,
  reading: ReadingRow | null,
  first: ItemRow | null,
): CallbackSummary {
  const effects = namesOf(itemEffects, reading?.effects ?? 0)
  const seq = first?.message_seq ?? null
  const message = seq === null ? null : messageShown(db, seq)
  return {
    id: row.id,
    receivedAt: row.received_at,
    providerId: row.provider_id,
    providerName: row.provider_id === null ? null : (getProviderVersion(db, row.provider_id)?.name ?? null),
    origin: row.origin,
    simulated: row.simulated === 1,
    method: row.method,
    bodyBytes: row.body_bytes,
    signature: row.signature,
    status: row.status,
    format: reading?.format ?? null,
    trouble: reading?.trouble ?? row.trouble,
    kinds: namesOf(callbackKinds, reading?.kinds ?? 0),
    count: reading?.count ?? 0,
    effect: gravity.find((effect) => effects.includes(effect)) ?? null,
    messageId: message?.id ?? null,
    number:
      first === null
        ? null
        : ((first.kind === 'receipt' ? first.to_number : first.from_number) ??
          first.to_number ??
          message?.to_number ??
          null),
    word: first?.word ?? null,
    state: first?.state ?? null,
    text: first?.text ?? first?.url ?? null,
  }
}

export function summaryBySeq(db: Database, seq: number): CallbackSummary | null {
  const row = listedBySeq(db, seq)
  return row ? summaryOf(db, keptOf(row), readingOf(row), firstItem(db, seq) ?? null) : null
}

/** Null: there is none. `redact` takes out what is secret. */
export function detailsOf(
  db: Database,
  id: string,
  redact: (text: string) => string,
): CallbackDetails | null {
  const row = getCallback(db, id)
  const listed = row && listedBySeq(db, row.seq)
  if (!row || !listed) return null
  const items = listItems(db, row.seq)
  const answer = JSON.parse(row.answer) as { contentType: string; body: string }
  return {
    ...summaryOf(db, keptOf(listed), readingOf(listed), items[0] ?? null),
    request: {
      method: row.method,
      target: redact(row.target),
      headers: ((JSON.parse(row.headers) ?? []) as [string, string][]).map(([name, value]) => ({
        name,
        value: redact(value),
      })),
      body: redact(row.body.toString('utf8')),
      bodyBytes: row.body.length,
      remote: row.remote,
      ...(row.headers === 'null' && { cleared: true }),
    },
    answer: { status: row.status, ...answer },
    items: items.map((item) => itemOf(db, row.id, item)),
    why: listed.why,
    replayOf: row.replay_of,
  }
}

/** What came for a message, oldest first. */
export function storyCallbacks(db: Database, messageSeq: number, messageId: string): StoryCallback[] {
  return listItemsOf(db, messageSeq, mostInStory).map((row) => ({
    ...itemOf(db, row.callback_id, row, messageId),
    callbackId: row.callback_id,
    receivedAt: row.received_at,
    format: row.format,
    signature: row.signature,
    origin: row.origin,
  }))
}

/** A vendor that repeats itself without end does not make a message's page unreadable. */
const mostInStory = 1000

function itemOf(db: Database, callbackId: string, row: ItemRow, messageId?: string): CallbackItem {
  return {
    id: `${callbackId}/${row.position}`,
    kind: row.kind,
    vendorId: row.vendor_id,
    reference: row.reference,
    to: row.to_number,
    from: row.from_number,
    text: row.text,
    url: row.url,
    shortUrl: row.short_url,
    word: row.word,
    state: row.state,
    errorCode: row.error_code,
    errorText: row.error_text,
    at: row.at,
    effect: row.effect,
    reason: row.reason,
    why: row.why,
    messageId: messageId ?? messageIdOf(db, row.message_seq),
    attempt: row.attempt,
  }
}

function messageIdOf(db: Database, seq: number | null): string | null {
  return seq === null ? null : (messageShown(db, seq)?.id ?? null)
}

function keptOf(row: ListedRow): Kept {
  return { ...row, trouble: row.own_trouble }
}

function readingOf(row: ListedRow): ReadingRow | null {
  return row.callback === null ? null : (row as ReadingRow)
}
