import type { Database } from 'better-sqlite3'
import type { GroupUses } from '#shared/group.ts'
import { prepared } from './prepared.ts'

/** What still needs a group, besides what is on its way at this moment. */
export function usesOfGroup(db: Database, groupId: string): GroupUses {
  const jobs = prepared(
    db,
    `SELECT name FROM bulk_jobs WHERE state IN ('loading', 'ready', 'running', 'paused')
       AND setup ->> '$.target.kind' = 'group' AND setup ->> '$.target.id' = ? ORDER BY seq`,
  ).all(groupId) as { name: string }[]
  const { waiting } = prepared(
    db,
    `SELECT count(*) AS waiting FROM receipt_waits JOIN attempts ON attempts.seq = attempt_seq
       JOIN messages ON messages.seq = message_seq WHERE wait_ended_at IS NULL AND group_id = ?`,
  ).get(groupId) as { waiting: number }
  return { bulk: jobs.map(({ name }) => name), waiting }
}
