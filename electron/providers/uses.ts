import type { Database } from 'better-sqlite3'
import type { ProviderUse } from '#shared/provider-uses.ts'
import { countOnTheirWay } from '../db/delete-provider.ts'
import { getProvider } from '../db/providers.ts'

/** What a feature that refers to providers answers when one is about to be archived or deleted. */
export type FindUses = (db: Database, providerId: string) => ProviderUse[]

/** The one answer to "who uses this provider": the workbench hands in what each feature knows. */
export function gatherUses(finders: readonly FindUses[]): FindUses {
  return (db, id) => finders.flatMap((find) => find(db, id))
}

export const defaultUse: FindUses = (db, id) =>
  getProvider(db, id)?.is_default === 1 ? [{ kind: 'default' }] : []

/** `inMemory`: messages that wait for their turn or for a token are not written down yet. */
export function usesOnTheirWay(inMemory: (providerId: string) => number): FindUses {
  return (db, id) => {
    const count = Math.max(countOnTheirWay(db, id), inMemory(id))
    return count > 0 ? [{ kind: 'on_their_way', count }] : []
  }
}
