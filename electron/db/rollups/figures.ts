import type { Database } from 'better-sqlite3'
import type { Sums } from '#shared/stats/sums.ts'
import { prepared } from '../prepared.ts'
import { flushTallies } from '../tally.ts'
import { sumsBetween } from './read.ts'
import { groupKey, providerKey, type ScopeKey } from './scopes.ts'
import { quarterMs } from './slots.ts'

/** As the lists show them, by test or not and by simulated or not. */
export interface KindFigures extends Pick<Sums, 'sent' | 'delivered' | 'errors'> {
  test: 0 | 1
  simulated: 0 | 1
}

/** No slot lies later. */
const endOfTime = 768 * 1_000_000

/** All that was ever counted for a provider. */
export function figuresOf(db: Database, providerId: string): Pick<Sums, 'sent' | 'delivered' | 'errors'> {
  return prepared(
    db,
    `SELECT coalesce(sum(sent), 0) AS sent, coalesce(sum(delivered), 0) AS delivered,
       coalesce(sum(errors), 0) AS errors
     FROM stats_sums WHERE scope = +? AND level = 768`,
  ).get(providerKey(providerId)) as Pick<Sums, 'sent' | 'delivered' | 'errors'>
}

/** Of the quarters of an hour that begin at or after `since` (epoch ms). */
export function providerFiguresSince(db: Database, providerId: string, since: number): KindFigures[] {
  return figuresSince(db, providerKey(providerId), since)
}

export function groupFiguresSince(db: Database, groupId: string, since: number): KindFigures[] {
  return figuresSince(db, groupKey(groupId), since)
}

function figuresSince(db: Database, scope: ScopeKey, since: number): KindFigures[] {
  const from = Math.ceil(since / quarterMs)
  return [0, 1, 2, 3].map((kind) => {
    const { sent, delivered, errors } = sumsBetween(db, { scope, kinds: [kind] }, from, endOfTime)
    return { test: kind & 1 ? 1 : 0, simulated: kind & 2 ? 1 : 0, sent, delivered, errors }
  })
}

export function forgetGroupFigures(db: Database, groupId: string): void {
  flushTallies(db)
  for (const table of [
    'stats_sums',
    'stats_counts',
    'stats_sums_outlived',
    'stats_counts_outlived',
    'stats_sums_anew',
    'stats_counts_anew',
  ])
    prepared(db, `DELETE FROM ${table} WHERE scope = +?`).run(groupKey(groupId))
}
