import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { FileProvider, ImportChoice, ImportResult, PlannedProvider } from '#shared/provider-file.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { findProviderByName, getProvider } from '../db/providers.ts'
import { keepOnlySecrets } from '../db/secrets.ts'
import type { Vault } from '../secrets/vault.ts'
import type { SecretValues } from './file-secrets.ts'
import { madeFromFile } from './file-vendor.ts'
import { freeName, writeProvider } from './handlers.ts'
import { secretStates } from './provider-secrets.ts'
import { settingsOf } from './provider-settings.ts'
import { planOf, type ReadFile } from './read-file.ts'
import { secretLabels } from './secret-labels.ts'

export interface ImportOrder {
  read: ReadFile
  values: SecretValues
  /** By id in the file. */
  choices: Record<string, ImportChoice>
  /** Those that the file names and the catalogue has. */
  vendors: ReadonlyMap<string, Vendor>
  simulator: string
  now: number
}

/** Writes what was chosen, in the transaction of its caller. Throws `invalid_input` while a clash is undecided. */
export function importProviders(db: Database, vault: Vault, order: ImportOrder): ImportResult {
  const result: ImportResult = { added: [], replaced: [], skipped: [], missing: [], notes: [] }
  const plan = planOf(db, order.read)
  refuseUndecided(plan, order.choices)
  order.read.file.providers.forEach((provider, index) => {
    const planned = plan[index]
    if (planned) importOne(db, vault, order, { provider, planned, result })
  })
  return result
}

function refuseUndecided(plan: PlannedProvider[], choices: Record<string, ImportChoice>): void {
  const issues = plan.flatMap((planned) => {
    const message = whyUndecided(planned, choiceFor(choices, planned))
    return message === null ? [] : [{ path: `choices.${planned.id}`, message }]
  })
  if (issues[0]) throw new AppError('invalid_input', issues[0].message, { issues })
}

function whyUndecided({ clash, name }: PlannedProvider, choice: ImportChoice): string | null {
  if (!clash) return null
  if (choice === 'add')
    return `“${name}” is here already. Choose whether to keep both, to replace it, or to skip it.`
  return choice === 'replace' && clash.archived ? `“${clash.name}” is archived and cannot be replaced.` : null
}

function choiceFor(choices: Record<string, ImportChoice>, { id }: PlannedProvider): ImportChoice {
  return Object.hasOwn(choices, id) ? (choices[id] ?? 'add') : 'add'
}

interface One {
  provider: FileProvider
  planned: PlannedProvider
  result: ImportResult
}

function importOne(db: Database, vault: Vault, order: ImportOrder, { provider, planned, result }: One): void {
  const choice = choiceFor(order.choices, planned)
  if (choice === 'skip') {
    result.skipped.push(provider.name)
    return
  }
  const replaced = choice === 'replace' ? planned.clash?.providerId : undefined
  // Looked at again, as one that was imported a moment ago may have taken the id or the name.
  const id = replaced ?? (getProvider(db, provider.id) ? randomUUID() : provider.id)
  const taken = findProviderByName(db, provider.name)
  const name = taken && taken.id !== id ? freeName(db, provider.name) : provider.name
  const secrets = Object.hasOwn(order.values, provider.id) ? (order.values[provider.id] ?? {}) : {}
  const { note, ...made } = madeFromFile(provider, order, secrets)
  if (replaced !== undefined) dropSecretsUnlessSameServers(db, replaced, made.settings)
  writeProvider(db, vault, { id, name, ...made, secrets }, order.now)
  result[replaced === undefined ? 'added' : 'replaced'].push(name)
  if (note !== null) result.notes.push({ provider: name, note })
  const missing = secretStates(db, vault, { id, ...made }).filter(({ state }) => state !== 'set')
  if (missing.length === 0) return
  const vendor = made.vendor && order.vendors.get(made.kind)
  const names = missing.map((secret) => secret.name)
  result.missing.push({ provider: name, names: secretLabels(vendor, names) })
}

/** A stranger's file must not have the secrets that are here sent to a server of its own. */
function dropSecretsUnlessSameServers(db: Database, id: string, settings: ProviderSettings): void {
  const row = getProvider(db, id)
  if (row && serversOf(settingsOf(db, row)) === serversOf(settings)) return
  keepOnlySecrets(db, id, [])
}

function serversOf({ endpoint, auth, connection: { proxy, authorities } }: ProviderSettings): string {
  const origin = (address: string) => /^https?:\/\/[^/?#]*/i.exec(address)?.[0].toLowerCase() ?? address
  return JSON.stringify([
    origin(endpoint),
    auth.kind === 'oauth2' ? origin(auth.tokenUrl) : '',
    proxy.kind === 'manual' ? origin(proxy.address) : proxy.kind,
    authorities.trim(),
  ])
}
