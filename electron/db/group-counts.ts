import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { tally } from './tally.ts'
import { quarterMs, type Counted, type ProviderCount } from './quarters.ts'

export type GroupCounted = Omit<Counted, 'providerId'> & { groupId: string }

/** Adds to the counts of the quarter; called in the transaction that writes the message. */
export function addGroupCounts(db: Database, counted: GroupCounted): void {
  const { groupId, at, test, simulated, sent, delivered, errors } = counted
  tally(
    db,
    `INSERT INTO group_quarters (group_id, quarter, test, simulated, sent, delivered, errors)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (group_id, quarter, test, simulated) DO UPDATE SET
       sent = sent + excluded.sent, delivered = delivered + excluded.delivered, errors = errors + excluded.errors`,
    [groupId, Math.floor(at / quarterMs), test ? 1 : 0, simulated ? 1 : 0],
    [sent, delivered, errors],
  )
}

/** Sums by test or not and by simulated or not, of the quarters that begin at or after `since` (epoch ms). */
export function groupCountsSince(
  db: Database,
  groupId: string,
  since: number,
): Omit<ProviderCount, 'provider_id'>[] {
  return prepared(
    db,
    `SELECT test, simulated, sum(sent) AS sent, sum(delivered) AS delivered, sum(errors) AS errors
     FROM group_quarters WHERE group_id = ? AND quarter >= ? GROUP BY test, simulated`,
  ).all(groupId, Math.ceil(since / quarterMs)) as Omit<ProviderCount, 'provider_id'>[]
}

export function forgetGroupCounts(db: Database, groupId: string): void {
  prepared(db, 'DELETE FROM group_quarters WHERE group_id = ?').run(groupId)
}
