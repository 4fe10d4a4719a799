import { AppError } from '#shared/errors.ts'
import type { CraftedRequest } from '#shared/callbacks/callback-commands.ts'
import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import type { CallbackAddress } from '#shared/callbacks/listener.ts'
import type { Database } from 'better-sqlite3'
import {
  addressOf,
  giveAddress,
  listAddresses,
  renewAddress,
  type AddressRow,
} from '../db/incoming/callback-addresses.ts'
import { walkCallbacks } from '../db/incoming/callback-list.ts'
import { clearSome, getCallback, readTo } from '../db/incoming/callbacks.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import { mustGetProvider } from '../providers/provider-settings.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import type { Accounts } from './account.ts'
import { localBase, publicBase, unmaskTarget } from './listener/address.ts'
import type { CallbackEngine } from './engine.ts'
import type { Keeper, Origin } from './keep.ts'
import type { Listener } from './listener/listener.ts'
import type { Matcher } from './matching/matcher.ts'
import { pretendRequest } from './pretend.ts'
import type { Incoming } from './listener/server.ts'
import { detailsOf, summaryBySeq } from './view.ts'

export type CallbackHandlers = Pick<
  Handlers,
  | 'listener.status'
  | 'listener.start'
  | 'listener.stop'
  | 'listener.configure'
  | 'callbacks.addresses'
  | 'callbacks.address'
  | 'callbacks.renewAddress'
  | 'callbacks.list'
  | 'callbacks.count'
  | 'callbacks.get'
  | 'callbacks.replay'
  | 'callbacks.craft'
  | 'callbacks.pretend'
  | 'callbacks.readSample'
  | 'callbacks.clear'
>

export interface CallbackHandlerParts {
  stores: StoreHandle
  vault: Vault
  events: EventHub
  now: () => number
  engine: CallbackEngine
  accounts: Accounts
  listener: Listener
  /** Starts the listener, and what has to run with it. */
  start: Handlers['listener.start']
  keeper: Keeper
  matcher: Matcher
}

/** Milliseconds that one look for callbacks may take. */
const budget = 25
/** Of one look. */
const mostCounted = 100_000
/** Callbacks that one transaction removes. */
const atOnce = 400

export function callbackHandlers(parts: CallbackHandlerParts): CallbackHandlers {
  const { stores, vault, events, now, engine, accounts, listener, start, keeper, matcher } = parts
  const takeAgain = async (providerId: string, incoming: Incoming, origin: Origin) => {
    const { row } = await keeper.takeFor(providerId, incoming, origin)
    await matcher.settled()
    return mustGetSummary(stores, row.seq)
  }
  return {
    'listener.status': () => listener.status(),
    'listener.start': start,
    'listener.stop': () => listener.stop(),
    'listener.configure': (settings) => listener.configure(settings),

    'callbacks.addresses': () =>
      stores.store.read((db) =>
        listAddresses(db).map((row) => viewOfAddress(listener, row.provider_id, row)),
      ),
    'callbacks.address': ({ providerId }) => addressView(stores, listener, providerId, now()),
    'callbacks.renewAddress': async ({ providerId }) => {
      await stores.store.write((db) => renewAddress(db, mustGetProvider(db, providerId).id, now()))
      keeper.forget()
      return addressView(stores, listener, providerId, now())
    },

    'callbacks.list': ({ cursor, limit, ...filter }) =>
      stores.store.read((db) => {
        const walk = { from: cursor ?? Infinity, most: limit, budget }
        const { found, at, ended } = walkCallbacks(db, filter, walk)
        const callbacks = found.flatMap((seq) => summaryBySeq(db, seq) ?? [])
        return { callbacks, more: !ended, cursor: at }
      }),
    'callbacks.count': ({ cursor, after, ...filter }) =>
      stores.store.read((db) => {
        const { found, at, ended } = walkCallbacks(db, filter, {
          from: cursor ?? Infinity,
          after,
          most: mostCounted,
          budget,
        })
        return { count: found.length, more: !ended, cursor: at, newest: found[0] ?? null }
      }),
    'callbacks.get': ({ id }) =>
      stores.store.read((db) => detailsOf(db, id, (text) => vault.redact(text))) ?? notFound(),
    'callbacks.replay': async ({ ids }) => {
      const summaries: CallbackSummary[] = []
      for (const id of ids) {
        const kept = stores.store.read((db) => replayOf(db, id))
        const origin: Origin = { origin: 'replay', replayOf: id, ...kept.signed }
        summaries.push(await takeAgain(kept.providerId, kept.incoming, origin))
      }
      return summaries
    },
    'callbacks.craft': (crafted) => {
      const url = stores.store.read((db) => pathOf(db, crafted.providerId))
      return takeAgain(crafted.providerId, incomingOf(crafted, url), {
        origin: 'crafted',
        replayOf: null,
        wasValid: false,
      })
    },
    'callbacks.pretend': ({ id, pretend }) =>
      stores.store.read((db) => pretendRequest(db, accounts, id, pretend, now())),
    'callbacks.readSample': async ({ mapping, vendor, ...raw }) =>
      engine.read(await accounts.readingOf(vendor, mapping), raw),
    'callbacks.clear': async () => {
      await matcher.settled()
      const upTo = stores.store.read(readTo)
      // By steps, as others write meanwhile: all at once a million would keep them waiting for a minute.
      while (await stores.store.write((db) => clearSome(db, upTo, atOnce)));
      events.emit('callbacks.changed', null)
      return null
    },
  }
}

