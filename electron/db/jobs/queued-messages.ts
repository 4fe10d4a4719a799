import type { Database } from 'better-sqlite3'
import type { MessageRow } from '../messages.ts'
import { prepared } from '../prepared.ts'

/** Its next attempt begins, with a provider that may be another than before. False when it does not wait any more. */
export function takeQueuedMessage(
  db: Database,
  next: Pick<
    MessageRow,
    | 'seq'
    | 'provider_id'
    | 'provider_name'
    | 'group_id'
    | 'group_name'
    | 'sender'
    | 'simulated'
    | 'may_arrive_twice'
  > & { now: number },
): boolean {
  const { changes } = prepared(
    db,
    `UPDATE messages SET updated_at = ?, provider_id = ?, provider_name = ?, group_id = ?, group_name = ?,
       sender = ?, simulated = ?, may_arrive_twice = ?, attempts = attempts + 1, state = 'sending'
     WHERE seq = ? AND state = 'queued'`,
  ).run(
    next.now,
    next.provider_id,
    next.provider_name,
    next.group_id,
    next.group_name,
    next.sender,
    next.simulated,
    next.may_arrive_twice,
    next.seq,
  )
  return changes === 1
}
