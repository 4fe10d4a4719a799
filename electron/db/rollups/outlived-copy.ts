import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { sumColumns } from './add.ts'
import { countLevels, levels, levelTable } from './slots.ts'

/** The last slot that was copied, in the order of the tables. */
export interface CopiedTo {
  scope: string
  kind: number
  slot: number
}

export const nothingCopied: CopiedTo = { scope: '', kind: 0, slot: 0 }
/** Behind all scopes. */
const end: CopiedTo = { scope: '~', kind: 0, slot: 0 }

const place = '(scope, level, kind, slot)'
const between = `WHERE ${place} > (?, 1, ?, ?) AND ${place} <= (?, 1, ?, ?)`

const nextPlace = (table: string) =>
  `SELECT scope, kind, slot FROM ${table} WHERE ${place} > (?, 1, ?, ?)
   ORDER BY scope, level, kind, slot LIMIT 1 OFFSET ?`

const copySums = `INSERT INTO stats_sums_anew (scope, level, kind, slot, ${sumColumns.join(', ')})
  SELECT scope, column1, kind, slot / column1, ${sumColumns.map((name) => `sum(${name})`).join(', ')}
  FROM (SELECT * FROM stats_sums_outlived ${between}), ${levelTable(levels)} WHERE true GROUP BY 1, 2, 3, 4
  ON CONFLICT (scope, level, kind, slot) DO UPDATE SET
    ${sumColumns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

const copyCounts = `INSERT INTO stats_counts_anew (scope, what, level, kind, slot, key, amount)
  SELECT scope, what, column1, kind, slot / column1, key, sum(amount)
  FROM (SELECT * FROM stats_counts_outlived ${between}), ${levelTable(countLevels)} WHERE true GROUP BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (scope, what, level, kind, slot, key) DO UPDATE SET amount = amount + excluded.amount`

/**
 * Adds some of what messages had added that are no longer kept to the figures that are made anew. Nothing may be added to it
 * until all is copied. `most`: rows of a table, more or less, as a slot goes whole. Answers how far it came; null: to the end.
 */
export function copyOutlived(db: Database, after: CopiedTo, most: number): CopiedTo | null {
  const [sums, counts] = ['stats_sums_outlived', 'stats_counts_outlived'].map((table) => {
    const { scope, kind, slot } = after
    return (prepared(db, nextPlace(table)).get(scope, kind, slot, most - 1) as CopiedTo | undefined) ?? end
  }) as [CopiedTo, CopiedTo]
  const to = earlier(sums, counts)
  const values = [after, to].flatMap(({ scope, kind, slot }) => [scope, kind, slot])
  prepared(db, copySums).run(...values)
  prepared(db, copyCounts).run(...values)
  return to === end ? null : to
}

function earlier(one: CopiedTo, other: CopiedTo): CopiedTo {
  if (one.scope !== other.scope) return one.scope < other.scope ? one : other
  return (one.kind - other.kind || one.slot - other.slot) <= 0 ? one : other
}
