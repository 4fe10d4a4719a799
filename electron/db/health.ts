import type { Database } from 'better-sqlite3'
import type { OutcomeClass, OutcomeCode } from '#shared/message.ts'
import { prepared } from './prepared.ts'

/** Remembers the newest attempt of its kind, in the transaction that writes the attempt's result. */
export function noteOutcome(
  db: Database,
  providerId: string | null,
  attemptSeq: number,
  outcome: OutcomeClass,
): void {
  // Who cancels says nothing of the provider.
  if (providerId === null || outcome === 'cancelled') return
  const column = outcome === 'accepted' ? 'success_attempt' : 'error_attempt'
  prepared(
    db,
    `INSERT INTO provider_health (provider_id, ${column}) VALUES (?, ?)
     ON CONFLICT (provider_id) DO UPDATE SET ${column} = max(coalesce(${column}, 0), excluded.${column})`,
  ).run(providerId, attemptSeq)
}

export interface NotedAttempt {
  message_id: string
  finished_at: number
  class: OutcomeClass
  code: OutcomeCode
  /** JSON. */
  facts: string
}

export function notedAttempt(
  db: Database,
  providerId: string,
  which: 'success_attempt' | 'error_attempt',
): NotedAttempt | undefined {
  return prepared(
    db,
    `SELECT messages.id AS message_id, finished_at, class, code, facts
     FROM attempts JOIN attempt_results ON attempt_seq = attempts.seq JOIN messages ON messages.seq = message_seq
     WHERE attempts.seq = (SELECT ${which} FROM provider_health WHERE provider_id = ?)`,
  ).get(providerId) as NotedAttempt | undefined
}
