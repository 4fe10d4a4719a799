import type { Database } from 'better-sqlite3'

/** The figures of the store, without zeros, as text in order. */
export function keptFigures(db: Database): string[] {
  const sums = db
    .prepare(
      'SELECT scope, level, kind, slot, sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over FROM stats_sums',
    )
    .raw()
    .all() as (string | number)[][]
  const counts = db
    .prepare('SELECT scope, what, level, kind, slot, key, amount FROM stats_counts')
    .raw()
    .all() as (string | number)[][]
  return linesOf(sums, counts)
}

/** The same as the store's own views say, with what is kept of messages that are gone. */
export function figuresInLog(db: Database): string[] {
  const columns = 'sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over'
  const levels = '(VALUES (1), (4), (96), (768))'
  const countLevels = '(VALUES (1), (96), (768))'
  const sums = db
    .prepare(
      `SELECT scope, column1, kind, quarter / column1, sum(sent), sum(delivered), sum(undelivered), sum(errors), sum(clicks),
         sum(clicked), sum(replies), sum(segments), sum(failed_over)
       FROM (SELECT scope, kind, quarter, ${columns} FROM stats_sums_of
         UNION ALL SELECT scope, kind, slot, ${columns} FROM stats_sums_outlived), ${levels} GROUP BY 1, 2, 3, 4`,
    )
    .raw()
    .all() as (string | number)[][]
  const counts = db
    .prepare(
      `SELECT scope, what, column1, kind, quarter / column1, key, sum(amount)
       FROM (SELECT scope, what, kind, quarter, key, amount FROM stats_counts_of
         UNION ALL SELECT scope, what, kind, slot, key, amount FROM stats_counts_outlived), ${countLevels}
       GROUP BY 1, 2, 3, 4, 5, 6`,
    )
    .raw()
    .all() as (string | number)[][]
  return linesOf(sums, counts)
}

function linesOf(sums: (string | number)[][], counts: (string | number)[][]): string[] {
  return [
    ...sums.filter((row) => row.slice(4).some((amount) => amount !== 0)),
    ...counts.filter((row) => row.at(-1) !== 0),
  ]
    .map((row) => row.join('|'))
    .toSorted()
}
