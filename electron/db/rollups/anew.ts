import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { flushTallies } from '../tally.ts'
import { sumColumns } from './add.ts'
import { setComplete, setLookedTo } from './marks.ts'
import { countLevels, levels, levelTable } from './slots.ts'

/*
 * Figures made anew from the log, beside those in use, some messages at a time. A message that was looked at already and changes
 * meanwhile is brought along in both (`StatsAdding`).
 */

const addSums = `INSERT INTO stats_sums_anew (scope, level, kind, slot, ${sumColumns.join(', ')})
  SELECT scope, column1, kind, quarter / column1, ${sumColumns.map((name) => `sum(${name})`).join(', ')}
  FROM (SELECT * FROM stats_sums_of WHERE seq > +? AND seq <= +?), ${levelTable(levels)} WHERE true GROUP BY 1, 2, 3, 4
  ON CONFLICT (scope, level, kind, slot) DO UPDATE SET
    ${sumColumns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

const addCounts = `INSERT INTO stats_counts_anew (scope, what, level, kind, slot, key, amount)
  SELECT scope, what, column1, kind, quarter / column1, key, sum(amount)
  FROM (SELECT * FROM stats_counts_of WHERE seq > +? AND seq <= +?), ${levelTable(countLevels)} WHERE true GROUP BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (scope, what, level, kind, slot, key) DO UPDATE SET amount = amount + excluded.amount`

/** Empties what an earlier time left. Next comes what messages had added that are no longer kept (`copyOutlived`). */
export function beginAnew(db: Database): void {
  clearAnew(db)
  setLookedTo(db, 0)
}

/** From here on whatever changes is brought along in both. */
export function lookAtAll(db: Database): void {
  setLookedTo(db, Number.MAX_SAFE_INTEGER)
}

/** Adds what the messages after a seq up to another add. */
export function addMessages(db: Database, after: number, to: number): void {
  prepared(db, addSums).run(after, to)
  prepared(db, addCounts).run(after, to)
  setLookedTo(db, to)
}

/** Puts the figures that were made anew in the place of those in use. All messages have to be in them. */
export function takeAnew(db: Database): void {
  flushTallies(db)
  for (const table of ['stats_sums', 'stats_counts']) {
    const { sql } = prepared(db, 'SELECT sql FROM sqlite_schema WHERE name = ?').get(`${table}_anew`) as {
      sql: string
    }
    db.exec(`DROP TABLE ${table}; ALTER TABLE ${table}_anew RENAME TO ${table}; ${sql}`)
  }
  setLookedTo(db, null)
  setComplete(db)
}

export function clearAnew(db: Database): void {
  flushTallies(db)
  db.exec('DELETE FROM stats_sums_anew; DELETE FROM stats_counts_anew')
  setLookedTo(db, null)
}
