import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { emptySettings } from '#shared/settings.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { secretReference } from '#shared/placeholders.ts'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { findProviderByName } from '../db/providers.ts'
import { getSecret } from '../db/secrets.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import type { Sender } from '../messages/sender.ts'
import { freeName, writeProvider } from '../providers/handlers.ts'
import type { WholeInput } from '../providers/vendor-input.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { simulatedToken } from '../simulator/generic-provider.ts'
import type { Simulator } from '../simulator/simulator.ts'

export interface TourParts {
  stores: StoreHandle
  vault: Vault
  events: EventHub
  sender: Sender
  simulator: Simulator
  /** Where the simulator's receipts go. */
  startListener: () => Promise<unknown>
  log: Log
  now: () => number
}

const tourName = 'Simulated provider'
const tourNumber = '+15005550006'
const tourText = 'Hello from SMS Workbench. This message never left this machine.'

/** Starts simulator and listener, makes (or mends) a provider that points at it, and sends a first message. */
export function tourHandlers(parts: TourParts): Pick<Handlers, 'tour.start'> {
  return {
    'tour.start': async () => {
      const { address } = await parts.simulator.start()
      // Without it all works but the receipts, and the message says so.
      await parts
        .startListener()
        .catch((error: unknown) => parts.log.warn('The listener did not start for the tour', { error }))
      const id = await parts.stores.store.write((db) =>
        ensureProvider(db, parts, `${address}${genericSimulatorPath}`),
      )
      parts.events.emit('providers.changed', { id })
      const story = await parts.sender.send({
        key: randomUUID(),
        provider: { kind: 'saved', id },
        to: tourNumber,
        country: null,
        text: tourText,
        values: {},
        test: true,
      })
      return { providerId: id, messageId: story.id }
    },
  }
}

/** A second tour uses the first one's provider again, at the address where the simulator listens now. */
function ensureProvider(db: Database, { vault, now }: TourParts, endpoint: string): string {
  const found = findProviderByName(db, tourName)
  const existing = found?.archived_at === null ? found : undefined
  const name = found && !existing ? freeName(db, tourName) : tourName
  const input = { ...tourProvider(existing?.id ?? randomUUID(), endpoint), name }
  const kept = existing && secretNamesOf(input.settings).every((one) => getSecret(db, existing.id, one))
  writeProvider(db, vault, kept ? { ...input, secrets: {} } : input, now())
  return input.id
}

function tourProvider(id: string, endpoint: string): WholeInput {
  const rows = [
    { name: 'to', value: '$$To', enabled: true },
    { name: 'from', value: '$$From', enabled: true },
    { name: 'text', value: '$$Body', enabled: true },
    { name: 'reference', value: '$$MessageID', enabled: true },
  ]
  return {
    id,
    name: tourName,
    kind: 'generic',
    vendor: null,
    settings: {
      ...emptySettings(),
      endpoint,
      from: 'WORKBENCH',
      auth: { kind: 'bearer', token: secretReference('token') },
      parameters: { kind: 'form', rows },
      success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'status', equals: 'queued' } },
      reading: { messageId: 'id', errorCode: 'code', errorText: 'message' },
    },
    secrets: { token: simulatedToken },
  }
}
