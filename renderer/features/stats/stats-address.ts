import type { LocationQuery, RouteLocationRaw } from 'vue-router'
import { addDays, isDate } from '#shared/stats/dates.ts'
import type { StatsQuery, StatsScope } from '#shared/stats/query.ts'
import { isZone, localDate } from '#shared/stats/zone.ts'

export const rangeChoices = [
  { value: 'today', label: 'Today' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: 'custom', label: 'Custom' },
] as const
export type RangeChoice = (typeof rangeChoices)[number]['value']

/** What the page shows, as its address says it. */
export interface StatsView {
  scope: StatsScope
  range: RangeChoice
  /** Dates of a custom range, both in it. */
  from: string
  to: string
  zone: string
  /** What a point of the charts is. */
  by: 'day' | 'week'
  compare: boolean
  tests: boolean
  simulated: boolean
}

const usualRange: RangeChoice = '30'
/** Days that a custom range has before one chooses: enough to see that it is another. */
const firstCustomDays = 14

/** The zone of this machine. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** Whatever an address holds that makes no sense is as if it were not there. `now` is epoch milliseconds. */
export function viewOf(scope: StatsScope, query: LocationQuery, now = Date.now()): StatsView {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const on = (name: string) => query[name] === '1'
  const zone = text('zone') !== '' && isZone(text('zone')) ? text('zone') : ownZone()
  const today = localDate(zone, now)
  const to = isDate(text('to')) ? text('to') : today
  return {
    scope,
    range: rangeChoices.find(({ value }) => value === query['range'])?.value ?? usualRange,
    from: isDate(text('from')) ? text('from') : addDays(to, 1 - firstCustomDays),
    to,
    zone,
    by: query['by'] === 'week' ? 'week' : 'day',
    compare: on('compare'),
    tests: on('tests'),
    simulated: on('simulated'),
  }
}

/** The address of a view, without what goes without saying. `at`: where it stands, if not on the page of its own. */
export function addressOf(view: StatsView, at?: string): { path: string; query: Record<string, string> } {
  const { scope, range, from, to, zone, by, compare, tests, simulated } = view
  const parts: Record<string, string | false> = {
    range: range !== usualRange && range,
    from: range === 'custom' && from,
    to: range === 'custom' && to,
    zone: zone !== ownZone() && zone,
    by: by === 'week' && by,
    compare: compare && '1',
    tests: tests && '1',
    simulated: simulated && '1',
  }
  const given = Object.entries(parts).filter((part): part is [string, string] => part[1] !== false)
  return { path: at ?? pathOf(scope), query: Object.fromEntries(given) }
}

const pathOf = (scope: StatsScope) => (scope.kind === 'all' ? '/stats' : `/stats/${scope.kind}/${scope.id}`)

/** Where the figures of a provider or group stand, for those who lead there. */
export function statsOf(scope: StatsScope): RouteLocationRaw {
  return pathOf(scope)
}

/** What is asked of the store. */
export function queryOf({ scope, range, from, to, zone, compare, tests, simulated }: StatsView): StatsQuery {
  const asked = { scope, zone, compare, tests, simulated }
  if (range === 'today') return { ...asked, range: { kind: 'today' } }
  if (range === 'custom') return { ...asked, range: { kind: 'custom', from, to } }
  return { ...asked, range: { kind: 'days', days: Number(range) } }
}

/** What is wrong with a custom range; undefined where nothing is. */
export function rangeProblem({ range, from, to }: StatsView): string | undefined {
  return range === 'custom' && to < from ? 'Choose a day that is not before the first.' : undefined
}
