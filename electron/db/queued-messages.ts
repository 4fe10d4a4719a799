import type { Database } from 'better-sqlite3'
import type { MessageRow, NewMessage } from './messages.ts'
import { prepared } from './prepared.ts'

/** A message that waits for its first attempt. Answers with its seq. */
export function insertQueued(db: Database, message: Omit<NewMessage, 'run_of'>): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO messages (id, created_at, updated_at, test, simulated, to_number, country, sender, body,
       encoding, segments, placeholder_values, provider_id, provider_name, group_id, group_name, state, attempts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0)`,
  ).run(
    message.id,
    message.created_at,
    message.created_at,
    message.test,
    message.simulated,
    message.to_number,
    message.country,
    message.sender,
    message.body,
    message.encoding,
    message.segments,
    message.placeholder_values,
    message.provider_id,
    message.provider_name,
    message.group_id,
    message.group_name,
  )
  return Number(lastInsertRowid)
}

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
