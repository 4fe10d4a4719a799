import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { recounting } from './add.ts'

interface Placed {
  simulated: 0 | 1
  group_id: string | null
}

/**
 * Does `work`, by which a message goes to a provider that is simulated or not, through a group or none; what was counted of it
 * goes along.
 */
export function changingProvider<T>(db: Database, seq: number, next: Placed, work: () => T): T {
  const before = prepared(db, 'SELECT simulated, group_id, attempts FROM messages WHERE seq = +?').get(
    seq,
  ) as (Placed & { attempts: number }) | undefined
  const isSame = before?.simulated === next.simulated && before.group_id === next.group_id
  return !before || before.attempts === 0 || isSame ? work() : recounting(db, seq, work)
}

/** Does `work`, which ends a message that waits. Most were not tried, and nothing was counted of them. */
export function endingWaiting<T>(db: Database, seq: number, work: () => T): T {
  const attempts = prepared(db, 'SELECT attempts FROM messages WHERE seq = +?').pluck().get(seq)
  return attempts === 0 ? work() : recounting(db, seq, work)
}
