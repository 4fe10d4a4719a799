import type { Database } from 'better-sqlite3'
import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import { prepared } from './prepared.ts'

/** To the second is fine enough: many messages a second need not each say that the provider works. */
const successEveryMs = 1000
const notedAt = new WeakMap<Database, Map<string, number>>()

/** Whether a success was noted just now, and nothing has gone wrong since. */
function isFresh(db: Database, providerId: string, succeeded: boolean): boolean {
  const noted = notedAt.get(db) ?? new Map<string, number>()
  notedAt.set(db, noted)
  if (!succeeded) {
    noted.delete(providerId)
    return false
  }
  const now = performance.now()
  if (now - (noted.get(providerId) ?? -Infinity) < successEveryMs) return true
  noted.set(providerId, now)
  return false
}

/** Remembers the newest attempt of its kind, in the transaction that writes the attempt's result. */
export function noteOutcome(
  db: Database,
  providerId: string | null,
  attemptSeq: number,
  outcome: OutcomeClass,
): void {
  // Who cancels says nothing of the provider.
  if (providerId === null || outcome === 'cancelled') return
  if (isFresh(db, providerId, outcome === 'accepted')) return
  const column = outcome === 'accepted' ? 'success_attempt' : 'error_attempt'
  prepared(
    db,
    `INSERT INTO provider_health (provider_id, ${column}) VALUES (?, ?)
     ON CONFLICT (provider_id) DO UPDATE SET ${column} = max(coalesce(${column}, 0), excluded.${column})`,
  ).run(providerId, attemptSeq)
}

/** For a provider whose messages go elsewhere from now on: what was noted says nothing of where they go. */
export function forgetOutcomes(db: Database, providerId: string): void {
  notedAt.get(db)?.delete(providerId)
  prepared(db, 'DELETE FROM provider_health WHERE provider_id = ?').run(providerId)
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
