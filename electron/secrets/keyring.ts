import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { VaultKind } from '#shared/vault.ts'
import type { Log } from '../log.ts'
import { KeyFile } from './key-file.ts'
import { unwrapWithKeychain, whyNotUsable, wrapWithKeychain, type Keychain } from './keychain.ts'
import { readKeyring, writeKeyring, type KeyEntry, type PassphraseEntry } from './keyring-file.ts'
import {
  unwrapWithPassphrase,
  unwrapWithPassphraseNow,
  wrapWithPassphrase,
  type PassphraseWrapping,
  type ScryptCosts,
} from './passphrase.ts'
import { newDataKey, unwrapKey, wrapKey, type DataKey } from './sealing.ts'

export type KeyReach = { state: 'open'; key: DataKey } | { state: 'locked' } | { state: 'lost' }

export interface KeyringParts {
  keychain: Keychain | null
  passphrase: string | null
  log: Log
}

const lost: KeyReach = { state: 'lost' }

/** The keys of a workspace, of which the newest seals and all open. Nothing is read before it is needed. */
export class Keyring {
  private entries: KeyEntry[] | null = null
  private readonly reached = new Map<string, KeyReach>()
  private readonly path: string
  private readonly keyFile: KeyFile
  private readonly keychain: Keychain | null
  private given: string | null
  private readonly log: Log

  /** `passphrase` is what the host was started with; it is tried when it is first needed. */
  constructor(folder: string, { keychain, passphrase, log }: KeyringParts) {
    this.path = join(folder, 'vault.json')
    this.keyFile = new KeyFile(join(folder, 'vault.key'), log)
    this.keychain = keychain
    this.given = passphrase
    this.log = log
  }

  /** The newest key that was not replaced by a later one. */
  current(): Exclude<KeyEntry, { kind: 'retired' }> | null {
    return this.all().findLast((entry) => entry.kind !== 'retired') ?? null
  }

  reach(id: string): KeyReach {
    const known = this.reached.get(id)
    if (known) return known
    // A key that cannot be had is not looked for again: some keychains ask their user each time. Set beforehand, so
    // that keys which wrap each other in a circle are lost as well.
    this.reached.set(id, lost)
    const entry = this.all().find((one) => one.id === id)
    // Without its entry, as after the keyring was damaged, a key may still lie in the key file.
    const found = entry ? this.unwrap(entry) : reachOf(this.readKeyFile(id))
    if (found.state === 'locked') this.reached.delete(id)
    else this.reached.set(id, found)
    return found
  }

  /** Which kind a new key would be of. */
  kindToMake(): VaultKind {
    return whyNotUsable(this.keychain) === null ? 'keychain' : 'key file'
  }

  whyNoKeychain(): string | null {
    return whyNotUsable(this.keychain)
  }

  /** Makes a key in the keychain, or in the key file where that cannot be had. It is the current one from then on. */
  make(): DataKey {
    const key = newDataKey()
    const common = { id: key.id, createdAt: Date.now() }
    const wrapped = wrapWithKeychain(this.keychain, key)
    if (wrapped === null) this.keyFile.add(key)
    return this.append(
      wrapped === null ? { ...common, kind: 'key file' } : { ...common, kind: 'keychain', wrapped },
      key,
    )
  }

  /** Wraps a key under the passphrase, which takes its time, for `appendPassphrase`. */
  async prepare(
    passphrase: string,
    costs: ScryptCosts,
  ): Promise<{ key: DataKey; wrapping: PassphraseWrapping }> {
    const key = newDataKey()
    return { key, wrapping: await wrapWithPassphrase(passphrase, key, costs) }
  }

  appendPassphrase({ key, wrapping }: { key: DataKey; wrapping: PassphraseWrapping }): DataKey {
    return this.append({ id: key.id, createdAt: Date.now(), kind: 'passphrase', ...wrapping }, key)
  }

  /** Takes back a key under which nothing was sealed. */
  drop(id: string): void {
    this.save(this.all().filter((entry) => entry.id !== id))
    this.reached.delete(id)
    this.tidyKeyFile()
  }

  /** Gives up a key whose passphrase nobody knows any more. Its entry stays. */
  forget(entry: PassphraseEntry): void {
    this.save(this.all().map((one) => (one === entry ? { ...entry, forgotten: true } : one)))
  }

  /** Throws `wrong_passphrase`. */
  async unlock(entry: PassphraseEntry, passphrase: string): Promise<void> {
    const key = await unwrapWithPassphrase(passphrase, entry.id, entry)
    if (!key) throw new AppError('wrong_passphrase', 'That is not the passphrase of this workspace.')
    this.reached.set(key.id, { state: 'open', key })
  }

  /**
   * Wraps the older keys that can be reached under the current one and removes the key file, so that from then on only
   * the current key protects what they have sealed. Keys that are lost stay as they are, should they come back.
   */
  retireOlder(): void {
    const current = this.current()
    const reached = current && this.reach(current.id)
    if (reached?.state !== 'open') return
    this.save(this.all().map((entry) => (entry === current ? entry : this.retired(entry, reached.key))))
    this.tidyKeyFile()
  }

  private tidyKeyFile(): void {
    const used = this.all().filter((entry) => entry.kind === 'key file')
    this.keyFile.keepOnly(used.map(({ id }) => id))
  }

  private retired(entry: KeyEntry, under: DataKey): KeyEntry {
    const reached = this.reach(entry.id)
    if (reached.state !== 'open') return entry
    const { id, createdAt } = entry
    return { id, createdAt, kind: 'retired', under: under.id, wrapped: wrapKey(under.bytes, reached.key) }
  }

  private unwrap(entry: KeyEntry): KeyReach {
    if (entry.kind === 'passphrase') return this.tryGiven(entry)
    if (entry.kind === 'keychain') return reachOf(unwrapWithKeychain(this.keychain, entry.id, entry.wrapped))
    if (entry.kind === 'key file') return reachOf(this.readKeyFile(entry.id))
    const under = this.reach(entry.under)
    return under.state === 'open' ? reachOf(unwrapKey(under.key.bytes, entry.id, entry.wrapped)) : under
  }

  private tryGiven(entry: PassphraseEntry): KeyReach {
    const closed: KeyReach = entry.forgotten ? lost : { state: 'locked' }
    if (this.given === null) return closed
    const key = unwrapWithPassphraseNow(this.given, entry.id, entry)
    if (key) return { state: 'open', key }
    this.given = null
    this.log.warn('The passphrase that the workbench was started with is not the one of this workspace')
    return closed
  }

  private readKeyFile(id: string): DataKey | null {
    try {
      return this.keyFile.read(id)
    } catch (error) {
      this.log.error('The key file cannot be read', { error })
      return null
    }
  }

  private append(entry: KeyEntry, key: DataKey): DataKey {
    this.save([...this.all(), entry])
    this.reached.set(key.id, { state: 'open', key })
    return key
  }

  private all(): KeyEntry[] {
    this.entries ??= readKeyring(this.path, this.log)
    return this.entries
  }

  private save(entries: KeyEntry[]): void {
    writeKeyring(this.path, entries)
    this.entries = entries
  }
}

function reachOf(key: DataKey | null): KeyReach {
  return key ? { state: 'open', key } : lost
}

export function lockedError(): AppError {
  return new AppError('vault_locked', 'The secrets are locked. Enter the passphrase to use them.')
}
