import type { Database } from 'better-sqlite3'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import type { StoredVendor } from '#shared/catalogue/choice.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import { cleanChoice, vendorProvider } from '#shared/catalogue/preset.ts'
import { getProvider, listVendorProviders, replaceRequest, setAttention } from '../db/providers.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import { settingsOf, storedSettingsOf } from './provider-settings.ts'
import { storedVendorOf } from './stored-vendor.ts'
import { apiIssues, hasSecretUnder, settingsIssuesOf, type VendorParts } from './vendor-input.ts'

export interface RefreshParts extends Pick<VendorParts, 'catalogue'> {
  /** Null while the simulator is stopped: then providers that point at it stay where they are. */
  simulator: () => string | null
  stores: StoreHandle
  events: EventHub
  log: Log
  now: () => number
}

/**
 * Makes those requests anew that were made of an older entry of the catalogue, or for another address of the simulator.
 * What the user changed stays. Where the new entry wants what is not there, all stays, and the provider needs attention.
 */
export async function refreshVendors({ stores, catalogue, simulator, events, log, now }: RefreshParts) {
  const rows = stores.isReady ? stores.store.read(listVendorProviders) : []
  for (const { id, kind } of rows) {
    const vendor = await catalogue.get(kind)
    if (!vendor || !stores.isReady || !stores.store.read((db) => whyStale(db, id, vendor, simulator())))
      continue
    const done = await stores.store.write((db) => refreshOne(db, id, vendor, simulator(), now()))
    if (done === null) continue
    log.info('A provider follows its entry of the catalogue', {
      id,
      vendor: kind,
      version: vendor.version,
      done,
    })
    events.emit('providers.changed', { id })
  }
}

/** Read once more, as an edit may have come in between. */
function whyStale(db: Database, id: string, entry: Vendor, simulator: string | null): StoredVendor | null {
  const row = getProvider(db, id)
  const vendor = row && row.archived_at === null && row.kind === entry.id ? storedVendorOf(row) : null
  if (!row || !vendor || vendor.told === entry.version) return null
  const { settings, lost } = storedSettingsOf(db, row)
  if (lost !== null) return null
  const moved = simulator !== null && vendor.simulated && !settings.endpoint.startsWith(`${simulator}/`)
  return moved || vendor.version < entry.version ? vendor : null
}

function refreshOne(
  db: Database,
  id: string,
  entry: Vendor,
  simulator: string | null,
  now: number,
): 'made anew' | 'wants more' | null {
  const vendor = whyStale(db, id, entry, simulator)
  const row = getProvider(db, id)
  if (!vendor || !row) return null
  const choice = cleanChoice(entry, vendor)
  const hasSecret = hasSecretUnder(db, id, {})
  const base = settingsOf(db, row)
  const known = { simulator: simulator ?? originOf(base.endpoint), hasSecret }
  const made = vendorProvider(entry, { choice, base, own: vendor.own }, known)
  const [first] = [
    ...apiIssues(entry, choice),
    ...vendorIssues(entry, choice, { typed: {}, isSet: hasSecret }),
    ...settingsIssuesOf(made.settings),
  ]
  if (first) {
    const told = JSON.stringify({ ...vendor, told: entry.version })
    replaceRequest(db, { id, settings: row.settings, vendor: told, now })
    setAttention(db, id, `${changedWords(entry)} ${first.message}`)
    return 'wants more'
  }
  replaceRequest(db, {
    id,
    settings: JSON.stringify(made.settings),
    vendor: JSON.stringify(made.vendor),
    now,
  })
  // What an older entry wanted is no matter any more.
  if (row.attention?.startsWith(changedWords(entry))) setAttention(db, id, null)
  return 'made anew'
}

const changedWords = ({ name }: Vendor) => `The preset of ${name} has changed:`

const originOf = (endpoint: string) => /^https?:\/\/[^/?#]*/i.exec(endpoint)?.[0] ?? ''
