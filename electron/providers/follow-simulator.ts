import type { Database } from 'better-sqlite3'
import { getProvider, listSimulatedProviders, replaceRequest } from '../db/providers.ts'
import { ledToSimulator } from './at-simulator.ts'
import { storedSettingsOf } from './provider-settings.ts'
import type { RefreshParts } from './refresh-vendors.ts'

/** Simulated providers that no vendor's entry makes show the address where the simulator listens now. */
export async function followSimulator({ stores, simulator, events, now }: RefreshParts): Promise<void> {
  const address = simulator()
  if (address === null || !stores.isReady) return
  for (const { id } of stores.store.read(listSimulatedProviders)) {
    if (!stores.isReady || !stores.store.read((db) => isElsewhere(db, id, address))) continue
    const moved = await stores.store.write((db) => move(db, id, address, now()))
    if (moved) events.emit('providers.changed', { id })
  }
}

function isElsewhere(db: Database, id: string, address: string): boolean {
  return movedSettings(db, id, address) !== null
}

/** Null where it is there already, is none any more, or cannot be read. */
function movedSettings(db: Database, id: string, address: string) {
  const row = getProvider(db, id)
  if (!row || row.simulated !== 1 || row.archived_at !== null) return null
  const { settings, lost } = storedSettingsOf(db, row)
  const led = ledToSimulator(settings, address)
  return lost !== null || led === settings ? null : led
}

/** Read once more, as an edit may have come in between. */
function move(db: Database, id: string, address: string, now: number): boolean {
  const settings = movedSettings(db, id, address)
  if (settings === null) return false
  replaceRequest(db, { id, settings: JSON.stringify(settings), vendor: null, now })
  return true
}
