import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { itemEffects, type ItemEffect } from '#shared/callbacks/callback.ts'
import { callbackKinds, type CallbackKind } from '#shared/callbacks/format.ts'
import type { CallbackFilter } from '#shared/callbacks/callback-commands.ts'
import { idSchema } from '#shared/id.ts'

/** What of the callbacks is shown. It lives in the page's address, so that Back works and a link can be kept. */
export interface ShownCallbacks {
  search: string
  providerId: string | null
  kind: CallbackKind | null
  /** `trouble`: those that were not read, or not taken at all. */
  result: ItemEffect | 'trouble' | null
}

export const everyCallback: ShownCallbacks = { search: '', providerId: null, kind: null, result: null }

const longestSearch = 200
const filterParts = ['q', 'provider', 'kind', 'result']
const oneOf = <T extends string>(known: readonly T[], value: unknown) =>
  known.find((one) => one === value) ?? null

/** Whatever the address holds that no filter has is left out of it. */
export function shownOf({
  q,
  provider,
  kind,
  result,
}: LocationQuery | Record<string, string>): ShownCallbacks {
  return {
    search: typeof q === 'string' ? q.slice(0, longestSearch) : '',
    providerId: idSchema.safeParse(provider).data ?? null,
    kind: oneOf(callbackKinds, kind),
    result: result === 'trouble' ? result : oneOf(itemEffects, result),
  }
}

/** A filter as the parts of an address; none for those that let everything through. */
export function partsOf({ search, providerId, kind, result }: ShownCallbacks): Record<string, string> {
  const parts = { q: search.trim() || null, provider: providerId, kind, result }
  const given = Object.entries(parts).filter((part): part is [string, string] => part[1] !== null)
  return Object.fromEntries(given)
}

/** The address's query with this filter in place of the one it holds. */
export function queryWith(query: LocationQuery, shown: ShownCallbacks): LocationQueryRaw {
  const others = Object.entries(query).filter(([name]) => !filterParts.includes(name))
  return { ...Object.fromEntries(others), ...partsOf(shown) }
}

export function sameShown(one: ShownCallbacks, other: ShownCallbacks): boolean {
  return JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other))
}

/** What is asked of the store. */
export function askedOf({ search, providerId, kind, result }: ShownCallbacks): CallbackFilter {
  const troubled = result === 'trouble'
  return {
    providerId,
    kind,
    effects: result === null || troubled ? [] : [result],
    troubled,
    // Numbers are shown in groups, and kept without.
    search: /^\+[\d\s()-]+$/.test(search.trim()) ? search.replaceAll(/[\s()-]/g, '') : search.trim(),
  }
}
