import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { type Provider } from '#shared/provider.ts'
import type { VaultStatus } from '#shared/vault.ts'
import { listProviders } from '../db/providers.ts'
import { getSecret, keepOnlySecrets, listAllSecrets, listSecrets, putSecret } from '../db/secrets.ts'
import type { Vault } from '../secrets/vault.ts'
import { neededSecretsOf, secretNamesOfProvider, type SecretHolder } from './stored-vendor.ts'

/** A secret's value, or `secret_missing` when it was never set or its key is lost, or `vault_locked`. */
export function openSecret(db: Database, vault: Vault, providerId: string, name: string): string {
  const row = getSecret(db, providerId, name)
  if (!row) throw new AppError('secret_missing', `The secret “${name}” has no value.`, { names: [name] })
  return vault.open(providerId, name, row.sealed)
}

/** The secrets of a draft: those typed in it, else those that are saved under its id. */
export function secretsOfDraft(
  db: Database,
  vault: Vault,
  { id, secrets }: { id: string; secrets: Record<string, string> },
): (name: string) => string {
  for (const value of Object.values(secrets)) vault.remember(value)
  return (name) => (Object.hasOwn(secrets, name) ? (secrets[name] ?? '') : openSecret(db, vault, id, name))
}

/**
 * Seals what was typed and forgets the secrets that the provider has no longer: those that neither its settings nor its
 * vendor name, and those of its vendor that were emptied.
 */
export function saveSecrets(
  db: Database,
  vault: Vault,
  provider: SecretHolder & { id: string; typed: Record<string, string> },
  now: number,
): void {
  const needed = neededSecretsOf(provider)
  const emptied = (name: string) =>
    !needed.has(name) && Object.hasOwn(provider.typed, name) && provider.typed[name] === ''
  const names = secretNamesOfProvider(provider).filter((name) => !emptied(name))
  for (const [name, value] of Object.entries(provider.typed)) {
    if (names.includes(name)) sealInto(db, vault, provider.id, name, value, now)
  }
  keepOnlySecrets(db, provider.id, names)
}

function sealInto(
  db: Database,
  vault: Vault,
  providerId: string,
  name: string,
  value: string,
  now: number,
): void {
  const sealed = vault.seal(providerId, name, value)
  putSecret(db, { provider_id: providerId, name, key_id: vault.keyIdOf(sealed), sealed, updated_at: now })
}

/** Seals every secret that can be read with the vault's current key, in the transaction of its caller. */
export function resealAll(db: Database, vault: Vault, now: number): void {
  for (const row of listAllSecrets(db)) {
    if (!vault.canOpen(row.sealed)) continue
    sealInto(db, vault, row.provider_id, row.name, vault.open(row.provider_id, row.name, row.sealed), now)
  }
}

/** The new provider gets the old one's secrets, sealed anew, as a sealed value belongs to its provider. */
export function copySecrets(db: Database, vault: Vault, from: string, to: string, now: number): void {
  for (const row of listSecrets(db, from)) {
    if (vault.canOpen(row.sealed))
      sealInto(db, vault, to, row.name, vault.open(from, row.name, row.sealed), now)
  }
}

export function secretStates(
  db: Database,
  vault: Vault,
  provider: SecretHolder & { id: string },
): Provider['secrets'] {
  const rows = new Map(listSecrets(db, provider.id).map((row) => [row.name, row]))
  const needed = neededSecretsOf(provider)
  const names = secretNamesOfProvider(provider).filter((name) => needed.has(name) || rows.has(name))
  return names.map((name) => {
    const row = rows.get(name)
    const state = row === undefined ? 'missing' : vault.canOpen(row.sealed) ? 'set' : 'unreadable'
    return { name, state }
  })
}

/** Secrets whose key is lost, by provider: they have to be entered again. */
export function listUnreadable(db: Database, vault: Vault): VaultStatus['unreadable'] {
  const names = new Map<string, string[]>()
  for (const row of listAllSecrets(db)) {
    if (vault.canOpen(row.sealed)) continue
    names.set(row.provider_id, [...(names.get(row.provider_id) ?? []), row.name])
  }
  return listProviders(db).flatMap(({ id, name }) => {
    const lost = names.get(id)
    return lost ? [{ providerId: id, providerName: name, names: lost }] : []
  })
}
