import { randomBytes } from 'node:crypto'
import type { SendInput } from '#shared/send-input.ts'
import type { Catalogue } from '../catalogue/load.ts'
import { addressOf, giveAddress, listWithoutAddress } from '../db/incoming/callback-addresses.ts'
import { hasOpenItems } from '../db/incoming/callback-items.ts'
import { listUnread } from '../db/incoming/callbacks.ts'
import type { CallbackRow } from '../db/incoming/callbacks.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { GatheredAttempt } from '../db/incoming/vendor-ids.ts'
import type { Store } from '../db/store.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import type { Vault } from '../secrets/vault.ts'
import { Accounts } from './account.ts'
import { localBase, publicBase, signedUrls } from './listener/address.ts'
import { conversationHandlers } from './conversations/conversation-handlers.ts'
import { callbackEngine, type CallbackEngine, type RawCallback } from './engine.ts'
import { callbackHandlers } from './handlers.ts'
import { calledBack, ownerOf } from './for-simulator.ts'
import { HelpAnswers } from './conversations/help-answers.ts'
import { Keeper, rawOf } from './keep.ts'
import { Listener } from './listener/listener.ts'
import { Matcher } from './matching/matcher.ts'
import type { Incoming } from './listener/server.ts'
import { Notices } from './matching/notices.ts'
import { VendorIds } from './matching/vendor-ids.ts'

export interface CallbacksParts {
  stores: StoreHandle
  vault: Vault
  catalogue: Catalogue
  events: EventHub
  log: Log
  now: () => number
  /** Whether this host stays, so that the next start finds the listener as it was. */
  staysOpen: boolean
  send: (input: SendInput) => Promise<unknown>
  /** For tests: another port than that of the settings, or 0 for a free one. */
  port?: number | undefined
  engine?: CallbackEngine | undefined
}

export type Callbacks = ReturnType<typeof openCallbacks>

/** The listener and what becomes of what it takes. Nothing runs before `opened`. */
export function openCallbacks(parts: CallbacksParts) {
  const { stores, vault, events, log, now, engine = callbackEngine } = parts
  const simulatorMark = { name: 'x-workbench-simulator', value: randomBytes(18).toString('base64url') }
  const accounts = new Accounts(parts.catalogue, vault)
  const notices = new Notices(stores, events)
  const helps = new HelpAnswers(parts)
  const matcher = new Matcher({
    stores,
    log,
    now,
    accountOf: async (db, id) => accounts.current(db, id) ?? (await accounts.load(db, id)),
    read: ({ reading }, row) => engine.read(reading, rawOfRow(row)),
    gather: () => vendorIds.flush(),
    onMatched: (matched, changes) => {
      notices.tell(matched, changes)
      for (const help of changes.helps) helps.answer(help)
    },
  })
  const vendorIds = new VendorIds(parts, (gathered) => matcher.gatheredSome(gathered))
  const keeper: Keeper = new Keeper({
    stores,
    accounts,
    engine,
    now,
    simulatorMark,
    settings: () => listener.settings,
    urlsOf: (url) => signedUrls(url, listener.port, listener.settings),
    onKept: (row, read) => {
      listener.count()
      matcher.take(row, read)
    },
  })
  const listener: Listener = new Listener({
    stores,
    events,
    log,
    port: parts.port,
    remembers: parts.staysOpen,
    take: (incoming) => keeper.take(incoming),
    glance: (url) => keeper.glance(url),
  })

  const unsubscribe = events.subscribe(({ name }) => {
    if (name === 'providers.changed') keeper.forget()
  })

  /** A store was opened: now, or in the place of another. */
  const opened = () => {
    if (!stores.isReady) return
    keeper.forget()
    matcher.forget()
    listener.forget()
    const without = stores.store.read(listWithoutAddress)
    // A start that has nothing to write does not wait for the disk.
    if (without.length > 0)
      stores.store.writeNow((db) => {
        for (const id of without) giveAddress(db, id, now())
      })
    if (!parts.staysOpen) return
    vendorIds.catchUpSoon()
    matcher.wake()
  }

  const start = async () => {
    void vendorIds.catchUp()
    matcher.wake()
    return listener.start()
  }

  return {
    handlers: {
      ...callbackHandlers({ stores, vault, events, now, engine, accounts, listener, start, keeper, matcher }),
      ...conversationHandlers({
        stores,
        events,
        now,
        onWords: () => matcher.forget(),
        gather: () => vendorIds.flush(),
      }),
    },
    /** On requests that the workbench's own simulator sends to its listener. */
    simulatorMark,
    opened,
    startListener: start,
    startAsBefore: () => listener.startAsBefore(),
    /** Where the listener is, whether it runs or not. */
    localAddress: () => localBase(listener.port),
    isRunning: () => listener.status().running,
    publicAddress: () => publicBase(listener.settings),
    /** An attempt has its result. Cheap. */
    note: (noted: GatheredAttempt & { store: Store }) => vendorIds.note(noted),
    /** What `$$CallbackURL` stands for; empty where the provider has no address yet. */
    addressFor: (providerId: string): string => {
      const key = stores.store.read((db) => addressOf(db, providerId))?.key
      const base = publicBase(listener.settings) ?? localBase(listener.port)
      return key === undefined ? '' : `${base}/c/${key}`
    },
    /** Takes a callback of a bundle as if the simulator had sent it; answers once it is matched. */
    takeScripted: async (
      providerId: string,
      request: Omit<Incoming, 'url' | 'remote'> & { query: string },
    ) => {
      const { query, ...rest } = request
      const key = stores.store.read((db) => addressOf(db, providerId))?.key ?? ''
      const url = query === '' ? `/c/${key}` : `/c/${key}?${query}`
      const from = { origin: 'simulator', replayOf: null, wasValid: false, signedElsewhere: true } as const
      await keeper.takeFor(providerId, { ...rest, url, remote: '127.0.0.1' }, from)
      await matcher.settled()
    },
    /** For the simulator: whom it calls back, and where. */
    provider: (id: string) => calledBack(stores, accounts, id),
    providerAt: (address: string) => ownerOf(stores, address),
    port: () => listener.port,
    /** Resolves when what was kept by now is read, with all ids that are known; or when it cannot be read for now. */
    caughtUp: async () => {
      if (
        stores.store.read((db) => hasOpenItems(db) || listUnread(db, Number.MAX_SAFE_INTEGER, 1).length > 0)
      )
        await matcher.round()
    },
    stopTaking: () => listener.close(),
    /** What was taken is matched, and the ids of messages are gathered. Nothing is sent any more by then. */
    close: async () => {
      unsubscribe()
      await vendorIds.close()
      await matcher.close()
      notices.close()
    },
  }
}

function rawOfRow({ method, target, headers, body }: CallbackRow): RawCallback {
  return rawOf({ method, url: target, rawHeaders: (JSON.parse(headers) as [string, string][]).flat(), body })
}
