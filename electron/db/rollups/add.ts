import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { tally } from '../tally.ts'
import { isMaking, markOf } from './marks.ts'
import { countLevels, levels, levelTable } from './slots.ts'

export const sumColumns = [
  'sent',
  'delivered',
  'undelivered',
  'errors',
  'clicks',
  'clicked',
  'replies',
  'segments',
  'failed_over',
] as const

/** What a message adds to the sums of a scope, as the view `stats_sums_of` says. */
export interface SumsRow {
  scope: string
  kind: number
  quarter: number
  /** In the order of `sumColumns`. */
  sums: readonly number[]
}

/** The same of the view `stats_counts_of`. */
export interface CountRow {
  scope: string
  what: 't' | 'r' | 'c'
  kind: number
  quarter: number
  key: string
  amount: number
}

// One statement writes the slots of all levels.
const sumsInto = (table: string) =>
  `INSERT INTO ${table} (scope, kind, level, slot, ${sumColumns.join(', ')})
   SELECT ?, ?, column1, CAST(? AS INTEGER) / column1, ${sumColumns.map(() => '?').join(', ')} FROM ${levelTable(levels)} WHERE true
   ON CONFLICT (scope, level, kind, slot) DO UPDATE SET
     ${sumColumns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

const countsInto = (table: string) =>
  `INSERT INTO ${table} (scope, what, kind, level, slot, key, amount)
   SELECT ?, ?, ?, column1, CAST(? AS INTEGER) / column1, ?, ? FROM ${levelTable(countLevels)} WHERE true
   ON CONFLICT (scope, what, level, kind, slot, key) DO UPDATE SET amount = amount + excluded.amount`

const statements = [
  { sums: sumsInto('stats_sums'), counts: countsInto('stats_counts') },
  { sums: sumsInto('stats_sums_anew'), counts: countsInto('stats_counts_anew') },
] as const

/**
 * Adds what a message adds, or takes back; in the transaction that writes it. While the figures are made anew, also to those,
 * where the message was looked at before.
 */
export class StatsAdding {
  private readonly db: Database
  private readonly targets: readonly (typeof statements)[number][]

  constructor(db: Database, seq: number) {
    this.db = db
    this.targets = markOf(db, seq) ? statements : statements.slice(0, 1)
  }

  sums(scope: string, kind: number, quarter: number, amounts: readonly number[]): void {
    for (const { sums } of this.targets) tally(this.db, sums, [scope, kind, quarter], amounts)
  }

  count({ scope, what, kind, quarter, key }: Omit<CountRow, 'amount'>, amount: number): void {
    for (const { counts } of this.targets) tally(this.db, counts, [scope, what, kind, quarter, key], [amount])
  }
}

export interface Standing {
  sums: SumsRow[]
  counts: CountRow[]
}

// Once: a text that is put together at each call has to be hashed anew. The plus sign keeps SQLite from planning anew for
// each value, which takes milliseconds.
const sumsOfMessage = `SELECT scope, kind, quarter, ${sumColumns.join(', ')} FROM stats_sums_of WHERE seq = +?`

/** What a message adds to the figures as it stands in the log. */
export function standingOf(db: Database, seq: number): Standing {
  const rows = prepared(db, sumsOfMessage).raw().all(seq) as [string, number, number, ...number[]][]
  const counts = prepared(
    db,
    'SELECT scope, what, kind, quarter, key, amount FROM stats_counts_of WHERE seq = +?',
  ).all(seq)
  return {
    sums: rows.map(([scope, kind, quarter, ...sums]) => ({ scope, kind, quarter, sums })),
    counts: counts as CountRow[],
  }
}

/**
 * Does `work`, which changes a message and its attempts, and brings the figures along: what the message added before is taken
 * back, what it adds now is added. For whatever changes a message but the way that most of them go (`addTaken`).
 */
export function recounting<T>(db: Database, seq: number, work: () => T): T {
  const before = standingOf(db, seq)
  const result = work()
  const after = standingOf(db, seq)
  addStanding(db, seq, before, -1)
  addStanding(db, seq, after, 1)
  return result
}

/** The same for a message that was not counted yet. */
export function countFirst(db: Database, seq: number): void {
  addStanding(db, seq, standingOf(db, seq), 1)
}

function addStanding(db: Database, seq: number, { sums, counts }: Standing, sign: 1 | -1): void {
  if (sums.length === 0 && counts.length === 0) return
  const adding = new StatsAdding(db, seq)
  for (const row of sums)
    adding.sums(
      row.scope,
      row.kind,
      row.quarter,
      row.sums.map((amount) => amount * sign),
    )
  for (const row of counts) adding.count(row, row.amount * sign)
}

const outlived = {
  sums: `INSERT INTO stats_sums_outlived (scope, kind, level, slot, ${sumColumns.join(', ')})
    VALUES (?, ?, 1, ?, ${sumColumns.map(() => '?').join(', ')})
    ON CONFLICT (scope, level, kind, slot) DO UPDATE SET
      ${sumColumns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  counts: `INSERT INTO stats_counts_outlived (scope, what, kind, level, slot, key, amount) VALUES (?, ?, ?, 1, ?, ?, ?)
    ON CONFLICT (scope, what, level, kind, slot, key) DO UPDATE SET amount = amount + excluded.amount`,
}

/** Of a message that is removed while its figures stay: so that they are known when all are made anew from the log. */
export function addOutlived(db: Database, seq: number, { sums, counts }: Standing): void {
  for (const row of sums) tally(db, outlived.sums, [row.scope, row.kind, row.quarter], row.sums)
  for (const { scope, what, kind, quarter, key, amount } of counts)
    tally(db, outlived.counts, [scope, what, kind, quarter, key], [amount])
  // It will not be looked at any more.
  if (!isMaking(db) || markOf(db, seq)) return
  const anew = statements[1]
  for (const row of sums) tally(db, anew.sums, [row.scope, row.kind, row.quarter], row.sums)
  for (const { scope, what, kind, quarter, key, amount } of counts)
    tally(db, anew.counts, [scope, what, kind, quarter, key], [amount])
}
