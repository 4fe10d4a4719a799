import type { Database } from 'better-sqlite3'
import type { CallbackMapping, VendorCallbacks } from '#shared/callbacks/format.ts'
import { callbackReading, type CallbackReading } from '#shared/callbacks/read/provider-formats.ts'
import type { Catalogue } from '../catalogue/load.ts'
import { getProvider, getProviderVersion } from '../db/providers.ts'
import { openSecret } from '../providers/provider-secrets.ts'
import { settingsOf } from '../providers/provider-settings.ts'
import { storedVendorOf } from '../providers/stored-vendor.ts'
import { genericKind } from '#shared/provider.ts'
import type { Vault } from '../secrets/vault.ts'

/** What reading a provider's callbacks takes. */
export interface Account {
  providerId: string
  version: number
  simulated: boolean
  /** Of the vendor's APIs; empty with a Generic provider. */
  api: string
  /** Null with a Generic provider, and where the vendor's file cannot be read. */
  vendor: VendorCallbacks | null
  reading: CallbackReading
  /** What was typed for the vendor and is no secret. */
  fields: Readonly<Record<string, string>>
}

/** Accounts of providers, each read once for each version of its settings. */
export class Accounts {
  private readonly known = new Map<string, Account>()
  private readonly catalogue: Catalogue
  private readonly vault: Vault

  constructor(catalogue: Catalogue, vault: Vault) {
    this.catalogue = catalogue
    this.vault = vault
  }

  /** What is known already and still holds. */
  current(db: Database, providerId: string): Account | undefined {
    const known = this.known.get(providerId)
    return known?.version === getProviderVersion(db, providerId)?.updated_at ? known : undefined
  }

  /** Null for a provider that is gone. */
  async load(db: Database, providerId: string): Promise<Account | null> {
    const row = getProvider(db, providerId)
    if (!row) return null
    const vendor = row.kind === genericKind ? null : await this.catalogue.get(row.kind)
    const stored = storedVendorOf(row)
    const callbacks = vendor?.callbacks ?? null
    const api = stored?.api || vendor?.apis[0]?.id || ''
    const account: Account = {
      providerId,
      version: row.updated_at,
      simulated: row.simulated === 1,
      api,
      vendor: callbacks,
      reading: callbackReading(callbacks, api, settingsOf(db, row).callbacks),
      fields: stored?.fields ?? {},
    }
    this.known.set(providerId, account)
    return account
  }

  /** How callbacks of a provider of that vendor would read with a mapping; null: a Generic one. */
  async readingOf(
    of: { kind: string; api: string } | null,
    mapping: CallbackMapping | null,
  ): Promise<CallbackReading> {
    const vendor = of && (await this.catalogue.get(of.kind))
    const api = of?.api || vendor?.apis[0]?.id || ''
    return callbackReading(vendor?.callbacks ?? null, api, mapping)
  }

  /** The secret or field that a vendor's signatures are made with; null where it is missing or locked away. */
  signatureKey(db: Database, { vendor, fields, providerId }: Account): string | null {
    const name = vendor?.signature?.key
    if (name === undefined) return null
    if (fields[name]) return fields[name]
    try {
      return openSecret(db, this.vault, providerId, name)
    } catch {
      return null
    }
  }
}
