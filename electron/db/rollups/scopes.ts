/** Whose figures a row of the rollups holds. */
export type ScopeKey = 'a' | `p${string}` | `g${string}`

export const allKey: ScopeKey = 'a'
export const providerKey = (id: string): ScopeKey => `p${id}`
export const groupKey = (id: string): ScopeKey => `g${id}`

/** Tests and simulated messages are kept apart: as many kinds of rows as there are combinations. */
export function kindOf(test: boolean, simulated: boolean): number {
  return (test ? 1 : 0) + (simulated ? 2 : 0)
}
