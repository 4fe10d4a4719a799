import type { Database } from 'better-sqlite3'
import { sumNames, noSums, type Sums } from '#shared/stats/sums.ts'
import { prepared } from '../prepared.ts'
import { sumColumns } from './add.ts'
import type { ScopeKey } from './scopes.ts'
import { countLevels, cover, type SlotRange } from './slots.ts'

/** `kinds`: see `kindOf`. */
export interface Wanted {
  scope: ScopeKey
  kinds: readonly number[]
}

// Once: texts that are put together at each call are hashed anew. The plus signs keep SQLite from planning anew for each value.
const summedSlots = `SELECT ${sumColumns.map((name) => `coalesce(sum(${name}), 0)`).join(', ')} FROM stats_sums
  WHERE scope = +? AND level = +? AND kind = +? AND slot >= +? AND slot < +?`
const eachSlot = `SELECT slot, ${sumColumns.join(', ')} FROM stats_sums
  WHERE scope = +? AND level = +? AND kind = +? AND slot >= +? AND slot < +?`

/** Sums from one quarter of an hour up to another, which is left out. */
export function sumsBetween(db: Database, wanted: Wanted, from: number, to: number): Sums {
  const statement = prepared(db, summedSlots).raw()
  const sums = noSums()
  eachPart(wanted, cover(from, to), (scope, kind, range) => {
    const row = statement.get(scope, range.level, kind, range.from, range.to) as number[]
    addRow(sums, row, 0)
  })
  return sums
}

/** The rows of the slots of one level, with the slot first and then the sums in the order of `sumNames`. */
export function slotRows(db: Database, wanted: Wanted, { level, from, to }: SlotRange): number[][] {
  const statement = prepared(db, eachSlot).raw()
  return wanted.kinds.flatMap((kind) => statement.all(wanted.scope, level, kind, from, to) as number[][])
}

/** `at`: where the sums begin in the row. */
export function addRow(sums: Sums, row: readonly number[], at: number): void {
  for (const [index, name] of sumNames.entries()) sums[name] += row[at + index] ?? 0
}

/** Amounts by their keys, of what is counted; zeros are left out. */
export interface Counts {
  /** Answers by the step of their time. */
  times: Map<number, number>
  /** Errors by reason, and millionths by currency. */
  reasons: Map<string, number>
  costs: Map<string, number>
}

// Rows are what takes the time: those that nobody asks for are left where they are, and the others are short.
const countsOfSlots = `SELECT CASE what WHEN 't' THEN CAST(key AS INTEGER) ELSE what || key END, amount FROM stats_counts
  WHERE scope = +? AND level = +? AND kind = +? AND slot >= +? AND slot < +?`
const readingOf = {
  all: countsOfSlots,
  timesAndCosts: `${countsOfSlots} AND what <> 'r'`,
  costs: `${countsOfSlots} AND what = 'c'`,
}

/** From one quarter of an hour up to another, which is left out; what is not read is empty. */
export function countsBetween(
  db: Database,
  wanted: Wanted,
  from: number,
  to: number,
  read: keyof typeof readingOf = 'all',
): Counts {
  return countsOf(db, readingOf[read], wanted, cover(from, to, countLevels))
}

// From one scope to the next, a look at the table each; those of providers come last.
const unsaved = `WITH RECURSIVE scopes (scope) AS (
    SELECT min(scope) FROM stats_counts WHERE scope > 'p'
    UNION ALL
    SELECT (SELECT min(scope) FROM stats_counts WHERE stats_counts.scope > scopes.scope) FROM scopes WHERE scope IS NOT NULL)
  SELECT scope FROM scopes WHERE scope IS NOT NULL AND substr(scope, 2) NOT IN (SELECT id FROM providers)`

/** Of drafts that were tried and never saved. */
export function unsavedKeys(db: Database): ScopeKey[] {
  return prepared(db, unsaved).pluck().all() as ScopeKey[]
}

const goneOfSlots = `${countsOfSlots.replace('stats_counts', 'stats_counts_outlived')} AND what = 'r'`

/** Errors by reason of messages that are kept no longer. */
export function goneBetween(db: Database, wanted: Wanted, from: number, to: number): Counts['reasons'] {
  return countsOf(db, goneOfSlots, wanted, [{ level: 1, from, to }]).reasons
}

function countsOf(db: Database, sql: string, wanted: Wanted, ranges: readonly SlotRange[]): Counts {
  const statement = prepared(db, sql).raw()
  const counts: Counts = { times: new Map(), reasons: new Map(), costs: new Map() }
  eachPart(wanted, ranges, (scope, kind, range) => {
    const rows = statement.all(scope, range.level, kind, range.from, range.to) as [number | string, number][]
    for (const [key, amount] of rows) {
      if (typeof key === 'number') add(counts.times, key, amount)
      else add(key.startsWith('r') ? counts.reasons : counts.costs, key.slice(1), amount)
    }
  })
  dropZeros(counts.times)
  dropZeros(counts.reasons)
  dropZeros(counts.costs)
  return counts
}

function add<Key>(counts: Map<Key, number>, key: Key, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount)
}

function dropZeros(counts: Map<unknown, number>): void {
  for (const [key, amount] of counts) if (amount === 0) counts.delete(key)
}

// `undelivered` is also what no receipt came for in time.
const toldOfEnd = `SELECT 1 FROM stats_sums WHERE scope = +? AND level = 768 AND kind = +? AND (delivered > 0 OR undelivered >
    (SELECT coalesce(sum(amount), 0) FROM stats_counts WHERE stats_counts.scope = stats_sums.scope AND stats_counts.level = 768
       AND stats_counts.kind = stats_sums.kind AND stats_counts.slot = stats_sums.slot AND what = 'r'
       AND key = 'undelivered' || char(9) || 'no_receipt' || char(9) || char(9)))
  LIMIT 1`

/** Whether a receipt that tells of delivery was ever counted. */
export function hasReceipts(db: Database, { scope, kinds }: Wanted): boolean {
  const statement = prepared(db, toldOfEnd)
  return kinds.some((kind) => statement.get(scope, kind) !== undefined)
}

function eachPart(
  { scope, kinds }: Wanted,
  ranges: readonly SlotRange[],
  work: (scope: string, kind: number, range: SlotRange) => void,
): void {
  for (const kind of kinds) for (const range of ranges) work(scope, kind, range)
}
