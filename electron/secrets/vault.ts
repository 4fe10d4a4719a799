import { AppError } from '#shared/errors.ts'
import type { VaultStatus } from '#shared/vault.ts'
import type { Log } from '../log.ts'
import type { Keychain } from './keychain.ts'
import { Keyring, lockedError } from './keyring.ts'
import { usualCosts, type ScryptCosts } from './passphrase.ts'
import { Redaction } from './redaction.ts'
import { keyIdOf, openText, sealText, type DataKey } from './sealing.ts'

export type { Keychain } from './keychain.ts'

export interface VaultOptions {
  /** Null where the host cannot reach one. */
  keychain: Keychain | null
  /** What the host was started with; tried when it is first needed. */
  passphrase?: string | null
  log: Log
  redaction?: Redaction
  costs?: ScryptCosts
}

/** Seals every secret that can be opened with the current key, in one transaction. */
export type Reseal = () => void

/** Reads nothing and asks no keychain before the first secret, or `status`, is asked for. */
export function openVault(folder: string, options: VaultOptions): Vault {
  return new Vault(folder, options)
}

/** Seals and opens secrets, each bound to its provider and name. The sealed values are kept by the caller. */
export class Vault {
  private readonly keyring: Keyring
  private readonly redaction: Redaction
  private readonly costs: ScryptCosts

  constructor(folder: string, { keychain, passphrase = null, log, redaction, costs }: VaultOptions) {
    this.keyring = new Keyring(folder, { keychain, passphrase, log })
    this.redaction = redaction ?? new Redaction()
    this.costs = costs ?? usualCosts
  }

  status(): Omit<VaultStatus, 'unreadable'> {
    const current = this.keyring.current()
    const reached = current ? this.keyring.reach(current.id).state : 'lost'
    const kind = current && reached !== 'lost' ? current.kind : this.keyring.kindToMake()
    return { kind, state: reached === 'locked' ? 'locked' : 'open', reason: this.reasonFor(kind) }
  }

  /** Makes a key where there is none that can be had. Throws `vault_locked`, and the file system's errors. */
  seal(providerId: string, name: string, text: string): string {
    const key = this.sealingKey()
    this.redaction.remember(text)
    return sealText(key, placeOf(providerId, name), text)
  }

  /** Throws `vault_locked`, and `secret_missing` when the key is lost or the value was tampered with. */
  open(providerId: string, name: string, sealed: string): string {
    const reached = this.keyring.reach(keyIdOf(sealed))
    if (reached.state === 'locked') throw lockedError()
    const text = reached.state === 'open' ? openText(reached.key, placeOf(providerId, name), sealed) : null
    if (text === null) throw unreadable(name)
    this.redaction.remember(text)
    return text
  }

  /** False when the key is lost, so that the value has to be entered again. While locked it is true. */
  canOpen(sealed: string): boolean {
    return this.keyring.reach(keyIdOf(sealed)).state !== 'lost'
  }

  keyIdOf(sealed: string): string {
    return keyIdOf(sealed)
  }

  /** Throws `wrong_passphrase`. */
  async unlock(passphrase: string): Promise<void> {
    const current = this.keyring.current()
    if (current?.kind !== 'passphrase') return
    await this.keyring.unlock(current, passphrase)
    // Finishes what a crash may have cut short.
    this.keyring.retireOlder()
  }

  /**
   * Makes a key under the passphrase, has every secret sealed with it, and removes the key file. Whatever `reseal` throws
   * is thrown on, and all is as before. Throws `vault_locked`.
   */
  async protect(passphrase: string, reseal: Reseal): Promise<void> {
    this.mustBeOpen()
    const prepared = await this.keyring.prepare(passphrase, this.costs)
    this.replaceKey(() => this.keyring.appendPassphrase(prepared), reseal)
  }

  /** Goes back to the keychain or the key file. Throws as `protect` does. */
  unprotect(reseal: Reseal): void {
    this.mustBeOpen()
    if (this.keyring.current()?.kind !== 'passphrase') return
    this.replaceKey(() => this.keyring.make(), reseal)
  }

  /**
   * Goes on without the passphrase: a new key is made, and what was sealed under the old one has to be entered again.
   * Does nothing unless the vault is locked.
   */
  forgetPassphrase(): void {
    const current = this.keyring.current()
    if (current?.kind !== 'passphrase' || this.keyring.reach(current.id).state !== 'locked') return
    this.keyring.forget(current)
    this.keyring.make()
  }

  /** Has a text that is as good as a secret taken out of what is written. */
  remember(text: string): void {
    this.redaction.remember(text)
  }

  /** As `remember` does, for what comes anew all the time, such as access tokens and `user:password` as sent. */
  rememberForNow(text: string): void {
    this.redaction.rememberForNow(text)
  }

  /** For what was remembered for now. */
  forget(text: string): void {
    this.redaction.forget(text)
  }

  /** Replaces every value that was sealed or opened in this process, however it is escaped, by `[secret]`. */
  redact(text: string): string {
    return this.redaction.redact(text)
  }

  private replaceKey(make: () => DataKey, reseal: Reseal): void {
    const { id } = make()
    try {
      reseal()
    } catch (error) {
      this.keyring.drop(id)
      throw error
    }
    this.keyring.retireOlder()
  }

  private sealingKey(): DataKey {
    const current = this.keyring.current()
    if (!current) return this.keyring.make()
    const reached = this.keyring.reach(current.id)
    if (reached.state === 'locked') throw lockedError()
    return reached.state === 'open' ? reached.key : this.keyring.make()
  }

  private mustBeOpen(): void {
    const current = this.keyring.current()
    if (current && this.keyring.reach(current.id).state === 'locked') throw lockedError()
  }

  private reasonFor(kind: VaultStatus['kind']): string | null {
    if (kind === 'keychain') return null
    if (kind === 'passphrase') return 'Secrets are protected by a passphrase instead.'
    return (
      this.keyring.whyNoKeychain() ??
      'Secrets were first sealed where no keychain could be used; they are protected by a key file that only this user can read.'
    )
  }
}

/** A provider's id holds no slash, so two places are never written alike. */
function placeOf(providerId: string, name: string): string {
  return `${providerId}/${name}`
}

function unreadable(name: string): AppError {
  return new AppError('secret_missing', `The secret “${name}” cannot be read any more. Enter it again.`, {
    names: [name],
  })
}
