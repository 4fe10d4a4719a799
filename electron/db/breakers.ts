import type { Database } from 'better-sqlite3'
import { closedBreaker, type Breaker } from '#shared/failover/breaker.ts'
import { prepared } from './prepared.ts'

interface Known {
  breaker: Breaker
  /** The store holds something other than a quiet one, and has to hear when it is quiet again. */
  written: boolean
}

const kept = new WeakMap<Database, Map<string, Known>>()

/** A provider's circuit breaker; closed where nothing was ever written. Kept in memory, as each message asks for it. */
export function breakerOf(db: Database, providerId: string): Breaker {
  return knownOf(db, providerId).breaker
}

/** For all messages that are on their way, at once; `writeBreaker` makes it last. */
export function noteBreaker(db: Database, providerId: string, breaker: Breaker): void {
  knownOf(db, providerId).breaker = breaker
}

/**
 * Writes a provider's breaker as it is now, in the transaction of its caller. A run of good calls is worth no write a
 * message: after a restart it only has to be counted again.
 */
export function writeBreaker(db: Database, providerId: string, now: number): void {
  const known = knownOf(db, providerId)
  if (isQuiet(known.breaker) && !known.written) return
  known.written = !isQuiet(known.breaker)
  prepared(
    db,
    `INSERT INTO provider_breakers (provider_id, breaker, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (provider_id) DO UPDATE SET breaker = excluded.breaker, updated_at = excluded.updated_at`,
  ).run(providerId, JSON.stringify(known.breaker), now)
}

/** For a provider that is deleted. */
export function forgetBreaker(db: Database, providerId: string): void {
  kept.get(db)?.delete(providerId)
}

function isQuiet({ state, failuresInRow, throttledUntil, window }: Breaker): boolean {
  return (
    state === 'closed' &&
    failuresInRow === 0 &&
    throttledUntil === null &&
    window.every(({ failures }) => failures === 0)
  )
}

function knownOf(db: Database, providerId: string): Known {
  const all = kept.get(db) ?? new Map<string, Known>()
  kept.set(db, all)
  const found = all.get(providerId)
  if (found) return found
  const row = prepared(db, 'SELECT breaker FROM provider_breakers WHERE provider_id = ?').get(providerId) as
    { breaker: string } | undefined
  const known = { breaker: row ? readBreaker(row.breaker) : closedBreaker, written: row !== undefined }
  all.set(providerId, known)
  return known
}

function readBreaker(text: string): Breaker {
  try {
    return { ...closedBreaker, ...(JSON.parse(text) as Partial<Breaker>) }
  } catch {
    return closedBreaker
  }
}
