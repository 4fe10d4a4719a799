import type { Database } from 'better-sqlite3'
import type { BulkTarget, BulkTargetView } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { askedPlaceholders } from '#shared/settings-texts.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { countriesOf, defaultGroup, getGroup, listGroups, membersOf } from '../db/groups.ts'
import { defaultProviderId, getProviderVersion } from '../db/providers.ts'
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
  /** Placeholders whose values every message needs. */
  asked: string[]
}

const nobody = { providerId: null, providerName: '', sender: '', groupId: null, groupName: null }

/** Throws `not_found` and `provider_archived`. */
export function targetInfo(db: Database, target: BulkTarget): TargetInfo {
  const { name, asked, simulated } = bulkTarget(db, target)
  const about = { ...nobody, name, simulated: simulated === 'all' }
  // Which group a number goes through, and so what it needs, is not known before it goes.
  if (target.kind === 'route') return { ...about, asked: [] }
  if (target.kind === 'group') return { ...about, groupId: target.id, groupName: name, asked }
  const row = mustGetActive(db, target.id)
  const { from } = settingsOfVersion(db, row)
  return { ...about, providerId: row.id, providerName: row.name, sender: from, asked }
}

/** Where a bulk test's messages may go, and what they would need and cost. Throws as `targetInfo` does. */
export function bulkTarget(db: Database, target: BulkTarget): BulkTargetView {
  const { name, ids } = itselfOf(db, target)
  const rows = [...new Set(ids)]
    .map((id) => getProviderVersion(db, id))
    .filter((row) => row !== undefined)
    .filter((row) => row.archived_at === null)
  const settings = rows.map((row) => settingsOfVersion(db, row))
  const simulated = rows.filter((row) => row.simulated === 1).length
  return {
    name,
    providers: rows.map((row) => row.name),
    asked: [...new Set(settings.flatMap(askedPlaceholders))],
    simulated: simulated === 0 ? 'none' : simulated === rows.length ? 'all' : 'some',
    prices: pricesOf(settings),
  }
}

function itselfOf(db: Database, target: BulkTarget): { name: string; ids: string[] } {
  if (target.kind === 'saved') {
    const { id, name } = mustGetActive(db, target.id)
    return { name, ids: [id] }
  }
  if (target.kind === 'group') {
    const row = getGroup(db, target.id)
    if (!row) throw new AppError('not_found', 'There is no such group; it may have been deleted.')
    return { name: row.name, ids: [...membersOf(db, row.id)] }
  }
  const byCountry = listGroups(db).filter(({ id }) => countriesOf(db, id).length > 0)
  const byDefault = defaultGroup(db)
  const alone = defaultProviderId(db)
  return {
    name: '',
    ids: [
      ...byCountry.flatMap(({ id }) => membersOf(db, id)),
      ...(byDefault ? membersOf(db, byDefault.id) : []),
      ...(byDefault || alone === null ? [] : [alone]),
    ],
  }
}

function mustGetActive(db: Database, id: string) {
  const row = getProviderVersion(db, id)
  if (!row) throw noSuchProvider()
  if (row.archived_at !== null) throw archivedError()
  return row
}

/** The lowest and highest price of a segment by currency; nothing where one of them has no price. */
function pricesOf(settings: readonly ProviderSettings[]): BulkTargetView['prices'] {
  const prices = settings.map(({ price }) => price)
  const known = prices.filter((price) => price !== null)
  const [first] = known
  if (!first || known.length < prices.length) return null
  if (known.some(({ currency }) => currency !== first.currency)) return null
  const each = known.map(({ perSegment }) => perSegment)
  return { currency: first.currency, low: Math.min(...each), high: Math.max(...each) }
}
