import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { genericKind, type Provider, type ProviderInput, type ProviderSummary } from '#shared/provider.ts'
import {
  countProviders,
  findProviderByName,
  getProviderVersion,
  saveProvider,
  setDefaultProvider,
} from '../db/providers.ts'
import { forgetOutcomes } from '../db/health.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { checkConnection } from './check-connection.ts'
import { copySecrets, openSecret, saveSecrets } from './provider-secrets.ts'
import { archivedError, mustGetActive, mustGetProvider } from './provider-settings.ts'
import { isSimulated, listSummaries, providerOf } from './provider-view.ts'
import { secretLabels } from './secret-labels.ts'
import { vendorOf, wholeInput, type VendorParts, type WholeInput } from './vendor-input.ts'

type ProviderHandlers = Pick<
  Handlers,
  | 'providers.list'
  | 'providers.get'
  | 'providers.save'
  | 'providers.duplicate'
  | 'providers.setDefault'
  | 'providers.revealSecret'
>

export interface ProviderParts extends VendorParts {
  stores: StoreHandle
  vault: Vault
  events: EventHub
  now: () => number
}

export function providerHandlers(parts: ProviderParts): ProviderHandlers {
  const { stores, vault, events, now, catalogue, simulator } = parts
  const read = <T>(work: (db: Database) => T): T => stores.store.read(work)
  const changed = (id: string) => events.emit('providers.changed', { id })

  const save = async (input: ProviderInput): Promise<Provider> => {
    checkConnection(input.settings)
    const vendor = await vendorOf(catalogue, input.kind)
    const provider = await stores.store.write((db) => {
      writeProvider(db, vault, wholeInput(db, input, vendor, { simulator: simulator() }), now())
      return providerOf(db, vault, mustGetProvider(db, input.id))
    })
    changed(input.id)
    return provider
  }

  const duplicate = async ({ id }: { id: string }): Promise<Provider> => {
    const copyId = randomUUID()
    const copy = await stores.store.write((db) => {
      const row = mustGetProvider(db, id)
      const name = freeName(db, row.name)
      saveProvider(db, { ...row, id: copyId, name, now: now() })
      copySecrets(db, vault, id, copyId, now())
      return providerOf(db, vault, mustGetProvider(db, copyId))
    })
    changed(copyId)
    return copy
  }

  const setDefault = async ({ id }: { id: string }) => {
    await stores.store.write((db) => setDefaultProvider(db, mustGetActive(db, id).id))
    changed(id)
    return null
  }

  /** Entries of vendors are read for those alone whose secrets have to be entered again. */
  const withLabels = async (summary: ProviderSummary): Promise<ProviderSummary> => {
    const { kind, missingSecrets } = summary
    if (missingSecrets.length === 0 || kind === genericKind) return summary
    return { ...summary, missingSecrets: secretLabels(await catalogue.get(kind), missingSecrets) }
  }

  return {
    'providers.list': () => Promise.all(read((db) => listSummaries(db, vault, now())).map(withLabels)),
    'providers.get': ({ id }) => read((db) => providerOf(db, vault, mustGetProvider(db, id))),
    'providers.save': save,
    'providers.duplicate': duplicate,
    'providers.setDefault': setDefault,
    'providers.revealSecret': ({ id, name }) => ({ value: read((db) => openSecret(db, vault, id, name)) }),
  }
}

/** Writes a provider with its secrets, in the transaction of its caller. The first one becomes the default. */
export function writeProvider(db: Database, vault: Vault, input: WholeInput, now: number): void {
  if (getProviderVersion(db, input.id)?.archived_at) throw archivedError()
  refuseIfChanged(db, input)
  const taken = findProviderByName(db, input.name)
  if (taken && taken.id !== input.id) {
    const message = `Another provider is called “${taken.name}”. Choose another name.`
    throw new AppError('name_taken', message, { issues: [{ path: 'name', message }] })
  }
  const isFirst = countProviders(db) === 0
  const { id, name, kind, settings, vendor } = input
  const simulated = isSimulated(input) ? 1 : 0
  if (getProviderVersion(db, id)?.simulated === 1 - simulated) forgetOutcomes(db, id)
  saveProvider(db, {
    id,
    name,
    kind,
    settings: JSON.stringify(settings),
    vendor: vendor && JSON.stringify(vendor),
    simulated,
    now,
  })
  saveSecrets(db, vault, { id, settings, vendor, typed: input.secrets }, now)
  if (isFirst) setDefaultProvider(db, id)
}

/** Who edited a version that is no longer the stored one is told, instead of undoing what another window saved. */
function refuseIfChanged(db: Database, { id, basedOn }: WholeInput): void {
  if (basedOn === undefined || mustGetProvider(db, id).updated_at === basedOn) return
  throw new AppError('changed_elsewhere', 'The provider was changed since these settings were read.')
}

/** The first free of "name (copy)", "name (copy 2)" and so on. */
export function freeName(db: Database, name: string): string {
  const base = `${name.slice(0, 100)} (copy`
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? `${base})` : `${base} ${number})`
    if (!findProviderByName(db, candidate)) return candidate
  }
}
