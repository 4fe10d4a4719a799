import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { settingsSchema, type ProviderSettings } from '#shared/settings.ts'
import { getProvider, type ProviderRow, type ProviderVersion } from '../db/providers.ts'

const parsed = new WeakMap<Database, Map<string, { version: number; settings: ProviderSettings }>>()

/** The settings of a row, parsed once for each version of it. */
export function settingsOf(db: Database, row: ProviderRow): ProviderSettings {
  return settingsOfVersion(db, row, row)
}

/** The same where the row itself has not been read: it is only when its version is new. Throws `not_found`. */
export function settingsOfVersion(
  db: Database,
  { id, updated_at: version }: ProviderVersion,
  row?: ProviderRow,
): ProviderSettings {
  const known = parsed.get(db) ?? new Map<string, { version: number; settings: ProviderSettings }>()
  parsed.set(db, known)
  const found = known.get(id)
  if (found?.version === version) return found.settings
  const settings = settingsSchema.parse(JSON.parse((row ?? mustGetProvider(db, id)).settings))
  known.set(id, { version, settings })
  return settings
}

/** For a provider that was deleted. */
export function forgetSettings(db: Database, id: string): void {
  parsed.get(db)?.delete(id)
}

/** Throws `not_found`, and `provider_archived` for one that can only be read any more. */
export function mustGetActive(db: Database, id: string): ProviderRow {
  const row = mustGetProvider(db, id)
  if (row.archived_at !== null) throw archivedError()
  return row
}

export function archivedError(): AppError {
  return new AppError(
    'provider_archived',
    'The provider is archived: it can be read, and neither changed nor sent through. Duplicate it to use its settings again.',
  )
}

export function mustGetProvider(db: Database, id: string): ProviderRow {
  const row = getProvider(db, id)
  if (!row) throw noSuchProvider()
  return row
}

export function noSuchProvider(): AppError {
  return new AppError('not_found', 'There is no such provider; it may have been deleted.')
}
