import type { DataKey } from './sealing.ts'
import { checkedKey } from './sealing.ts'

/** The operating system's keychain, as a host that can reach it hands it in. Its calls may throw. */
export interface Keychain {
  available(): boolean
  /** Such as `gnome_libsecret`, `kwallet6`, `keychain`, `dpapi`; `basic_text` is Chromium's name for a key that stands in its source: it protects nothing. */
  backend(): string
  encrypt(text: string): Buffer
  decrypt(sealed: Buffer): string
}

const byKeyFile = 'secrets are protected by a key file that only this user can read.'

/** Why the keychain cannot be used, in words; null when it can. */
export function whyNotUsable(keychain: Keychain | null): string | null {
  if (!keychain) return `The workbench runs without a window here and cannot reach a keychain; ${byKeyFile}`
  try {
    if (!keychain.available()) return `This system has no keychain that the workbench can use; ${byKeyFile}`
    if (keychain.backend() === 'basic_text') {
      return `This system’s keychain would not encrypt anything; ${byKeyFile}`
    }
    return null
  } catch {
    return `This system’s keychain does not answer; ${byKeyFile}`
  }
}

/** Null when the keychain refuses. */
export function wrapWithKeychain(keychain: Keychain | null, key: DataKey): string | null {
  if (!keychain || whyNotUsable(keychain) !== null) return null
  try {
    return keychain.encrypt(key.bytes.toString('base64url')).toString('base64url')
  } catch {
    return null
  }
}

/** Null when the keychain is not there, refuses, or is another than the one that wrapped the key. */
export function unwrapWithKeychain(keychain: Keychain | null, id: string, wrapped: string): DataKey | null {
  if (!keychain || whyNotUsable(keychain) !== null) return null
  try {
    const text = keychain.decrypt(Buffer.from(wrapped, 'base64url'))
    return checkedKey(id, Buffer.from(text, 'base64url'))
  } catch {
    return null
  }
}
