import type { StoreHandle } from '../db/store-handle.ts'
import { addressByKey, addressOf } from '../db/incoming/callback-addresses.ts'
import type { Accounts } from './account.ts'
import { keyIn } from './listener/address.ts'

/** A provider as its vendor knows it: what the simulator needs to call back in the vendor's name. */
export interface CalledBack {
  /** Below the listener's address. */
  path: string
  /** What was typed for the vendor and is no secret. */
  fields: Readonly<Record<string, string>>
  /** What its callbacks are signed with; null: there is none, or it is locked away. */
  key: string | null
}

/** Null: it is gone. */
export async function calledBack(
  stores: StoreHandle,
  accounts: Accounts,
  providerId: string,
): Promise<CalledBack | null> {
  if (!stores.isReady) return null
  const { store } = stores
  const account =
    store.read((db) => accounts.current(db, providerId)) ??
    (await store.read((db) => accounts.load(db, providerId)))
  if (!account || !stores.isReady) return null
  return store.read((db) => {
    const key = addressOf(db, providerId)?.key
    if (key === undefined) return null
    return { path: `/c/${key}`, fields: account.fields, key: accounts.signatureKey(db, account) }
  })
}

/** The provider whose address it is; null: nobody's. */
export function ownerOf(stores: StoreHandle, address: string): string | null {
  const key = keyIn(address)
  if (key === null || !stores.isReady) return null
  return stores.store.read((db) => addressByKey(db, key))?.provider_id ?? null
}
