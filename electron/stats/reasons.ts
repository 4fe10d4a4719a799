import type { LogFilter } from '#shared/message-log.ts'
import { outcomeClasses, outcomeCodes } from '#shared/outcome.ts'
import type { ErrorReason } from '#shared/stats/answer.ts'
import type { StatsQuery } from '#shared/stats/query.ts'

/** More reasons than anybody reads: the rest is left out. */
const mostReasons = 500

export interface Stretch {
  since: number
  until: number
}

export function reasonsOf(
  counts: ReadonlyMap<string, number>,
  query: StatsQuery,
  stretch: Stretch,
): ErrorReason[] {
  return [...counts]
    .map(([key, count]) => reasonOf(key, count, query, stretch))
    .toSorted((a, b) => b.count - a.count || (a.words < b.words ? -1 : 1))
    .slice(0, mostReasons)
}

/** As the view `stats_counts_of` writes it: class, code, the vendor's code and words. */
function reasonOf(key: string, count: number, query: StatsQuery, stretch: Stretch): ErrorReason {
  const [errorClass = '', code = '', vendorCode = '', words = ''] = key.split('\t')
  const about = { class: errorClass, code, vendorCode, words, count } as Omit<ErrorReason, 'filter'>
  return { ...about, filter: filterOf(about, query, stretch) }
}

function filterOf(
  { class: errorClass, code }: Pick<ErrorReason, 'class' | 'code'>,
  { scope, tests, simulated }: StatsQuery,
  { since, until }: Stretch,
): LogFilter {
  const outcomeClass = outcomeClasses.find((one) => one === errorClass)
  const outcomeCode = outcomeCodes.find((one) => one === code)
  return {
    providerId: scope.kind === 'provider' ? scope.id : null,
    ...(scope.kind === 'group' ? { groupId: scope.id } : {}),
    // One of unknown outcome that a receipt told of later is no error any more.
    states: errorClass === 'undelivered' ? ['undelivered'] : ['failed', 'unknown'],
    ...(outcomeClass ? { outcomeClass } : {}),
    ...(outcomeCode ? { outcomeCode } : {}),
    ...(tests ? {} : { test: false }),
    ...(simulated ? {} : { simulated: false }),
    since,
    until,
  }
}
