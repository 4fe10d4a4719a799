import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export interface SecretRow {
  provider_id: string
  name: string
  key_id: string
  sealed: string
  updated_at: number
}

export function listSecrets(db: Database, providerId: string): SecretRow[] {
  const rows = prepared(db, 'SELECT * FROM secrets WHERE provider_id = ? ORDER BY name').all(providerId)
  return rows as SecretRow[]
}

export function listAllSecrets(db: Database): SecretRow[] {
  return prepared(db, 'SELECT * FROM secrets ORDER BY provider_id, name').all() as SecretRow[]
}

export function getSecret(db: Database, providerId: string, name: string): SecretRow | undefined {
  const row = prepared(db, 'SELECT * FROM secrets WHERE provider_id = ? AND name = ?').get(providerId, name)
  return row as SecretRow | undefined
}

export function putSecret(db: Database, row: SecretRow): void {
  prepared(
    db,
    `INSERT INTO secrets (provider_id, name, key_id, sealed, updated_at)
     VALUES (@provider_id, @name, @key_id, @sealed, @updated_at)
     ON CONFLICT (provider_id, name) DO UPDATE SET
       key_id = excluded.key_id, sealed = excluded.sealed, updated_at = excluded.updated_at`,
  ).run(row)
}

/** Removes the secrets that the settings refer to no longer. */
export function keepOnlySecrets(db: Database, providerId: string, names: string[]): void {
  prepared(
    db,
    `DELETE FROM secrets WHERE provider_id = ? AND name NOT IN (SELECT value FROM json_each(?))`,
  ).run(providerId, JSON.stringify(names))
}
