import type { Database } from 'better-sqlite3'

/** Rows from which on what is known of a table's size helps. */
const leastRows = 10_000

/**
 * Takes back what `PRAGMA optimize` noted of small tables. They grow before it is noted again, and SQLite goes through a
 * table from end to end, for each row of another, as long as it takes it for one of a few rows.
 */
export function forgetSmallTables(db: Database): void {
  const has = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get() !== undefined
  if (!has) return
  db.prepare(
    `DELETE FROM sqlite_stat1 WHERE tbl IN
       (SELECT tbl FROM sqlite_stat1 GROUP BY tbl HAVING max(CAST(stat AS INTEGER)) < ?)`,
  ).run(leastRows)
}
