import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { isCopying } from './rollups/marks.ts'
import { outliving } from './rollups/outlive.ts'

/** One step of a clean-up: rows older than `before` (epoch ms) among the next `most` after `from`. */
export interface CleanStep {
  before: number
  from: number
  most: number
}

export interface CleanedStep {
  /** Rows that it took. */
  count: number
  /** Where the next one begins; null: what follows is not old enough. */
  next: number | null
  /** No row up to `next` has to be looked at again. */
  whole: boolean
}

interface Aged {
  seq: number
  at: number
}

/** The next rows by seq, which is nearly the order of time: a step without a single old one is the end. */
function nextAged(db: Database, table: string, time: string, { before, from, most }: CleanStep) {
  const rows = prepared(db, `SELECT seq, ${time} AS at FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`).all(
    from,
    most,
  ) as Aged[]
  const old = rows.filter(({ at }) => at < before).map(({ seq }) => seq)
  const next = old.length > 0 && rows.length === most ? (rows.at(-1)?.seq ?? null) : null
  return { old, end: { next, whole: false } }
}

/** How many of the old rows the statement took, which is run for each. */
function takeEach(db: Database, old: readonly number[], sql: string): number {
  const statement = prepared(db, sql)
  return old.filter((seq) => statement.run(seq).changes > 0).length
}

// What is still on its way, what waits for its receipt, and what belongs to a bulk test that goes on, stays. So do the newest
// message and the newest attempt: their seqs would be given again.
const takeMessage = `DELETE FROM messages WHERE seq = ? AND state <> 'queued' AND state <> 'sending'
  AND seq < (SELECT max(seq) FROM messages)
  AND NOT EXISTS (SELECT 1 FROM attempts JOIN receipt_waits ON attempt_seq = attempts.seq
    WHERE message_seq = messages.seq AND wait_ended_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM attempts WHERE message_seq = messages.seq AND seq = (SELECT max(seq) FROM attempts))
  AND NOT EXISTS (SELECT 1 FROM bulk_rows JOIN bulk_jobs ON bulk_jobs.seq = job
    WHERE message_seq = messages.seq AND state NOT IN ('done', 'cancelled'))`

/**
 * Their attempts go with them; the ids by which receipts find them are taken by `strayIds`. For a moment nothing goes, and the
 * step is to be made again.
 */
export function deleteOldMessages(db: Database, step: CleanStep): CleanedStep {
  if (isCopying(db)) return { count: 0, next: step.from, whole: false }
  const { old, end } = nextAged(db, 'messages', 'created_at', step)
  const remove = prepared(db, takeMessage)
  const gone = old.filter((seq) => outliving(db, seq, () => remove.run(seq).changes > 0))
  return { count: gone.length, ...end }
}

/** Ids and numbers of messages that are gone. They are many, so they go on another thread, once for a clean-up. */
export const strayIds = ['vendor_ids', 'message_numbers'].map((table) => ({
  sql: `DELETE FROM ${table} WHERE NOT EXISTS (SELECT 1 FROM messages WHERE seq = message_seq)`,
  values: {},
}))

/** What was read of them goes with them. */
export function deleteOldCallbacks(db: Database, step: CleanStep): CleanedStep {
  const { old, end } = nextAged(db, 'callbacks', 'received_at', step)
  const sql = `DELETE FROM callbacks WHERE seq = ? AND seq <= (SELECT read_to FROM callback_marks)
    AND NOT EXISTS (SELECT 1 FROM callback_items WHERE callback = seq AND open = 1)`
  return { count: takeEach(db, old, sql), ...end }
}

// JSON's null in place of a request tells what was taken away from what never was.
const takeRequest = `UPDATE attempts SET request = 'null' WHERE seq = ? AND request IS NOT NULL AND request <> 'null'
  AND EXISTS (SELECT 1 FROM attempt_results WHERE attempt_seq = seq)`
const takeResponse = `UPDATE attempt_results SET response = json_set(response, '$.headers', json('[]'), '$.body', '')
  WHERE attempt_seq = ? AND response IS NOT NULL`

const fullAttempts =
  "SELECT 1 FROM attempts WHERE seq > ? AND seq <= ? AND request IS NOT NULL AND request <> 'null' LIMIT 1"

/** Of an answer its status and size stay. */
export function clearOldAttempts(db: Database, step: CleanStep): CleanedStep {
  const { old, end } = nextAged(db, 'attempts', 'started_at', step)
  for (const seq of old) prepared(db, takeResponse).run(seq)
  const count = takeEach(db, old, takeRequest)
  return { count, ...end, whole: isEmpty(db, fullAttempts, step, end.next) }
}

/** Whether nothing is left of the rows of a step, by a statement that finds some. */
function isEmpty(db: Database, sql: string, { from }: CleanStep, next: number | null): boolean {
  return next !== null && prepared(db, sql).get(from, next) === undefined
}

const takeRaw = `UPDATE callbacks SET headers = 'null', body = x'',
    target = CASE instr(target, '?') WHEN 0 THEN target ELSE substr(target, 1, instr(target, '?') - 1) END
  WHERE seq = ? AND headers <> 'null' AND seq <= (SELECT read_to FROM callback_marks)
    AND NOT EXISTS (SELECT 1 FROM callback_items WHERE callback = seq AND open = 1)`

const fullCallbacks = "SELECT 1 FROM callbacks WHERE seq > ? AND seq <= ? AND headers <> 'null' LIMIT 1"

/** What was read of them stays. */
export function clearOldCallbacks(db: Database, step: CleanStep): CleanedStep {
  const { old, end } = nextAged(db, 'callbacks', 'received_at', step)
  const count = takeEach(db, old, takeRaw)
  return { count, ...end, whole: isEmpty(db, fullCallbacks, step, end.next) }
}

/** The preferences that hold up to which seq all contents are cleared. */
export const clearedTo = { attempts: 'retention.attemptsTo', callbacks: 'retention.callbacksTo' } as const

const times = { messages: 'created_at', attempts: 'started_at', callbacks: 'received_at' } as const

/** About how many rows after `from` are older: as many as there are numbers up to the first that is not. */
export function countOlder(db: Database, table: keyof typeof times, before: number, from = 0): number {
  const at = prepared(
    db,
    `SELECT seq, ${times[table]} AS at FROM ${table} WHERE seq >= ? ORDER BY seq LIMIT 1`,
  )
  const ends = prepared(db, `SELECT min(seq) AS low, max(seq) AS high FROM ${table} WHERE seq > ?`).get(
    from,
  ) as {
    low: number | null
    high: number | null
  }
  const first = ends.low ?? 0
  let low = first
  let high = (ends.high ?? -1) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = at.get(middle) as Aged | undefined
    if (row && row.at < before) low = row.seq + 1
    else high = middle
  }
  return low - first
}
