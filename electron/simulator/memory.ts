import { readPreferences, writePreference } from '../db/preferences.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { SimulatorParts } from './simulator.ts'

/** Kept among the preferences, though not by their page. */
const wish = 'simulatorRunning'
const kept = 'simulatorFaults'
const keptReceipts = 'simulatorReceipts'

/** What the simulator keeps in the store. A host that does not stay leaves the wish as it is. */
export function simulatorMemory(
  stores: StoreHandle,
  staysOpen: boolean,
): Pick<SimulatorParts, 'remember' | 'readFaults' | 'keepFaults' | 'readReceipts' | 'keepReceipts'> {
  return {
    remember: (running) => {
      if (staysOpen && stores.isReady) stores.store.writeNow((db) => writePreference(db, wish, running))
    },
    readFaults: () => (stores.isReady ? { faults: stores.store.read(readPreferences)[kept] } : null),
    keepFaults: async (faults) => {
      await stores.store.write((db) => writePreference(db, kept, faults))
    },
    readReceipts: () =>
      stores.isReady ? { receipts: stores.store.read(readPreferences)[keptReceipts] } : null,
    keepReceipts: async (receipts) => {
      await stores.store.write((db) => writePreference(db, keptReceipts, receipts))
    },
  }
}

/** Whether it ran when the workbench was last closed. */
export function simulatorRan(stores: StoreHandle): boolean {
  return stores.isReady && stores.store.read(readPreferences)[wish] === true
}
