import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

interface Sum {
  keys: readonly (string | number)[]
  amounts: number[]
}

/** By statement, then by keys. */
const gathering = new WeakMap<Database, Map<string, Map<string, Sum>>>()

/** From here on what is counted is added up, until the transaction's end. */
export function gatherTallies(db: Database): void {
  gathering.set(db, new Map())
}

/** Writes what was added up; for the end of the transaction. Throws SQLite's errors. */
export function writeTallies(db: Database): void {
  const sums = gathering.get(db)
  gathering.delete(db)
  for (const [sql, rows] of sums ?? [])
    for (const { keys, amounts } of rows.values()) prepared(db, sql).run(...keys, ...amounts)
}

/** The same in its middle, for whoever reads those counts there or takes them away. */
export function flushTallies(db: Database): void {
  if (!gathering.has(db)) return
  writeTallies(db)
  gatherTallies(db)
}

/** For a transaction that is undone. */
export function dropTallies(db: Database): void {
  gathering.delete(db)
}

/**
 * Adds amounts to the row of counts with these keys, by a statement that takes both and adds. Messages that share a
 * transaction share the row, too: it is written once for all of them, and not to be read before their commit.
 */
export function tally(db: Database, sql: string, keys: Sum['keys'], amounts: readonly number[]): void {
  const sums = gathering.get(db)
  if (!sums) {
    prepared(db, sql).run(...keys, ...amounts)
    return
  }
  const rows = sums.get(sql) ?? new Map<string, Sum>()
  sums.set(sql, rows)
  const name = keys.join(' ')
  const known = rows.get(name)
  if (!known) rows.set(name, { keys, amounts: [...amounts] })
  else amounts.forEach((amount, index) => (known.amounts[index] = (known.amounts[index] ?? 0) + amount))
}
