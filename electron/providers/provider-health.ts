import type { Database } from 'better-sqlite3'
import type { OutcomeFacts } from '#shared/outcome.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import { verdictOf } from '#shared/verdict.ts'
import { notedAttempt } from '../db/health.ts'

/** When a provider last did its work, and what was wrong when it last did not. */
export function healthOf(db: Database, id: string): Pick<ProviderSummary, 'lastSuccess' | 'lastError'> {
  const success = notedAttempt(db, id, 'success_attempt')
  const error = notedAttempt(db, id, 'error_attempt')
  return {
    lastSuccess: success ? { messageId: success.message_id, at: success.finished_at } : null,
    lastError: error
      ? {
          messageId: error.message_id,
          at: error.finished_at,
          ...verdictOf({
            class: error.class,
            code: error.code,
            facts: JSON.parse(error.facts) as OutcomeFacts,
          }),
        }
      : null,
  }
}
