import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'
import { tally } from './tally.ts'

/** Counts are kept by quarter of an hour, the largest step that the days of every time zone are made of. */
export const quarterMs = 900_000

export interface Counted {
  providerId: string
  at: number
  test: boolean
  simulated: boolean
  sent: number
  delivered: number
  errors: number
}

/** Adds to the counts of the quarter; called in the transaction that writes the message. */
export function addCounts(db: Database, counted: Counted): void {
  const { providerId, at, test, simulated, sent, delivered, errors } = counted
  tally(
    db,
    `INSERT INTO provider_quarters (provider_id, quarter, test, simulated, sent, delivered, errors)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (provider_id, quarter, test, simulated) DO UPDATE SET
       sent = sent + excluded.sent, delivered = delivered + excluded.delivered, errors = errors + excluded.errors`,
    [providerId, Math.floor(at / quarterMs), test ? 1 : 0, simulated ? 1 : 0],
    [sent, delivered, errors],
  )
}

/** All that was ever counted for a provider. */
export function figuresOf(
  db: Database,
  providerId: string,
): { sent: number; delivered: number; errors: number } {
  return prepared(
    db,
    `SELECT coalesce(sum(sent), 0) AS sent, coalesce(sum(delivered), 0) AS delivered,
       coalesce(sum(errors), 0) AS errors
     FROM provider_quarters WHERE provider_id = ?`,
  ).get(providerId) as { sent: number; delivered: number; errors: number }
}

export interface ProviderCount {
  provider_id: string
  test: 0 | 1
  simulated: 0 | 1
  sent: number
  delivered: number
  errors: number
}

/** Sums by provider, by test or not and by simulated or not, of the quarters that begin at or after `since` (epoch ms). */
export function countsSince(db: Database, since: number): ProviderCount[] {
  return prepared(
    db,
    `SELECT provider_id, test, simulated, sum(sent) AS sent, sum(delivered) AS delivered, sum(errors) AS errors
     FROM provider_quarters WHERE quarter >= ? GROUP BY provider_id, test, simulated`,
  ).all(Math.ceil(since / quarterMs)) as ProviderCount[]
}
