import { randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'

export interface AddressRow {
  /** 24 random bytes, base64url. */
  key: string
  /** Null: its provider was deleted. */
  provider_id: string | null
  created_at: number
}

const newKey = () => randomBytes(24).toString('base64url')

/** Each provider has one from its first moment on; one that has it keeps it. */
export function giveAddress(db: Database, providerId: string, now: number): void {
  prepared(
    db,
    `INSERT INTO callback_addresses (key, provider_id, created_at) VALUES (?, ?, ?)
     ON CONFLICT (provider_id) DO NOTHING`,
  ).run(newKey(), providerId, now)
}

/** Providers that were made before there were addresses. */
export function listWithoutAddress(db: Database): string[] {
  return prepared(
    db,
    'SELECT id FROM providers WHERE NOT EXISTS (SELECT 1 FROM callback_addresses WHERE provider_id = id)',
  )
    .pluck()
    .all() as string[]
}

/** The old key is nobody's from now on. */
export function renewAddress(db: Database, providerId: string, now: number): void {
  prepared(db, 'DELETE FROM callback_addresses WHERE provider_id = ?').run(providerId)
  giveAddress(db, providerId, now)
}

export function addressOf(db: Database, providerId: string): AddressRow | undefined {
  return prepared(db, 'SELECT * FROM callback_addresses WHERE provider_id = ?').get(providerId) as
    AddressRow | undefined
}

export function listAddresses(db: Database): (AddressRow & { provider_id: string })[] {
  return prepared(
    db,
    'SELECT * FROM callback_addresses WHERE provider_id IS NOT NULL',
  ).all() as (AddressRow & {
    provider_id: string
  })[]
}

export function addressByKey(db: Database, key: string): AddressRow | undefined {
  return prepared(db, 'SELECT * FROM callback_addresses WHERE key = ?').get(key) as AddressRow | undefined
}

/** Of all providers, deleted ones too. */
export function listKeys(db: Database): string[] {
  return prepared(db, 'SELECT key FROM callback_addresses').pluck().all() as string[]
}
