import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { idSchema } from '#shared/id.ts'
import type { LogFilter } from '#shared/message-log.ts'
import { shownStates, type ShownState } from '#shared/message.ts'
import { outcomeClasses, outcomeCodes, type OutcomeClass, type OutcomeCode } from '#shared/outcome.ts'
import type { CountedErrors } from '#shared/stats/counted-errors.ts'
import { countedOf, countedParts, partsOfCounted } from './counted-filter.ts'
import { localTime, spanOf, timePresets, type TimePreset } from './time-span.ts'

/** Which messages the log shows. It lives in the page's address, so that Back works and a link can be kept. */
export interface MessageFilter {
  search: string
  providerId: string | null
  groupId: string | null
  /** The bulk test whose messages they are. */
  bulkId: string | null
  /** None: any. */
  states: ShownState[]
  outcome: OutcomeClass | OutcomeCode | null
  country: string | null
  /** Only tests, only others, or both. */
  test: boolean | null
  simulated: boolean | null
  /** Only those that may arrive twice. */
  twice: boolean
  when: TimePreset | null
  /** Local times, in place of `when`. */
  since: string | null
  until: string | null
  /** Errors that the stats count. */
  counted: CountedErrors | null
}

export const everyMessage: MessageFilter = {
  search: '',
  providerId: null,
  groupId: null,
  bulkId: null,
  states: [],
  outcome: null,
  country: null,
  test: null,
  simulated: null,
  twice: false,
  when: null,
  since: null,
  until: null,
  counted: null,
}

const longestSearch = 200
/** The parts of the address that make a filter; a saved one keeps these. */
const filterParts = [
  'q',
  'provider',
  'group',
  'bulk',
  'state',
  'outcome',
  'country',
  'test',
  'simulated',
  'twice',
  'when',
  'since',
  'until',
  ...countedParts,
] as const

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const flagOf = (value: unknown) => (value === '1' ? true : value === '0' ? false : null)
const oneOf = <T extends string>(known: readonly T[], value: unknown) =>
  known.find((one) => one === value) ?? null

/** Whatever the address holds that no filter has is left out of it. */
export function filterOf(query: LocationQuery | Record<string, string>): MessageFilter {
  const states = textOf(query['state']).split(',')
  return {
    search: textOf(query['q']).slice(0, longestSearch),
    providerId: idSchema.safeParse(query['provider']).data ?? null,
    groupId: idSchema.safeParse(query['group']).data ?? null,
    bulkId: idSchema.safeParse(query['bulk']).data ?? null,
    states: shownStates.filter((state) => states.includes(state)),
    outcome: oneOf(outcomeClasses, query['outcome']) ?? oneOf(outcomeCodes, query['outcome']),
    country: /^[A-Z]{2}$/.exec(textOf(query['country']))?.[0] ?? null,
    test: flagOf(query['test']),
    simulated: flagOf(query['simulated']),
    twice: query['twice'] === '1',
    when: oneOf(timePresets, query['when']),
    since: localTime(query['since']),
    until: localTime(query['until']),
    counted: countedOf(query),
  }
}

/** A filter as the parts of an address; none for those that let everything through. */
export function partsOf(filter: MessageFilter): Record<string, string> {
  const flag = (value: boolean | null) => (value === null ? null : value ? '1' : '0')
  const parts: Record<(typeof filterParts)[number], string | null> = {
    q: filter.search.trim() || null,
    provider: filter.providerId,
    group: filter.groupId,
    bulk: filter.bulkId,
    state: filter.states.join(',') || null,
    outcome: filter.outcome,
    country: filter.country,
    test: flag(filter.test),
    simulated: flag(filter.simulated),
    twice: filter.twice ? '1' : null,
    when: filter.when,
    since: filter.since,
    until: filter.until,
    ...partsOfCounted(filter.counted),
  }
  const given = Object.entries(parts).filter((part): part is [string, string] => part[1] !== null)
  return Object.fromEntries(given)
}

/** The address's query with this filter in place of the one it holds. */
export function queryWith(query: LocationQuery, filter: MessageFilter): LocationQueryRaw {
  const others = Object.entries(query).filter(([name]) => !filterParts.some((part) => part === name))
  return { ...Object.fromEntries(others), ...partsOf(filter) }
}

export function sameFilter(one: MessageFilter, other: MessageFilter): boolean {
  return JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other))
}

/** What is asked of the store. Times that go by the clock are reckoned from `now`. */
export function logFilterOf(filter: MessageFilter, now: number): LogFilter {
  const { search, providerId, groupId, bulkId, states, outcome, country, test, simulated, twice, counted } =
    filter
  const outcomeClass = oneOf(outcomeClasses, outcome)
  const outcomeCode = outcomeClass === null ? oneOf(outcomeCodes, outcome) : null
  const text = search.trim()
  const at = (local: string | null) => (local === null ? null : new Date(local).getTime())
  const span = filter.when ? spanOf(filter.when, now) : {}
  const [since, until] = [span.since ?? at(filter.since), span.until ?? at(filter.until)]
  return {
    providerId,
    ...(text && { text }),
    ...(groupId !== null && { groupId }),
    ...(bulkId !== null && { bulkId }),
    ...(states.length > 0 && { states }),
    ...(outcomeClass !== null && { outcomeClass }),
    ...(outcomeCode !== null && { outcomeCode }),
    ...(country !== null && { country }),
    ...(test !== null && { test }),
    ...(simulated !== null && { simulated }),
    ...(twice && { mayArriveTwice: true }),
    ...(since !== null && { since }),
    ...(until !== null && { until }),
    ...(counted !== null && { counted }),
  }
}

export function testHistoryOf(providerId: string): { path: string; query: LocationQueryRaw } {
  return { path: '/messages', query: partsOf({ ...everyMessage, providerId, test: true }) }
}

export function compareAddress(one: string, other: string): { path: string; query: LocationQueryRaw } {
  return { path: '/messages/compare', query: { a: one, b: other } }
}
