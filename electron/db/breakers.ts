import type { Database } from 'better-sqlite3'
import { closedBreaker, type Breaker } from '#shared/failover/breaker.ts'
import { prepared } from './prepared.ts'

const kept = new WeakMap<Database, Map<string, Breaker>>()

/** A provider's circuit breaker; closed where nothing was ever written. Kept in memory, as each message asks for it. */
export function breakerOf(db: Database, providerId: string): Breaker {
  const known = breakersIn(db)
  const found = known.get(providerId)
  if (found) return found
  const row = prepared(db, 'SELECT breaker FROM provider_breakers WHERE provider_id = ?').get(providerId) as
    { breaker: string } | undefined
  const breaker = row ? readBreaker(row.breaker) : closedBreaker
  known.set(providerId, breaker)
  return breaker
}

/** Writes it in the transaction of its caller; calls that change nothing but the count of good ones stay in memory. */
export function keepBreaker(db: Database, providerId: string, breaker: Breaker, now: number): void {
  const before = breakerOf(db, providerId)
  breakersIn(db).set(providerId, breaker)
  if (isQuiet(before) && isQuiet(breaker)) return
  prepared(
    db,
    `INSERT INTO provider_breakers (provider_id, breaker, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (provider_id) DO UPDATE SET breaker = excluded.breaker, updated_at = excluded.updated_at`,
  ).run(providerId, JSON.stringify(breaker), now)
}

/** For a provider that is deleted, or a transaction that was rolled back. */
export function forgetBreaker(db: Database, providerId: string): void {
  breakersIn(db).delete(providerId)
}

/** A run of good calls is worth no write a message: after a restart it only has to be counted again. */
function isQuiet({ state, failuresInRow, throttledUntil, window }: Breaker): boolean {
  return (
    state === 'closed' &&
    failuresInRow === 0 &&
    throttledUntil === null &&
    window.every(({ failures }) => failures === 0)
  )
}

function breakersIn(db: Database): Map<string, Breaker> {
  const known = kept.get(db) ?? new Map<string, Breaker>()
  kept.set(db, known)
  return known
}

function readBreaker(text: string): Breaker {
  try {
    return { ...closedBreaker, ...(JSON.parse(text) as Partial<Breaker>) }
  } catch {
    return closedBreaker
  }
}
