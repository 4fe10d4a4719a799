import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { BundleSummary, ReplayPace } from '#shared/bundle/bundle-commands.ts'
import { AppError } from '#shared/errors.ts'
import type { MessageStory } from '#shared/message.ts'
import type { Callbacks } from '../callbacks/callbacks.ts'
import type { Catalogue } from '../catalogue/load.ts'
import { vendorsOfFile } from '../providers/file-vendor.ts'
import { deleteBundle, findBundleBySum, getBundle, insertBundle, setBundleParts } from '../db/bundles.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Sender } from '../messages/sender.ts'
import { mustGetMessage } from '../messages/runs.ts'
import { storyOf } from '../messages/story.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import type { Simulator } from '../simulator/simulator.ts'
import { storedOf, storyOfBundle, summaryOfBundle, type StoredBundle } from './bundle-view.ts'
import { makeProviders } from './make-providers.ts'
import { readBundle } from './read-bundle.ts'
import { replayCallbacks, replayInput, Scripts } from './replay.ts'
import { scriptOf } from './script.ts'
import { BundleSummaries } from './summaries.ts'
import { exportBundle } from './write-bundle.ts'

export interface BundlesParts {
  stores: StoreHandle
  vault: Vault
  catalogue: Catalogue
  simulator: Pick<Simulator, 'start'>
  /** Where the simulator is, or would be. */
  simulatorAddress: () => string
  sender: Pick<Sender, 'send'>
  callbacks: Pick<Callbacks, 'takeScripted'>
  events: EventHub
  version: string
  now: () => number
}

type BundleHandlers = Pick<
  Handlers,
  | 'bundles.export'
  | 'bundles.read'
  | 'bundles.open'
  | 'bundles.list'
  | 'bundles.get'
  | 'bundles.remove'
  | 'bundles.replay'
>

export type Bundles = ReturnType<typeof openBundles>

/** Reproduction bundles: out of a message, into a workspace, and once more through the simulator. */
export function openBundles(parts: BundlesParts) {
  const { stores, vault, catalogue, simulator, events, now } = parts
  const scripts = new Scripts((id) => {
    const row = stores.isReady ? stores.store.read((db) => getBundle(db, id)) : undefined
    return row ? storedOf(row).bundle : null
  })
  const summaries = new BundleSummaries(stores)
  const closing = new AbortController()
  /** Replays on their way, by their bundle: two at once would take each other's answers. */
  const running = new Map<string, Promise<MessageStory>>()

  const open = async ({ text }: { text: string }): Promise<BundleSummary> => {
    const bundle = readBundle(text)
    const vendors = await vendorsOfFile(catalogue, bundle)
    const row = await stores.store.write((db) => {
      const known = findBundleBySum(db, bundle.sum)
      if (known) return known
      const bundleId = randomUUID()
      const made = makeProviders(
        db,
        vault,
        { bundleId, bundle, vendors, simulator: parts.simulatorAddress(), now: now() },
        null,
      )
      const opened = {
        id: bundleId,
        opened_at: now(),
        sum: bundle.sum,
        content: JSON.stringify(bundle),
        providers: JSON.stringify(made.providers),
        group_id: made.groupId,
      }
      insertBundle(db, opened)
      return opened
    })
    tell()
    return summaryOfBundle(bundle, storedOf(row))
  }

  const replay = async (
    { bundle, row }: StoredBundle,
    key: string,
    pace: ReplayPace,
  ): Promise<MessageStory> => {
    const { id } = row
    const { address } = await simulator.start()
    const vendors = await vendorsOfFile(catalogue, bundle)
    const made = await stores.store.write((db) => {
      const before = { providers: storedOf(row).providers, groupId: row.group_id }
      const about = {
        bundleId: id,
        bundle,
        vendors,
        simulator: address ?? parts.simulatorAddress(),
        now: now(),
      }
      const after = makeProviders(db, vault, about, before)
      setBundleParts(db, { id, providers: JSON.stringify(after.providers), group_id: after.groupId })
      return after
    })
    tell()
    const first = made.providers[0] ?? ''
    const provider =
      made.groupId === null
        ? ({ kind: 'saved', id: first } as const)
        : ({ kind: 'group', id: made.groupId } as const)
    scripts.begin(id, pace)
    const { id: messageId } = await parts.sender.send(replayInput(bundle, { id, key, provider }))
    const take = parts.callbacks.takeScripted
    await replayCallbacks({ bundle, providers: made.providers, messageId, pace, stop: closing.signal, take })
    return stores.store.read((db) => storyOf(db, mustGetMessage(db, messageId)))
  }

  const tell = () => {
    events.emit('bundles.changed', null)
    events.emit('providers.changed', { id: null })
    events.emit('groups.changed', { id: null })
  }

  const handlers = {
    'bundles.export': (input) =>
      stores.store.read((db) =>
        exportBundle(db, vault, input, { program: `SMS Workbench ${parts.version}`, now: now() }),
      ),
    'bundles.read': ({ text }) => {
      const bundle = readBundle(text)
      const known = stores.store.read((db) => findBundleBySum(db, bundle.sum))
      return summaryOfBundle(bundle, known ? storedOf(known) : null)
    },
    'bundles.open': open,
    'bundles.list': () => summaries.list(),
    'bundles.get': ({ id }) => {
      const stored = stores.store.read((db) => mustGetBundle(db, id))
      return summaryOfBundle(stored.bundle, stored)
    },
    'bundles.remove': async ({ id }) => {
      if (running.has(id)) throw busy()
      await stores.store.write((db) => deleteBundle(db, mustGetBundle(db, id).row.id))
      scripts.forget(id)
      events.emit('bundles.changed', null)
      return null
    },
    'bundles.replay': ({ id, key, pace }) => {
      const stored = stores.store.read((db) => mustGetBundle(db, id))
      const { obstacle } = scriptOf(stored.bundle)
      if (obstacle !== null) throw new AppError('invalid_input', obstacle)
      if (running.has(id)) throw busy()
      const replayed = replay(stored, key, pace).finally(() => running.delete(id))
      running.set(id, replayed)
      return replayed
    },
  } satisfies BundleHandlers

  return {
    handlers,
    answer: scripts.answer,
    /** The message of a bundle, under the bundle's id; null: there is no such bundle. */
    storyOf: (db: Database, id: string): MessageStory | null => {
      const row = getBundle(db, id)
      return row ? storyOfBundle(storedOf(row)) : null
    },
    /** What waits for its time is left. Resolves when no replay runs any more. */
    close: async (): Promise<void> => {
      closing.abort(new AppError('host_lost', 'The workbench was closed before the replay was over.'))
      await Promise.allSettled(running.values())
    },
  }
}

function mustGetBundle(db: Database, id: string): StoredBundle {
  const row = getBundle(db, id)
  if (!row) throw new AppError('not_found', 'There is no such bundle; it may have been removed.')
  return storedOf(row)
}

function busy(): AppError {
  return new AppError('provider_busy', 'The bundle is being replayed. Wait until that is over.')
}
