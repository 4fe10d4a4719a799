import type { Database } from 'better-sqlite3'
import type { Bundle } from '#shared/bundle/format.ts'
import { genericKind } from '#shared/provider.ts'
import { listKeys } from '../db/incoming/callback-addresses.ts'
import { listAllSecrets } from '../db/secrets.ts'
import { Redaction } from '../secrets/redaction.ts'
import type { Vault } from '../secrets/vault.ts'
import { mapTexts } from './map-texts.ts'
import { fieldsIn, plainSecretsOf, plainSecretsSent } from './named-secrets.ts'

const mask = '[secret]'
const secretHeader = /^(?:authorization|proxy-authorization|cookie|set-cookie)$/i
/** A callback's other names that sound like a secret are mostly ids. */
const secretField = /token|secret|passw|pwd|api[-_ ]?key|authorization|credential/i

/**
 * Takes every value of a secret out of a bundle: all that the vault holds, whoever's, those that were typed in clear, and
 * the keys of the addresses for callbacks. `removed`: in how many texts one stood. Throws `vault_locked`.
 */
export function takeOutSecrets(
  db: Database,
  vault: Vault,
  bundle: Bundle,
): { bundle: Bundle; removed: number } {
  const redaction = new Redaction()
  for (const { provider_id, name, sealed } of listAllSecrets(db))
    if (vault.canOpen(sealed)) redaction.remember(vault.open(provider_id, name, sealed))
  for (const key of listKeys(db)) redaction.remember(key)
  for (const value of plainSecrets(bundle)) redaction.remember(value)
  let removed = 0
  const count = (before: string, after: string) => {
    if (before !== after) removed += 1
    return after
  }
  const clean = mapTexts(bundle, (text) => count(text, redaction.redact(vault.redact(text))))
  for (const { headers } of headersOf(clean))
    for (const header of headers) if (secretHeader.test(header.name)) header.value = count(header.value, mask)
  return { bundle: clean, removed }
}

function headersOf({ attempts, callbacks }: Bundle): { headers: { name: string; value: string }[] }[] {
  return [...attempts.flatMap(({ response }) => response ?? []), ...callbacks]
}

function plainSecrets(bundle: Bundle): string[] {
  const { message, providers, attempts, callbacks } = bundle
  // A vendor's request names accounts as it names keys; its secrets are all in the vault.
  const generic = providers.filter(({ kind }) => kind === genericKind)
  const isGeneric = (id: string | null) => generic.some((provider) => provider.id === id)
  const found = [
    ...generic.flatMap(({ settings }) => plainSecretsOf(settings)),
    ...attempts.filter(({ providerId }) => isGeneric(providerId)).flatMap(plainSecretsSent),
    ...callbacks.flatMap(({ target, body }) =>
      [target, 'text' in body ? body.text : '']
        .flatMap(fieldsIn)
        .flatMap(([name, value]) => (secretField.test(name) ? [value] : [])),
    ),
  ]
  const known = new Set([message.id, message.to, message.text, message.from, message.providerMessageId])
  for (const value of Object.values(message.values)) known.add(value)
  return found.flatMap((value) => [value, unescaped(value)]).filter((value) => !known.has(value))
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}
