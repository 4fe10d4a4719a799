import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { quarterMs, type Counted } from './quarters.ts'

export type GroupCounted = Omit<Counted, 'providerId'> & { groupId: string }

/** Adds to the counts of the quarter; called in the transaction that writes the message. */
export function addGroupCounts(db: Database, counted: GroupCounted): void {
  const { groupId, at, test, simulated, sent, delivered, errors } = counted
  prepared(
    db,
    `INSERT INTO group_quarters (group_id, quarter, test, simulated, sent, delivered, errors)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (group_id, quarter, test, simulated) DO UPDATE SET
       sent = sent + excluded.sent, delivered = delivered + excluded.delivered, errors = errors + excluded.errors`,
  ).run(groupId, Math.floor(at / quarterMs), test ? 1 : 0, simulated ? 1 : 0, sent, delivered, errors)
}

/** Sums of the quarters that begin at or after `since` (epoch ms), test sends included. */
export function groupCountsSince(
  db: Database,
  groupId: string,
  since: number,
): { sent: number; delivered: number; errors: number } {
  return prepared(
    db,
    `SELECT coalesce(sum(sent), 0) AS sent, coalesce(sum(delivered), 0) AS delivered,
       coalesce(sum(errors), 0) AS errors
     FROM group_quarters WHERE group_id = ? AND quarter >= ?`,
  ).get(groupId, Math.ceil(since / quarterMs)) as { sent: number; delivered: number; errors: number }
}

export function forgetGroupCounts(db: Database, groupId: string): void {
  prepared(db, 'DELETE FROM group_quarters WHERE group_id = ?').run(groupId)
}
