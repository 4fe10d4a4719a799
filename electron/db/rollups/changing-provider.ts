import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { recounting } from './add.ts'

/** Does `work`, by which a message goes to a provider that is simulated or not; what was counted of it goes along. */
export function changingProvider<T>(db: Database, seq: number, simulated: 0 | 1, work: () => T): T {
  const before = prepared(db, 'SELECT simulated, attempts FROM messages WHERE seq = +?').get(seq) as
    { simulated: 0 | 1; attempts: number } | undefined
  const isSame = !before || before.attempts === 0 || before.simulated === simulated
  return isSame ? work() : recounting(db, seq, work)
}
