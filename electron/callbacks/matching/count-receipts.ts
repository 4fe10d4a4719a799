import type { Database } from 'better-sqlite3'
import { StatsAdding, sumColumns } from '../../db/rollups/add.ts'
import { allKey, groupKeyOf, kindOf, providerKey } from '../../db/rollups/scopes.ts'
import { quarterMs } from '../../db/rollups/slots.ts'
import type { Found } from './find-message.ts'

/*
 * What most receipts change of the figures, which is known without a look at the log; `recounting` does the rest.
 */

type Change = Partial<Record<(typeof sumColumns)[number], number>>

/** A message that was taken and sent arrived. */
export function countArrival(db: Database, found: Found): void {
  add(db, found, { delivered: 1 }, { delivered: 1 })
}

/** Of an attempt with its clicks so far. */
export function countClick(db: Database, found: Found): void {
  const first = found.attempts.every(({ clicks }) => !clicks) ? 1 : 0
  add(db, found, { clicks: 1, clicked: found.attempt.clicks ? 0 : 1 }, { clicks: 1, clicked: first })
}

export function countReply(db: Database, found: Found): void {
  add(db, found, { replies: 1 }, { replies: 1 })
}

/** The attempt counts when its answer came, the message when that of its first attempt came. */
function add(
  db: Database,
  { message, attempts, attempt }: Found,
  ofAttempt: Change,
  ofMessage: Change,
): void {
  const adding = new StatsAdding(db, message.seq)
  const kind = kindOf(message.test === 1, message.simulated === 1)
  if (attempt.provider_id !== null && attempt.finished_at !== null)
    adding.sums(providerKey(attempt.provider_id), kind, quarterOf(attempt.finished_at), listOf(ofAttempt))
  const first = attempts[0]?.finished_at ?? null
  if (first === null) return
  adding.sums(allKey, kind, quarterOf(first), listOf(ofMessage))
  const group = groupKeyOf(db, message.group_id)
  if (group !== null) adding.sums(group, kind, quarterOf(first), listOf(ofMessage))
}

const quarterOf = (at: number) => Math.floor(at / quarterMs)
const listOf = (change: Change) => sumColumns.map((name) => change[name] ?? 0)
