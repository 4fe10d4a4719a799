import { z } from 'zod'

export type VaultKind = 'keychain' | 'key file' | 'passphrase'

export interface VaultStatus {
  kind: VaultKind
  /** `locked` waits for the passphrase; the data can be read all the same. */
  state: 'open' | 'locked'
  /** Why the operating system's keychain is not used, where it is not. */
  reason: string | null
  /** Providers whose secrets were sealed with a key that is lost, and which have to be entered again. */
  unreadable: { providerId: string; providerName: string; names: string[] }[]
}

/** One that is chosen, for the vault or a file. */
export const newPassphraseSchema = z.string().min(8, 'Use at least 8 characters.').max(1000)
