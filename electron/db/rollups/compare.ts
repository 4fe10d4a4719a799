import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { sumColumns } from './add.ts'
import { levels, quarterMs } from './slots.ts'

/** A figure that is kept otherwise than it was made anew. `key`: of an amount, see `stats_counts`. */
export interface Difference {
  scope: string
  /** Epoch milliseconds at which its slot begins. */
  since: number
  figure: string
  kept: number
  inLog: number
}

/** One look at a few slots of a scope. */
export interface Look {
  scope: string
  level: number
  from: number
  to: number
}

const slotsAtOnce = 192

const tables = ['stats_sums', 'stats_sums_anew', 'stats_counts', 'stats_counts_anew']

/** The first and the last slot of a scope and kind: one look at the table each. */
const endsIn = tables.map((table) => {
  const of = `FROM ${table} WHERE scope = +@scope AND level = 768 AND kind = +@kind`
  return `SELECT (SELECT min(slot) ${of}) AS first, (SELECT max(slot) ${of}) AS last`
})

/** All that has to be looked at, of 'all' and of the providers and groups that there are. */
export function looksOf(db: Database): Look[] {
  const ids = "SELECT 'p' || id FROM providers UNION ALL SELECT 'g' || id FROM provider_groups"
  const scopes = ['a', ...(prepared(db, ids).pluck().all() as string[])]
  return scopes.flatMap((scope) => {
    const [first, last] = endsOf(db, scope)
    return levels.flatMap((level) =>
      windows((first * 768) / level, ((last + 1) * 768) / level).map((window) => ({
        scope,
        level,
        ...window,
      })),
    )
  })
}

/** The last before the first where there is nothing. */
function endsOf(db: Database, scope: string): [first: number, last: number] {
  const ends = endsIn.flatMap((sql) =>
    [0, 1, 2, 3].map(
      (kind) => prepared(db, sql).get({ scope, kind }) as { first: number | null; last: number | null },
    ),
  )
  const first = Math.min(...ends.map((one) => one.first ?? Infinity))
  const last = Math.max(...ends.map((one) => one.last ?? -1))
  return last < 0 ? [0, -1] : [first, last]
}

function windows(from: number, to: number): { from: number; to: number }[] {
  const count = Math.ceil((to - from) / slotsAtOnce)
  return Array.from({ length: count }, (_, index) => ({
    from: from + index * slotsAtOnce,
    to: Math.min(to, from + (index + 1) * slotsAtOnce),
  }))
}

/** What differs in one look; zeros are as good as none. */
export function compareSlots(db: Database, look: Look): Difference[] {
  return [...compareSums(db, look), ...compareCounts(db, look)]
}

function compareSums(db: Database, look: Look): Difference[] {
  const read = (table: string) =>
    new Map(
      (
        prepared(
          db,
          `SELECT kind, slot, ${sumColumns.join(', ')} FROM ${table}
           WHERE scope = +? AND level = +? AND kind IN (0, 1, 2, 3) AND slot >= +? AND slot < +?`,
        )
          .raw()
          .all(look.scope, look.level, look.from, look.to) as number[][]
      ).map((row) => [`${row[0]} ${row[1]}`, row]),
    )
  const [kept, anew] = [read('stats_sums'), read('stats_sums_anew')]
  return [...new Set([...kept.keys(), ...anew.keys()])].flatMap((place) =>
    sumColumns.flatMap((figure, index) =>
      differenceOf(look, Number(place.split(' ')[1]), figure, [
        kept.get(place)?.[index + 2] ?? 0,
        anew.get(place)?.[index + 2] ?? 0,
      ]),
    ),
  )
}

const figureOf: Record<string, string> = { t: 'answers in step', r: 'errors', c: 'cost in' }

function compareCounts(db: Database, look: Look): Difference[] {
  const read = (table: string) =>
    new Map(
      (
        prepared(
          db,
          `SELECT kind, slot, what, key, amount FROM ${table} WHERE scope = +? AND level = +?
             AND kind IN (0, 1, 2, 3) AND slot >= +? AND slot < +?`,
        )
          .raw()
          .all(look.scope, look.level, look.from, look.to) as [number, number, string, string, number][]
      ).map(([kind, slot, what, key, amount]) => [
        `${kind} ${slot} ${what} ${key}`,
        { slot, what, key, amount },
      ]),
    )
  const [kept, anew] = [read('stats_counts'), read('stats_counts_anew')]
  return [...new Map([...kept, ...anew])].flatMap(([place, { slot, what, key }]) =>
    differenceOf(look, slot, `${figureOf[what] ?? what} ${key.replaceAll('\t', ' ').trim()}`, [
      kept.get(place)?.amount ?? 0,
      anew.get(place)?.amount ?? 0,
    ]),
  )
}

function differenceOf(
  { scope, level }: Look,
  slot: number,
  figure: string,
  [kept, inLog]: readonly [number, number],
): Difference[] {
  return kept === inLog ? [] : [{ scope, since: slot * level * quarterMs, figure, kept, inLog }]
}
