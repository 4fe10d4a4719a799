import type { RouteLocationRaw } from 'vue-router'
import type { LogFilter } from '#shared/message-log.ts'
import { everyMessage, partsOf } from '../messages/message-filter.ts'

/** The message log's address for a filter; its times are minutes of this machine's clock. */
export function logLink(filter: LogFilter): RouteLocationRaw {
  const { providerId, groupId, states, outcomeClass, outcomeCode, country, test, simulated, since, until } =
    filter
  const query = partsOf({
    ...everyMessage,
    search: filter.text ?? '',
    providerId,
    groupId: groupId ?? null,
    bulkId: filter.bulkId ?? null,
    states: states ?? [],
    outcome: outcomeCode ?? outcomeClass ?? null,
    country: country ?? null,
    test: test ?? null,
    simulated: simulated ?? null,
    twice: filter.mayArriveTwice ?? false,
    since: since === undefined ? null : localMinute(since),
    until: until === undefined ? null : localMinute(until),
  })
  return { path: '/messages', query }
}

/** As in `2026-03-29T14:05`, here. */
export function localMinute(at: number): string {
  const time = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`
}
