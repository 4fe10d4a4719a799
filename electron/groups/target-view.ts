import type { Database } from 'better-sqlite3'
import { askedPlaceholders } from '#shared/settings-texts.ts'
import type { CommandInput } from '#shared/contract.ts'
import type { TargetView } from '#shared/target.ts'
import { membersOf } from '../db/groups.ts'
import { getProvider, type ProviderRow } from '../db/providers.ts'
import { mustGetActive, settingsOf } from '../providers/provider-settings.ts'
import { storedVendorOf } from '../providers/stored-vendor.ts'
import { targetOf } from './target.ts'

/** Where a message would go now. Throws `not_found`, and `provider_archived`. */
export function targetView(db: Database, input: CommandInput<'messages.target'>): TargetView {
  const { target, to, country } = input
  const message = { key: '', text: '', values: {}, test: true }
  const found = targetOf(db, { ...message, provider: target, to, country })
  if (found.kind === 'group') {
    const { id, name } = found.row
    const members = membersOf(db, id).map((member) => getProvider(db, member))
    const usable = members.filter((row) => row !== undefined).filter((row) => row.archived_at === null)
    return viewOf(db, { kind: 'group', id, name }, usable)
  }
  const { provider } = found.input
  const row = mustGetActive(db, provider.kind === 'saved' ? provider.id : provider.draft.id)
  return viewOf(db, { kind: 'provider', id: row.id, name: row.name }, [row])
}

function viewOf(
  db: Database,
  itself: Pick<TargetView, 'kind' | 'id' | 'name'>,
  rows: readonly ProviderRow[],
): TargetView {
  const asked = rows.flatMap((row) => askedPlaceholders(settingsOf(db, row)))
  const providers = rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    api: storedVendorOf(row)?.api ?? '',
    simulated: row.simulated === 1,
  }))
  return { ...itself, asked: [...new Set(asked)], providers }
}
