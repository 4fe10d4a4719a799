import type { ErrorReason } from '#shared/stats/answer.ts'
import type { StatsQuery } from '#shared/stats/query.ts'

/** More reasons than anybody reads: the rest is left out. */
const mostReasons = 500

export interface Stretch {
  since: number
  until: number
}

/** By reason, as the view `stats_counts_of` writes it. `gone`: errors of messages that are kept no longer. */
interface ReasonCounts {
  counts: ReadonlyMap<string, number>
  gone: ReadonlyMap<string, number>
}

export function reasonsOf(
  { counts, gone }: ReasonCounts,
  query: StatsQuery,
  stretch: Stretch,
): ErrorReason[] {
  return [...counts]
    .map(([key, count]) => reasonOf(key, { count, gone: gone.get(key) ?? 0 }, query, stretch))
    .toSorted((a, b) => b.count - a.count || (a.words < b.words ? -1 : 1))
    .slice(0, mostReasons)
}

/** Class, code, the vendor's code and words. */
function reasonOf(
  key: string,
  amounts: Pick<ErrorReason, 'count' | 'gone'>,
  { scope, tests, simulated }: StatsQuery,
  { since, until }: Stretch,
): ErrorReason {
  const [errorClass = '', code = '', vendorCode = '', words = ''] = key.split('\t')
  const about = { class: errorClass, code, vendorCode, words } as Omit<
    ErrorReason,
    'count' | 'gone' | 'filter'
  >
  const filter = {
    providerId: null,
    ...(tests ? {} : { test: false }),
    ...(simulated ? {} : { simulated: false }),
    counted: { ...about, scope, since, until },
  }
  return { ...about, ...amounts, filter }
}
