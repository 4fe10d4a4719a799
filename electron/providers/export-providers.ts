import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import {
  longestProviderFile,
  providerFileFormat,
  providerFileVersion,
  type ExportResult,
  type FileProvider,
  type ProviderFile,
} from '#shared/provider-file.ts'
import { secretsIn } from '#shared/placeholders.ts'
import { genericKind } from '#shared/provider.ts'
import { soundsSecret } from '#shared/secret-names.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { listProviders, type ProviderRow } from '../db/providers.ts'
import { listSecrets } from '../db/secrets.ts'
import type { Vault } from '../secrets/vault.ts'
import { sealForFile, type SecretValues } from './file-secrets.ts'
import { openSecret } from './provider-secrets.ts'
import { mustGetProvider, wholeSettingsOf } from './provider-settings.ts'
import { storedVendorOf } from './stored-vendor.ts'

export interface Gathered {
  providers: FileProvider[]
  values: SecretValues
  left: ExportResult['left']
}

/** Null asks for all of them. Throws `not_found` and, where secrets are wanted, `vault_locked`. */
export function gatherForExport(
  db: Database,
  vault: Vault,
  ids: readonly string[] | null,
  withSecrets: boolean,
): Gathered {
  const rows = ids ? [...new Set(ids)].map((id) => mustGetProvider(db, id)) : listProviders(db)
  if (rows.length === 0) throw new AppError('not_found', 'There is no provider to export.')
  const values: [string, Record<string, string>][] = []
  const left: Gathered['left'] = []
  for (const { id, name } of withSecrets ? rows : []) {
    const secrets = listSecrets(db, id)
    const readable = secrets.filter(({ sealed }) => vault.canOpen(sealed))
    values.push([
      id,
      Object.fromEntries(readable.map((secret) => [secret.name, openSecret(db, vault, id, secret.name)])),
    ])
    const names = secrets.filter((secret) => !readable.includes(secret)).map((secret) => secret.name)
    if (names.length > 0) left.push({ provider: name, names })
  }
  const providers = rows.map((row) => ({
    id: row.id,
    name: row.name,
    ...vendorFor(row),
    settings: wholeSettingsOf(db, row),
  }))
  return { providers, values: Object.fromEntries(values), left }
}

/** A Generic provider's part of the file is as it always was, so that older programs read it. */
function vendorFor(row: ProviderRow): Pick<FileProvider, 'kind' | 'vendor'> {
  const vendor = storedVendorOf(row)
  if (!vendor) return { kind: genericKind }
  const { api, fields, simulated, own } = vendor
  return { kind: row.kind, vendor: { api, fields, simulated, own } }
}

/** Throws `invalid_input` when the file would be too long to be imported again. */
export async function writeProviderFile(
  { providers, values, left }: Gathered,
  passphrase: string | null,
  now: number,
): Promise<ExportResult> {
  const file: ProviderFile = {
    format: providerFileFormat,
    version: providerFileVersion,
    exportedAt: new Date(now).toISOString(),
    providers,
    secrets: passphrase === null ? null : await sealForFile(passphrase, providers, values),
  }
  const text = `${JSON.stringify(file, null, 1)}\n`
  if (text.length > longestProviderFile)
    throw new AppError(
      'invalid_input',
      'The file would be too long to be imported again. Export fewer at once.',
    )
  const plain = providers
    .map((provider) => ({ provider: provider.name, names: plainNames(provider) }))
    .filter(({ names }) => names.length > 0)
  return { fileName: fileNameOf(providers, now), text, count: providers.length, left, plain }
}

function fileNameOf(providers: FileProvider[], now: number): string {
  const [only] = providers
  const about = providers.length === 1 && only ? only.name : 'providers'
  const safe =
    about
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'provider'
  return `${safe}-${new Date(now).toISOString().slice(0, 10)}.json`
}

/**
 * Fields that are typed in clear though their names tell of a secret. What of a vendor's request is secret its entry
 * knows, and nobody else can change.
 */
function plainNames({ vendor, settings }: FileProvider): string[] {
  const { proxy } = settings.connection
  const fields = vendor ? [] : requestFields(settings)
  if (proxy.kind === 'manual') fields.push(['proxy password', proxy.password])
  return fields
    .filter(([, value]) => value !== '' && !value.includes('$$') && secretsIn([value]).size === 0)
    .map(([name]) => name)
}

function requestFields({ auth, headers, parameters }: ProviderSettings): [name: string, value: string][] {
  const rows = [...headers, ...(parameters.kind === 'form' ? parameters.rows : [])]
  const fields = rows
    .filter(({ name }) => soundsSecret(name))
    .map(({ name, value }): [string, string] => [name, value])
  if (auth.kind === 'basic') fields.push(['password', auth.password])
  if (auth.kind === 'bearer') fields.push(['token', auth.token])
  if (auth.kind === 'oauth2') fields.push(['client secret', auth.clientSecret])
  return fields
}
