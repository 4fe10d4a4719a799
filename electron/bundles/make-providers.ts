import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Bundle, BundleProvider } from '#shared/bundle/format.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import { findGroupByName, getGroup, membersOf } from '../db/groups.ts'
import { findProviderByName, getProvider } from '../db/providers.ts'
import { writeGroup } from '../groups/handlers.ts'
import { madeFromFile } from '../providers/file-vendor.ts'
import { writeProvider } from '../providers/handlers.ts'
import { wholeSettingsOf } from '../providers/provider-settings.ts'
import { neededSecretsOf, storedVendorOf } from '../providers/stored-vendor.ts'
import type { WholeInput } from '../providers/vendor-input.ts'
import type { Vault } from '../secrets/vault.ts'
import { scriptedBase, scriptedSettings } from './scripted-settings.ts'

/** Where a secret is asked for. It opens nothing anywhere. */
const standIn = 'secret-of-a-bundle'

export interface MakeParts {
  bundleId: string
  bundle: Bundle
  /** Those that the bundle names and the catalogue has. */
  vendors: ReadonlyMap<string, Vendor>
  /** The simulator's address. */
  simulator: string
  now: number
}

/** What was made of a bundle's providers, in their order, and of its group. */
export interface Made {
  providers: string[]
  groupId: string | null
}

/**
 * Sees to it, in the transaction of its caller, that the bundle's providers are there and go to the simulator and nowhere
 * else. One that somebody has made a real one, archived or deleted is left as it is, and another made in its place.
 */
export function makeProviders(db: Database, vault: Vault, parts: MakeParts, before: Made | null): Made {
  const providers = parts.bundle.providers.map((provider, place) => {
    const known = before?.providers[place]
    if (known !== undefined && leadBack(db, vault, parts, { id: known, provider, place })) return known
    return makeOne(db, vault, parts, provider, place)
  })
  return { providers, groupId: makeGroup(db, parts, providers, before?.groupId ?? null) }
}

function makeOne(
  db: Database,
  vault: Vault,
  { bundleId, vendors, simulator, now }: MakeParts,
  provider: BundleProvider,
  place: number,
): string {
  const vendor = provider.vendor && { ...provider.vendor, simulated: true }
  const made = madeFromFile({ ...provider, vendor }, { vendors, simulator }, {})
  const base = scriptedBase(simulator, bundleId)
  const settings = scriptedSettings(provider.settings, { base, place, endpoint: provider.settings.endpoint })
  const input: WholeInput = {
    id: randomUUID(),
    name: freeName(provider.name, (name) => findProviderByName(db, name) !== undefined),
    kind: made.kind,
    vendor: made.vendor,
    settings,
    secrets: {},
  }
  const names = [...neededSecretsOf(input)]
  const secrets = Object.fromEntries(names.map((name) => [name, standIn]))
  writeProvider(db, vault, { ...input, secrets }, now)
  return input.id
}

/** Its other settings stay as somebody may have changed them. False: it is none to be used. */
function leadBack(
  db: Database,
  vault: Vault,
  { bundleId, simulator, now }: MakeParts,
  { id, provider, place }: { id: string; provider: BundleProvider; place: number },
): boolean {
  const row = getProvider(db, id)
  if (!row || row.archived_at !== null || row.simulated !== 1) return false
  const { name, kind } = row
  const current = wholeSettingsOf(db, row)
  const base = scriptedBase(simulator, bundleId)
  const settings = scriptedSettings(current, { base, place, endpoint: provider.settings.endpoint })
  if (JSON.stringify(settings) !== JSON.stringify(current))
    writeProvider(db, vault, { id, name, kind, vendor: storedVendorOf(row), settings, secrets: {} }, now)
  return true
}

function makeGroup(
  db: Database,
  { bundle: { group, attempts }, now }: MakeParts,
  members: string[],
  before: string | null,
): string | null {
  if (!group || members.length === 0) return null
  const known = before === null ? undefined : getGroup(db, before)
  if (known && JSON.stringify(membersOf(db, known.id)) === JSON.stringify(members)) return known.id
  const id = known?.id ?? randomUUID()
  const name = known?.name ?? freeName(group.name, (one) => findGroupByName(db, one) !== undefined)
  // It would wait for nothing where the recorded message did not.
  const waited = attempts.some(({ why }) => why?.noReceipt !== undefined)
  const policies = waited ? group.policies : { ...group.policies, noReceiptMinutes: null }
  writeGroup(db, { id, name, members, countries: [], notes: '', policies }, now)
  return id
}

/** The name itself, or the first free of "name (bundle)", "name (bundle 2)" and so on. */
function freeName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name
  const base = `${name.slice(0, 100)} (bundle`
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? `${base})` : `${base} ${number})`
    if (!taken(candidate)) return candidate
  }
}