function notFound(): never {
  throw new AppError('not_found', 'There is no such callback; it may have been cleared.')
}

function mustGetSummary(stores: StoreHandle, seq: number): CallbackSummary {
  return stores.store.read((db) => summaryBySeq(db, seq)) ?? notFound()
}

/** Throws `not_found`. */
async function addressView(
  stores: StoreHandle,
  listener: Listener,
  providerId: string,
  now: number,
): Promise<CallbackAddress> {
  const known = stores.store.read((db) => addressOf(db, mustGetProvider(db, providerId).id))
  if (!known) await stores.store.write((db) => giveAddress(db, providerId, now))
  const row = known ?? stores.store.read((db) => addressOf(db, providerId)) ?? notFound()
  return viewOfAddress(listener, providerId, row)
}

function viewOfAddress(
  listener: Listener,
  providerId: string,
  { key, created_at: createdAt }: AddressRow,
): CallbackAddress {
  const base = publicBase(listener.settings)
  return {
    providerId,
    local: `${localBase(listener.port)}/c/${key}`,
    public: base === null ? null : `${base}/c/${key}`,
    createdAt,
  }
}

/** Throws `not_found`. */
function pathOf(db: Database, providerId: string): string {
  mustGetProvider(db, providerId)
  return `/c/${addressOf(db, providerId)?.key ?? ''}`
}

interface Again {
  providerId: string
  incoming: Incoming
  signed: Pick<Origin, 'wasValid' | 'wasTakenUnsigned'>
}

/** As it would be sent to the address, where it had none that is known. */
function replayOf(db: Database, id: string): Again {
  const row = getCallback(db, id) ?? notFound()
  if (row.provider_id === null)
    throw new AppError(
      'invalid_input',
      'This callback came to an address that is no provider’s. It cannot be replayed.',
    )
  const key = addressOf(db, row.provider_id)?.key ?? ''
  const headers = JSON.parse(row.headers) as [string, string][] | null
  if (headers === null)
    throw new AppError(
      'invalid_input',
      'What this callback held was removed, as it is older than contents are kept. It cannot be replayed.',
    )
  return {
    providerId: row.provider_id,
    signed: {
      wasValid: row.signature === 'valid',
      wasTakenUnsigned: row.signature === 'absent' && row.trouble === null,
    },
    incoming: {
      method: row.method,
      url: unmaskTarget(row.target, key),
      rawHeaders: headers.flat(),
      body: row.body,
      remote: row.remote,
    },
  }
}

function incomingOf({ method, query, headers, body }: CraftedRequest, path: string): Incoming {
  return {
    method,
    url: query === '' ? path : `${path}?${query.replace(/^\?/, '')}`,
    rawHeaders: headers.flatMap(({ name, value }) => [name, value]),
    body: Buffer.from(method === 'GET' ? '' : body),
    remote: '127.0.0.1',
  }
}
