import type { Database } from 'better-sqlite3'
import { stepOf } from '#shared/stats/latency.ts'
import { StatsAdding } from './add.ts'
import { allKey, groupKeyOf, kindOf, providerKey } from './scopes.ts'
import { quarterMs } from './slots.ts'

export interface TakenMessage {
  seq: number
  providerId: string | null
  groupId: string | null
  test: boolean
  simulated: boolean
  /** Epoch milliseconds. */
  finishedAt: number
  segments: number
  cost: { amount: number; currency: string } | null
  /** Of its answer, milliseconds; null without one. */
  total: number | null
}

/** Counts a message whose first attempt was taken, as most are: what `countFirst` would read of the log is known here. */
export function addTaken(db: Database, message: TakenMessage): void {
  const { seq, providerId, groupId, test, simulated, cost } = message
  const adding = new StatsAdding(db, seq)
  const kind = kindOf(test, simulated)
  const quarter = Math.floor(message.finishedAt / quarterMs)
  const sums = [1, 0, 0, 0, 0, 0, 0, message.segments, 0]
  const step = message.total === null ? null : String(stepOf(message.total))
  const add = (scope: string) => {
    adding.sums(scope, kind, quarter, sums)
    if (step !== null && scope !== allKey) adding.count({ scope, what: 't', kind, quarter, key: step }, 1)
    if (cost)
      adding.count({ scope, what: 'c', kind, quarter, key: cost.currency }, Math.round(cost.amount * 1e6))
  }
  add(allKey)
  const group = groupKeyOf(db, groupId)
  if (group !== null) add(group)
  if (providerId !== null) add(providerKey(providerId))
}
