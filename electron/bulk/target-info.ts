import type { Database } from 'better-sqlite3'
import type { BulkTarget } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
import { getGroup } from '../db/groups.ts'
import { getProviderVersion } from '../db/providers.ts'
import { archivedError, noSuchProvider, settingsOfVersion } from '../providers/provider-settings.ts'

/** What a message that waits is written down with, before its provider is known for sure. */
export interface TargetInfo {
  name: string
  providerId: string | null
  providerName: string
  simulated: boolean
  sender: string
  groupId: string | null
  groupName: string | null
  placeholders: string[]
}

const nobody = { providerId: null, providerName: '', simulated: false, sender: '', placeholders: [] }

const ownedByMessage = new Set(['To', 'Body', 'From', 'MessageID'])

/** Throws `not_found` and `provider_archived`. */
export function targetInfo(db: Database, target: BulkTarget): TargetInfo {
  if (target.kind === 'route') return { ...nobody, name: '', groupId: null, groupName: null }
  if (target.kind === 'group') {
    const row = getGroup(db, target.id)
    if (!row) throw new AppError('not_found', 'There is no such group; it may have been deleted.')
    return { ...nobody, name: row.name, groupId: row.id, groupName: row.name }
  }
  const row = getProviderVersion(db, target.id)
  if (!row) throw noSuchProvider()
  if (row.archived_at !== null) throw archivedError()
  const settings = settingsOfVersion(db, row)
  return {
    name: row.name,
    providerId: row.id,
    providerName: row.name,
    simulated: row.simulated === 1,
    sender: settings.from,
    groupId: null,
    groupName: null,
    placeholders: placeholderNamesOf(settings).filter((name) => !ownedByMessage.has(name)),
  }
}
