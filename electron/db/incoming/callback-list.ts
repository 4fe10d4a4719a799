import type { Database } from 'better-sqlite3'
import type { CallbackFilter } from '#shared/callbacks/callback-commands.ts'
import { itemEffects } from '#shared/callbacks/callback.ts'
import { callbackKinds } from '#shared/callbacks/format.ts'
import { bitsOf, isOutOfOrdinary } from './bits.ts'
import type { CallbackRow, ReadingRow } from './callbacks.ts'
import { prepared } from '../prepared.ts'

/** A request without its body, and what was read of it; the columns of the reading are null until it was. */
export type ListedRow = Omit<CallbackRow, 'body' | 'headers' | 'answer'> & { body_bytes: number } & {
  [Name in keyof ReadingRow]: ReadingRow[Name] | null
} & { own_trouble: CallbackRow['trouble'] }

const listed = `SELECT callbacks.seq, id, received_at, provider_id, origin, simulated, method, target, remote, signature,
    status, callbacks.trouble AS own_trouble, replay_of, length(body) AS body_bytes, callback_readings.*
  FROM callbacks LEFT JOIN callback_readings ON callback = callbacks.seq`

export function listedBySeq(db: Database, seq: number): ListedRow | undefined {
  return prepared(db, `${listed} WHERE callbacks.seq = ?`).get(seq) as ListedRow | undefined
}

export interface CallbackWalk {
  /** Seqs, newest first. */
  found: number[]
  /** Goes on from here: all from this seq on were looked at. */
  at: number
  ended: boolean
}

/** Of the largest bodies so many are looked at in some milliseconds; of usual ones a thousand times as many. */
const firstStretch = 64
const quickMs = 4
const slowMs = 16

/**
 * The newest callbacks before `from`, and after `after`, that fit, looked for by stretches of seqs that grow while they
 * are quick, for no longer than `budget` milliseconds: however rare what is looked for, nobody else waits.
 */
export function walkCallbacks(
  db: Database,
  filter: CallbackFilter,
  { from, after = 0, most, budget }: { from: number; after?: number; most: number; budget: number },
): CallbackWalk {
  const { sql, values } = statementFor(filter)
  const statement = prepared(db, sql).pluck()
  const { first: oldest, top } = endsOf(db)
  const first = Math.max(oldest, after + 1)
  const found: number[] = []
  const began = performance.now()
  let at = Math.min(from, top + 1)
  let size = firstStretch
  let now = began
  while (found.length < most && at > first) {
    if (now - began > budget) break
    const low = Math.max(first, at - size)
    const some = statement.all({ ...values, low, high: at - 1, most: most - found.length }) as number[]
    found.push(...some)
    at = found.length >= most ? (found.at(-1) ?? low) : low
    const before = now
    now = performance.now()
    if (now - before < quickMs) size *= 4
    else if (now - before > slowMs) size = Math.max(firstStretch / 4, Math.floor(size / 4))
  }
  return { found, at, ended: at <= first }
}

function endsOf(db: Database): { first: number; top: number } {
  const get = (which: 'min' | 'max') =>
    Number(prepared(db, `SELECT coalesce(${which}(seq), 0) FROM callbacks`).pluck().get())
  return { first: get('min'), top: get('max') }
}

/** By what one looks for most: the index of what is apart, else the provider's, else all in order. */
function statementFor({ providerId, kind, effects, troubled, search }: CallbackFilter) {
  const number = numberIn(search)
  const effectBits = bitsOf(itemEffects, effects)
  const apart = troubled || isOutOfOrdinary(effectBits)
  const reads = apart || kind !== null || effects.length > 0
  const table = apart
    ? 'callback_readings INDEXED BY callback_readings_apart CROSS JOIN callbacks ON callbacks.seq = callback'
    : reads
      ? 'callbacks CROSS JOIN callback_readings ON callback = callbacks.seq'
      : 'callbacks'
  const place = apart ? 'callback' : 'callbacks.seq'
  const conditions = [
    `${place} BETWEEN @low AND @high`,
    apart ? 'apart = 1' : null,
    providerId === null ? null : 'provider_id = @providerId',
    kind === null ? null : '(kinds & @kind) <> 0',
    effects.length === 0 ? null : '(effects & @effects) <> 0',
    troubled ? 'callback_readings.trouble IS NOT NULL' : null,
    search === '' ? null : searchCondition(number !== null),
  ].filter((condition) => condition !== null)
  const sql = `SELECT callbacks.seq FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY ${place} DESC LIMIT @most`
  const values = {
    providerId,
    kind: kind === null ? 0 : bitsOf(callbackKinds, [kind]),
    effects: effectBits,
    search: search.replaceAll(/[\\%_]/g, '\\$&').replace(/^|$/g, '%'),
    number: `%${number ?? ''}%`,
  }
  return { sql, values }
}

/** Digits that may be part of a number, as it is kept; null where the words are none. */
function numberIn(search: string): string | null {
  const bare = search.replaceAll(/[\s().-]/g, '').replace(/^00/, '+')
  return /^\+?\d{3,}$/.test(bare) ? bare : null
}

/**
 * Ids and numbers as they stand in the records, which may be read from elsewhere than the body; and the number of the message
 * that a record belongs to, as many receipts carry an id alone.
 */
const searchCondition = (
  isNumber: boolean,
) => `(CAST(body AS TEXT) LIKE @search ESCAPE '\\' OR target LIKE @search ESCAPE '\\'
  OR EXISTS (SELECT 1 FROM callback_items AS found WHERE found.callback = callbacks.seq AND (
    vendor_id LIKE @search ESCAPE '\\' OR reference LIKE @search ESCAPE '\\' OR to_number LIKE @search ESCAPE '\\'
    OR from_number LIKE @search ESCAPE '\\' OR text LIKE @search ESCAPE '\\'
    ${isNumber ? ofNumber : ''})))`

const ofNumber = `OR to_number LIKE @number OR from_number LIKE @number
    OR (SELECT messages.to_number FROM messages WHERE messages.seq = found.message_seq) LIKE @number`
