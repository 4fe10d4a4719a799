import type { Database } from 'better-sqlite3'
import { deletedProviderName } from '#shared/provider-uses.ts'
import type { Change } from './apart/change-apart.ts'
import { prepared } from './prepared.ts'
import { clearedTo } from './retention.ts'
import { leaveStats, takeBackStats } from './rollups/deletion.ts'

/** Another provider that still exists had a part in the message. */
const triedByAnother = `EXISTS (
  SELECT 1 FROM attempts WHERE message_seq = messages.seq AND provider_id IS NOT NULL AND provider_id <> @id)`

// The planner would rather look at every message of the provider than at the few that were tried again.

/** Attempts of the provider in messages that another provider tried, too. */
const attemptsElsewhere = `SELECT attempts.seq FROM messages INDEXED BY messages_tried_again JOIN attempts ON message_seq = messages.seq
  WHERE messages.attempts > 1 AND attempts.provider_id = @id`

/**
 * All that belongs to a provider, in the order in which it goes. Messages that no other provider tried go whole, with
 * their attempts and results; in the others its attempts stay as a place in the story, emptied. Foreign keys have to be
 * on: attempts and results go with their message.
 */
export function deletionOf(id: string): Change[] {
  const values = { id }
  const named = { id, name: deletedProviderName }
  return [
    ...takeBackStats(id),
    { sql: `DELETE FROM messages WHERE provider_id = @id AND NOT ${triedByAnother}`, values },
    // The provider that took these is gone already, and now the last that had tried them goes, too.
    {
      sql: `DELETE FROM messages WHERE provider_id IS NULL AND attempts > 1 AND NOT ${triedByAnother}
            AND EXISTS (SELECT 1 FROM attempts WHERE message_seq = messages.seq AND provider_id = @id)`,
      values,
    },
    {
      sql: `UPDATE attempt_results SET facts = '{}', response = NULL,
              timings = json_set(timings, '$.remoteAddress', NULL)
            WHERE attempt_seq IN (${attemptsElsewhere})`,
      values,
    },
    {
      sql: `UPDATE attempts SET request = NULL, provider_id = NULL, provider_name = @name
            WHERE seq IN (${attemptsElsewhere})`,
      values: named,
    },
    {
      sql: `UPDATE messages SET provider_id = NULL, provider_name = @name, provider_message_id = NULL, sender = ''
            WHERE provider_id = @id`,
      values: named,
    },
    ...callbacksOf(id),
    ...leaveStats(id),
    // Its attempts' places are given to others, whose contents have to be cleared, too.
    { sql: `DELETE FROM preferences WHERE name = '${clearedTo.attempts}'`, values: {} },
    { sql: 'DELETE FROM provider_health WHERE provider_id = @id', values },
    { sql: 'DELETE FROM group_members WHERE provider_id = @id', values },
    { sql: 'DELETE FROM provider_breakers WHERE provider_id = @id', values },
    { sql: 'DELETE FROM secrets WHERE provider_id = @id', values },
    { sql: 'DELETE FROM providers WHERE id = @id', values },
  ]
}

/** Of what each of the statements of `deletionOf` changed. */
export function deletedMessages(changes: readonly Change[], counts: readonly number[]): number {
  return changes.reduce(
    (sum, { sql }, index) => sum + (sql.startsWith('DELETE FROM messages ') ? (counts[index] ?? 0) : 0),
    0,
  )
}

/** Its callbacks go with what was read from them; what they made of messages that stay, stays. */
function callbacksOf(id: string): Change[] {
  const values = { id }
  return [
    { sql: 'DELETE FROM callbacks WHERE provider_id = @id', values },
    { sql: 'DELETE FROM vendor_ids WHERE provider_id = @id', values },
    {
      sql: `DELETE FROM message_numbers
            WHERE NOT EXISTS (SELECT 1 FROM messages WHERE seq = message_seq) AND @id IS NOT NULL`,
      values,
    },
    { sql: 'UPDATE opt_outs SET provider_id = NULL WHERE provider_id = @id', values },
    // What still comes for it is told from what was never ours.
    { sql: 'UPDATE callback_addresses SET provider_id = NULL WHERE provider_id = @id', values },
  ]
}

export interface Extent {
  /** Messages that go, with their attempts. */
  messages: number
  attempts: number
  /** Messages of other providers, in which an attempt of this one is emptied. */
  emptied: number
}

/** What a deletion would take, counted from indexes: a hundred thousand messages cost a few milliseconds. */
export function extentOf(db: Database, id: string): Extent {
  const one = (sql: string) => prepared(db, sql).get({ id }) as { n: number; attempts: number }
  const once = one('SELECT count(*) AS n, 0 AS attempts FROM messages WHERE provider_id = @id')
  const again = one(
    'SELECT count(*) AS n, 0 AS attempts FROM messages INDEXED BY messages_tried_again WHERE provider_id = @id AND attempts > 1',
  )
  const several = one(
    `SELECT count(*) AS n, coalesce(sum(attempts), 0) AS attempts FROM messages INDEXED BY messages_tried_again
     WHERE attempts > 1 AND NOT ${triedByAnother} AND (provider_id = @id OR (provider_id IS NULL
       AND EXISTS (SELECT 1 FROM attempts WHERE message_seq = messages.seq AND provider_id = @id)))`,
  )
  const emptied = one(
    `SELECT count(*) AS n, 0 AS attempts FROM messages INDEXED BY messages_tried_again WHERE attempts > 1 AND ${triedByAnother}
       AND EXISTS (SELECT 1 FROM attempts WHERE message_seq = messages.seq AND provider_id = @id)`,
  )
  const single = once.n - again.n
  return { messages: single + several.n, attempts: single + several.attempts, emptied: emptied.n }
}

/** Messages of the provider that have no outcome yet. */
export function countOnTheirWay(db: Database, id: string): number {
  const row = prepared(
    db,
    `SELECT count(*) AS n FROM messages INDEXED BY messages_on_their_way
     WHERE state IN ('queued', 'sending') AND (provider_id = @id
       OR attempts > 0 AND EXISTS (SELECT 1 FROM attempts WHERE message_seq = messages.seq AND provider_id = @id))`,
  ).get({ id }) as { n: number }
  return row.n
}
