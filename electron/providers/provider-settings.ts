import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { readStoredSettings, type StoredSettings } from '#shared/stored-settings.ts'
import { getProvider, type ProviderRow, type ProviderVersion } from '../db/providers.ts'

const parsed = new WeakMap<Database, Map<string, { version: number; stored: StoredSettings }>>()

/** The settings of a row and what is wrong with them, read once for each version of it. Never throws. */
export function storedSettingsOf(db: Database, row: ProviderRow): StoredSettings {
  return storedSettings(db, row, row)
}

/** As far as they can be read; what is lost is as in a new provider. */
export function settingsOf(db: Database, row: ProviderRow): ProviderSettings {
  return storedSettings(db, row, row).settings
}

/** Whole settings, to send with or to pass on. Throws `invalid_input` where a part of them cannot be read. */
export function wholeSettingsOf(db: Database, row: ProviderRow): ProviderSettings {
  return settingsOfVersion(db, row, row)
}

/** The same where the row itself has not been read: it is only when its version is new. Throws `not_found`, too. */
export function settingsOfVersion(
  db: Database,
  version: ProviderVersion,
  row?: ProviderRow,
): ProviderSettings {
  const { settings, lost } = storedSettings(db, version, row)
  if (lost !== null) throw new AppError('invalid_input', `${version.name}: ${lost}`)
  return settings
}

function storedSettings(
  db: Database,
  { id, updated_at: version }: ProviderVersion,
  row?: ProviderRow,
): StoredSettings {
  const known = parsed.get(db) ?? new Map<string, { version: number; stored: StoredSettings }>()
  parsed.set(db, known)
  const found = known.get(id)
  if (found?.version === version) return found.stored
  const stored = readStoredSettings((row ?? mustGetProvider(db, id)).settings)
  known.set(id, { version, stored })
  return stored
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
