import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { idSchema } from '#shared/id.ts'
import type { MessageSummary } from '#shared/message.ts'

/** Which messages the log shows. It lives in the page's address, so that Back works and a link can be kept. */
export interface MessageFilter {
  providerId: string | null
  /** Only tests, only others, or both. */
  test: boolean | null
}

export const everyMessage: MessageFilter = { providerId: null, test: null }

export function filterOf(query: LocationQuery): MessageFilter {
  const { provider, test } = query
  return {
    providerId: idSchema.safeParse(provider).data ?? null,
    test: test === '1' ? true : test === '0' ? false : null,
  }
}

/** The address's query with this filter in place of the one it holds. */
export function queryWith(query: LocationQuery, { providerId, test }: MessageFilter): LocationQueryRaw {
  const { provider: _provider, test: _test, ...others } = query
  return {
    ...others,
    ...(providerId === null ? {} : { provider: providerId }),
    ...(test === null ? {} : { test: test ? '1' : '0' }),
  }
}

export function testHistoryOf(providerId: string): { path: string; query: LocationQueryRaw } {
  return { path: '/messages', query: queryWith({}, { providerId, test: true }) }
}

export function compareAddress(one: string, other: string): { path: string; query: LocationQueryRaw } {
  return { path: '/messages/compare', query: { a: one, b: other } }
}

export function fitsFilter(message: MessageSummary, { providerId, test }: MessageFilter): boolean {
  return (
    (providerId === null || message.providerId === providerId) && (test === null || message.test === test)
  )
}

export function sameFilter(one: MessageFilter, other: MessageFilter): boolean {
  return one.providerId === other.providerId && one.test === other.test
}
