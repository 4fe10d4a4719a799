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

export function mustGetProvider(db: Database, id: string): ProviderRow {
  const row = getProvider(db, id)
  if (!row) throw noSuchProvider()
  return row
}

export function noSuchProvider(): AppError {
  return new AppError('not_found', 'There is no such provider; it may have been deleted.')
}
