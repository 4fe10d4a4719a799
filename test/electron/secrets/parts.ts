import { createHash } from 'node:crypto'
import { openVault, type Keychain, type Vault, type VaultOptions } from '../../../electron/secrets/vault.ts'
import { listeningLog } from '../db/fixtures/workspace.ts'

/** A keychain of its own key, which counts how often it is asked. */
export function fakeKeychain(name: string, backend = 'gnome_libsecret'): Keychain & { asked: number } {
  const pad = createHash('sha512').update(name).digest()
  const mix = (bytes: Buffer) =>
    Buffer.from(bytes.map((byte, index) => byte ^ (pad[index % pad.length] ?? 0)))
  return {
    asked: 0,
    available: () => true,
    backend: () => backend,
    encrypt: (text) => Buffer.concat([Buffer.from(name), mix(Buffer.from(text))]),
    decrypt(sealed) {
      this.asked += 1
      if (!sealed.subarray(0, name.length).equals(Buffer.from(name)))
        throw new Error('Another keychain has sealed this.')
      return mix(sealed.subarray(name.length)).toString()
    },
  }
}

/** With costs that a test can afford. */
export function vaultIn(folder: string, options: Partial<VaultOptions> = {}): Vault {
  return openVault(folder, { keychain: null, log: listeningLog(), costs: { N: 16, r: 1, p: 1 }, ...options })
}

/** Secrets as the store keeps them, and the function that seals them anew. */
export function sealedRows(vault: Vault, values: Record<string, string>) {
  const rows = new Map(Object.entries(values).map(([name, value]) => [name, vault.seal('p', name, value)]))
  const reseal = () => {
    for (const [name, sealed] of rows) rows.set(name, vault.seal('p', name, vault.open('p', name, sealed)))
  }
  return { rows, reseal }
}
