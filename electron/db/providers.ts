import type { Database } from 'better-sqlite3'
import { giveAddress } from './incoming/callback-addresses.ts'
import { clearDefaultGroup } from './groups.ts'
import { prepared } from './prepared.ts'

export interface ProviderRow {
  id: string
  name: string
  kind: string
  /** JSON of the settings. */
  settings: string
  /** JSON of what was chosen of the catalogue; null with a Generic provider. */
  vendor: string | null
  simulated: 0 | 1
  is_default: 0 | 1
  attention: string | null
  created_at: number
  updated_at: number
  archived_at: number | null
}

export function getProvider(db: Database, id: string): ProviderRow | undefined {
  return prepared(db, 'SELECT * FROM providers WHERE id = ?').get(id) as ProviderRow | undefined
}

export type ProviderVersion = Pick<
  ProviderRow,
  'id' | 'name' | 'simulated' | 'attention' | 'updated_at' | 'archived_at'
>

const versions = new WeakMap<Database, Map<string, ProviderVersion>>()

/**
 * All but the settings, which are known by their version. Kept in memory, as each message asks for it; whatever writes
 * a provider forgets it, and what a transaction has not yet committed is never kept.
 */
export function getProviderVersion(db: Database, id: string): ProviderVersion | undefined {
  const kept = versions.get(db)?.get(id)
  if (kept) return kept
  const columns = 'id, name, simulated, attention, updated_at, archived_at'
  const row = prepared(db, `SELECT ${columns} FROM providers WHERE id = ?`).get(id) as
    ProviderVersion | undefined
  if (row && !db.inTransaction) versionsOf(db).set(id, row)
  return row
}

function versionsOf(db: Database): Map<string, ProviderVersion> {
  const kept = versions.get(db) ?? new Map<string, ProviderVersion>()
  versions.set(db, kept)
  return kept
}

/** For a provider that another connection has changed or deleted. */
export function forgetProviderVersion(db: Database, id: string): void {
  versionsOf(db).delete(id)
}

/** Whatever the case, in any script: SQLite itself only knows the cases of ASCII. */
export function findProviderByName(db: Database, name: string): ProviderRow | undefined {
  const wanted = name.toLowerCase()
  return listProviders(db).find((row) => row.name.toLowerCase() === wanted)
}

export function listProviders(db: Database): ProviderRow[] {
  return prepared(db, 'SELECT * FROM providers ORDER BY name COLLATE NOCASE').all() as ProviderRow[]
}

/** Those that can be chosen: archived ones cannot. */
export function countProviders(db: Database): number {
  return (
    prepared(db, 'SELECT count(*) AS n FROM providers WHERE archived_at IS NULL').get() as { n: number }
  ).n
}

/**
 * Inserts, with an address for its callbacks, or replaces what a user edits; an edit also settles what needed attention. `updated_at` grows with each, so
 * that it tells one version from another.
 */
export function saveProvider(
  db: Database,
  row: Pick<ProviderRow, 'id' | 'name' | 'kind' | 'settings' | 'vendor' | 'simulated'> & { now: number },
): void {
  versionsOf(db).delete(row.id)
  prepared(
    db,
    `INSERT INTO providers (id, name, kind, settings, vendor, simulated, created_at, updated_at)
     VALUES (@id, @name, @kind, @settings, @vendor, @simulated, @now, @now)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, kind = excluded.kind, settings = excluded.settings, vendor = excluded.vendor,
       simulated = excluded.simulated, attention = NULL,
       updated_at = max(excluded.updated_at, updated_at + 1)`,
  ).run(row)
  giveAddress(db, row.id, row.now)
}

/** Those of the catalogue that are in use. */
export function listVendorProviders(db: Database): ProviderRow[] {
  return prepared(
    db,
    'SELECT * FROM providers WHERE vendor IS NOT NULL AND archived_at IS NULL',
  ).all() as ProviderRow[]
}

/** Those that no vendor's entry makes. */
export function listSimulatedProviders(db: Database): Pick<ProviderRow, 'id'>[] {
  return prepared(
    db,
    'SELECT id FROM providers WHERE simulated = 1 AND vendor IS NULL AND archived_at IS NULL',
  ).all() as Pick<ProviderRow, 'id'>[]
}

/**
 * What a newer entry of the catalogue, or another address of the simulator, makes of it. No user has edited it: what needs
 * attention still does.
 */
export function replaceRequest(
  db: Database,
  row: Pick<ProviderRow, 'id' | 'settings' | 'vendor'> & { now: number },
): void {
  versionsOf(db).delete(row.id)
  prepared(
    db,
    `UPDATE providers SET settings = @settings, vendor = @vendor, updated_at = max(@now, updated_at + 1)
     WHERE id = @id`,
  ).run(row)
}

export function defaultProviderId(db: Database): string | null {
  const row = prepared(db, 'SELECT id FROM providers WHERE is_default = 1').get() as
    { id: string } | undefined
  return row?.id ?? null
}

export function setDefaultProvider(db: Database, id: string): void {
  clearDefaultGroup(db)
  prepared(db, 'UPDATE providers SET is_default = 0 WHERE is_default = 1 AND id <> ?').run(id)
  prepared(db, 'UPDATE providers SET is_default = 1 WHERE id = ?').run(id)
}

/** For good. The default mark goes, and no other provider gets it. */
export function archiveProvider(db: Database, id: string, now: number): void {
  versionsOf(db).delete(id)
  prepared(
    db,
    'UPDATE providers SET archived_at = ?, is_default = 0 WHERE id = ? AND archived_at IS NULL',
  ).run(now, id)
}

/** Answers whether anything changed, so that a page is told only then. */
export function setAttention(db: Database, id: string, attention: string | null): boolean {
  if (getProviderVersion(db, id)?.attention === attention) return false
  versionsOf(db).delete(id)
  return prepared(db, 'UPDATE providers SET attention = ? WHERE id = ?').run(attention, id).changes > 0
}
