import type { RouteLocationRaw } from 'vue-router'
import type { LogFilter } from '#shared/message-log.ts'
import { everyMessage, partsOf } from '../messages/message-filter.ts'

/** The message log's address for what a number of the errors counts. */
export function logLink({ test, simulated, counted }: LogFilter): RouteLocationRaw {
  const query = partsOf({
    ...everyMessage,
    test: test ?? null,
    simulated: simulated ?? null,
    counted: counted ?? null,
  })
  return { path: '/messages', query }
}
