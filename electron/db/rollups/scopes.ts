import type { Database } from 'better-sqlite3'
import { getGroup } from '../groups.ts'

/** Whose figures a row of the rollups holds. */
export type ScopeKey = 'a' | `p${string}` | `g${string}`

export const allKey: ScopeKey = 'a'
export const providerKey = (id: string): ScopeKey => `p${id}`
export const groupKey = (id: string): ScopeKey => `g${id}`

/** Of the group that a message went through; null for none, and for one that was deleted since. */
export function groupKeyOf(db: Database, id: string | null): ScopeKey | null {
  return id !== null && getGroup(db, id) ? groupKey(id) : null
}

/** Tests and simulated messages are kept apart: as many kinds of rows as there are combinations. */
export function kindOf(test: boolean, simulated: boolean): number {
  return (test ? 1 : 0) + (simulated ? 2 : 0)
}
