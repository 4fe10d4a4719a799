import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { ProviderImpact } from '#shared/provider-uses.ts'
import type { Catalogue } from '../catalogue/load.ts'
import { deletedMessages, deletionOf, extentOf } from '../db/delete-provider.ts'
import { forgetGroups } from '../db/groups.ts'
import { archiveProvider, forgetProviderVersion } from '../db/providers.ts'
import { figuresOf } from '../db/rollups/figures.ts'
import { listSecrets } from '../db/secrets.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import type { Sender } from '../messages/sender.ts'
import type { Handlers } from '../rpc.ts'
import { forgetSettings, mustGetProvider } from './provider-settings.ts'
import { secretLabels } from './secret-labels.ts'
import type { FindUses } from './uses.ts'

type OperationHandlers = Pick<Handlers, 'providers.impact' | 'providers.archive' | 'providers.delete'>

export interface OperationParts {
  stores: StoreHandle
  sender: Pick<Sender, 'closeFor' | 'countFor' | 'forget'>
  events: EventHub
  log: Log
  usesOf: FindUses
  catalogue: Pick<Catalogue, 'get'>
  now: () => number
}

export function operationHandlers(parts: OperationParts): OperationHandlers {
  const { stores, events, usesOf, catalogue, now } = parts
  return {
    'providers.impact': async ({ id }) => {
      const impact = stores.store.read((db) => impactOf(db, usesOf, id))
      const vendor = await catalogue.get(stores.store.read((db) => mustGetProvider(db, id).kind))
      return { ...impact, secrets: secretLabels(vendor, impact.secrets) }
    },
    'providers.archive': async ({ id }) => {
      await stores.store.write((db) => archiveProvider(db, mustGetProvider(db, id).id, now()))
      events.emit('providers.changed', { id })
      return null
    },
    'providers.delete': ({ id, name }) => deleteProvider(parts, id, name),
  }
}

function impactOf(db: Database, usesOf: FindUses, id: string): ProviderImpact {
  const row = mustGetProvider(db, id)
  return {
    id,
    name: row.name,
    archived: row.archived_at !== null,
    ...extentOf(db, id),
    figures: figuresOf(db, id),
    secrets: listSecrets(db, id).map((secret) => secret.name),
    uses: usesOf(db, id),
  }
}

/**
 * Nothing new goes out through it from the first moment on; then a backup is made; then all of it goes in one
 * transaction. Whatever fails leaves everything as it was.
 */
async function deleteProvider(parts: OperationParts, id: string, name: string) {
  const { stores, sender, events, log } = parts
  const reopen = sender.closeFor(id)
  try {
    stores.store.read((db) => mustBeDeletable(db, parts, id, name))
    const backup = await stores.backupAfresh()
    // Time has passed: another window may have done something meanwhile.
    stores.store.read((db) => mustBeDeletable(db, parts, id, name))
    const changes = deletionOf(id)
    const messages = deletedMessages(changes, await stores.change(changes))
    log.info('A provider was deleted', { id, messages, backup })
    stores.store.read((db) => forget(db, id))
    sender.forget(id)
    events.emit('providers.changed', { id })
    // Its messages are gone from every list and page, and its name from those that stay.
    events.emit('host.resync', null)
    return { messages, backup }
  } finally {
    reopen()
  }
}

function mustBeDeletable(db: Database, { usesOf }: OperationParts, id: string, name: string): void {
  const row = mustGetProvider(db, id)
  if (row.name !== name.trim()) {
    const message = `Type the provider’s name as it is written: ${row.name}`
    throw new AppError('invalid_input', message, { issues: [{ path: 'name', message }] })
  }
  if (usesOf(db, id).some((use) => use.kind === 'on_their_way'))
    throw new AppError(
      'provider_busy',
      'Messages are on their way through this provider. Wait until they are finished, or cancel them, then delete it.',
    )
}

function forget(db: Database, id: string): void {
  forgetProviderVersion(db, id)
  forgetGroups(db)
  forgetSettings(db, id)
}
