import { storedVendorSchema, type StoredVendor } from '#shared/catalogue/choice.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import type { ProviderRow } from '../db/providers.ts'

/** Null with a Generic provider, and where it cannot be read: the settings are whole without it. */
export function storedVendorOf({ vendor }: Pick<ProviderRow, 'vendor'>): StoredVendor | null {
  if (vendor === null) return null
  try {
    return storedVendorSchema.safeParse(JSON.parse(vendor)).data ?? null
  } catch {
    return null
  }
}

export interface SecretHolder {
  settings: ProviderSettings
  vendor: StoredVendor | null
}

/** The secrets that a provider may have: those that its request takes, and those of its vendor. */
export function secretNamesOfProvider({ settings, vendor }: SecretHolder): string[] {
  return [...new Set([...secretNamesOf(settings), ...Object.keys(vendor?.secrets ?? {})])].sort()
}

/** Those without which it does not work: an optional one that was never set is not missing. */
export function neededSecretsOf({ settings, vendor }: SecretHolder): Set<string> {
  const required = Object.entries(vendor?.secrets ?? {}).filter(([, secret]) => secret.required)
  return new Set([...secretNamesOf(settings), ...required.map(([name]) => name)])
}
