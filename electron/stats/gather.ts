import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { Cost, Latency, ProviderStats, StatsAnswer } from '#shared/stats/answer.ts'
import { percentileOf, percentiles } from '#shared/stats/latency.ts'
import type { StatsQuery, StatsScope } from '#shared/stats/query.ts'
import type { LocalDay } from '#shared/stats/zone.ts'
import { getGroup, membersOf } from '../db/groups.ts'
import { getProvider, listProviders, type ProviderRow } from '../db/providers.ts'
import {
  countsBetween,
  goneBetween,
  hasReceipts,
  sumsBetween,
  unsavedKeys,
  type Counts,
  type Wanted,
} from '../db/rollups/read.ts'
import { allKey, groupKey, providerKey, type ScopeKey } from '../db/rollups/scopes.ts'
import { quarterMs } from '../db/rollups/slots.ts'
import { readDays } from './days.ts'
import { daysBefore, daysOf } from './range.ts'
import { reasonsOf } from './reasons.ts'

/** Epoch quarters of an hour; `to` is left out. */
interface Quarters {
  from: number
  to: number
}

/** All that the page of a scope shows. Throws `not_found` and `invalid_input`. */
export function gatherStats(db: Database, query: StatsQuery, now: number): Omit<StatsAnswer, 'building'> {
  const about = scopeOf(db, query.scope)
  const wanted: Wanted = { scope: about.key, kinds: kindsOf(query) }
  const days = daysOf(query.range, query.zone, now)
  const quarters = quartersOf(days)
  const { hours, ...range } = readDays(db, wanted, query.zone, days)
  const earlier = query.compare ? daysBefore(days, query.zone) : null
  const counts = countsBetween(db, wanted, quarters.from, quarters.to)
  const each = about.providers.map((row) => eachOf(db, row, wanted.kinds, quarters))
  const gone = goneBetween(db, wanted, quarters.from, quarters.to)
  return {
    scope: query.scope,
    name: about.name,
    archived: about.archived,
    zone: query.zone,
    at: now,
    callbacks: hasReceipts(db, wanted),
    range,
    before: earlier && readBefore(db, wanted, query.zone, earlier),
    reasons: reasonsOf({ counts: counts.reasons, gone }, query, range),
    latency: latencyOf(
      query.scope.kind === 'all'
        ? [...each.map((one) => one.counts.times), ...unsavedTimes(db, wanted, quarters)]
        : [counts.times],
    ),
    costs: costsOf(counts),
    costsBefore: earlier && costsIn(db, wanted, quartersOf(earlier)),
    hours,
    providers: each
      .map((one) => providerStats(db, one, quarters))
      .filter(({ totals }) => query.scope.kind !== 'all' || totals.sent + totals.errors > 0)
      .toSorted((a, b) => b.totals.sent - a.totals.sent),
    leftOut: leftOut(db, query, about.key, quarters),
  }
}

function unsavedTimes(db: Database, { kinds }: Wanted, { from, to }: Quarters): Counts['times'][] {
  return unsavedKeys(db).map((scope) => countsBetween(db, { scope, kinds }, from, to, 'timesAndCosts').times)
}

function readBefore(db: Database, wanted: Wanted, zone: string, days: readonly LocalDay[]) {
  const { hours: _, ...range } = readDays(db, wanted, zone, days)
  return range
}

interface About {
  key: ScopeKey
  name: string
  archived: boolean
  providers: ProviderRow[]
}

function scopeOf(db: Database, scope: StatsScope): About {
  if (scope.kind === 'all') return { key: allKey, name: '', archived: false, providers: listProviders(db) }
  if (scope.kind === 'provider') {
    const row = getProvider(db, scope.id)
    if (!row) throw new AppError('not_found', 'There is no such provider; it may have been deleted.')
    return { key: providerKey(row.id), name: row.name, archived: row.archived_at !== null, providers: [row] }
  }
  const group = getGroup(db, scope.id)
  if (!group) throw new AppError('not_found', 'There is no such group; it may have been deleted.')
  const providers = membersOf(db, group.id).flatMap((id) => getProvider(db, id) ?? [])
  return { key: groupKey(group.id), name: group.name, archived: false, providers }
}

function kindsOf({ tests, simulated }: Pick<StatsQuery, 'tests' | 'simulated'>): number[] {
  return [0, 1, 2, 3].filter((kind) => (tests || !(kind & 1)) && (simulated || !(kind & 2)))
}

function quartersOf(days: readonly LocalDay[]): Quarters {
  return { from: (days[0]?.since ?? 0) / quarterMs, to: (days.at(-1)?.until ?? 0) / quarterMs }
}

function costsIn(db: Database, wanted: Wanted, { from, to }: Quarters): Cost[] {
  return costsOf(countsBetween(db, wanted, from, to, 'costs'))
}

/** Of the answers of all of them; those of all providers are kept by provider alone. */
function latencyOf(times: readonly Counts['times'][]): Latency {
  const sums = new Map<number, number>()
  for (const some of times) for (const [step, count] of some) sums.set(step, (sums.get(step) ?? 0) + count)
  const steps = [...sums].map(([step, count]) => ({ step, count })).toSorted((a, b) => a.step - b.step)
  return {
    count: steps.reduce((sum, { count }) => sum + count, 0),
    percentiles: percentiles.map((percent) => ({ percent, ms: percentileOf(steps, percent) })),
    steps,
  }
}

function costsOf({ costs }: Counts): Cost[] {
  return [...costs]
    .map(([currency, millionths]) => ({ currency, amount: millionths / 1e6 }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}

interface Each {
  row: ProviderRow
  wanted: Wanted
  counts: Counts
}

function eachOf(db: Database, row: ProviderRow, kinds: readonly number[], quarters: Quarters): Each {
  const wanted: Wanted = { scope: providerKey(row.id), kinds }
  return { row, wanted, counts: countsBetween(db, wanted, quarters.from, quarters.to, 'timesAndCosts') }
}

function providerStats(db: Database, { row, wanted, counts }: Each, quarters: Quarters): ProviderStats {
  const { steps } = latencyOf([counts.times])
  return {
    id: row.id,
    name: row.name,
    archived: row.archived_at !== null,
    simulated: row.simulated === 1,
    callbacks: hasReceipts(db, wanted),
    totals: sumsBetween(db, wanted, quarters.from, quarters.to),
    median: percentileOf(steps, 50),
    p95: percentileOf(steps, 95),
    costs: costsOf(counts),
  }
}

/** What was tried, whatever came of it. A simulated test is among the simulated, unless these are wanted. */
function leftOut(
  db: Database,
  { tests, simulated }: StatsQuery,
  scope: ScopeKey,
  { from, to }: Quarters,
): StatsAnswer['leftOut'] {
  const count = (kinds: readonly number[]) => {
    const { sent, errors, undelivered } = sumsBetween(db, { scope, kinds }, from, to)
    return sent + errors - undelivered
  }
  return {
    tests: tests ? 0 : count(simulated ? [1, 3] : [1]),
    simulated: simulated ? 0 : count([2, 3]),
  }
}
