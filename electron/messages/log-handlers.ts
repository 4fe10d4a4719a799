import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import {
  mostCounted,
  type MessageListInput,
  type MessagePage,
  type SavedFilter,
} from '#shared/message-log.ts'
import { endsOf, seqOf, walkLog } from '../db/log/message-log.ts'
import { getMessage, getMessageBySeq } from '../db/messages.ts'
import { deleteSavedFilter, listSavedFilters, saveFilter, type SavedFilterRow } from '../db/saved-filters.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Handlers } from '../rpc.ts'
import { listedOf } from './story.ts'

type LogHandlers = Pick<
  Handlers,
  'messages.list' | 'messages.some' | 'messages.count' | 'filters.list' | 'filters.save' | 'filters.delete'
>

/** Milliseconds that one look into the log may take. */
const budget = 25
const mostFilters = 100

export function logHandlers(stores: StoreHandle, events: EventHub, now: () => number): LogHandlers {
  return {
    'messages.list': (input) => stores.store.read((db) => listPage(db, input)),
    'messages.some': ({ ids }) =>
      stores.store.read((db) => {
        const rows = ids.map((id) => getMessage(db, id))
        return rows.filter((row) => row !== undefined).map((row) => listedOf(db, row))
      }),
    'messages.count': ({ cursor, ...filter }) =>
      stores.store.read((db) => {
        const walk = { from: cursor ?? Infinity, towards: 'older', most: mostCounted, budget } as const
        const { found, at, ended } = walkLog(db, filter, walk)
        return { count: found.length, more: !ended, cursor: at }
      }),
    'filters.list': () => stores.store.read((db) => listSavedFilters(db).map(filterOfRow)),
    'filters.save': async (filter) => {
      const { id, name } = filter
      await stores.store.write((db) => {
        mustBeFree(db, filter)
        saveFilter(db, { id, name, filter: JSON.stringify(filter.filter) }, now())
      })
      events.emit('filters.changed', null)
      return filter
    },
    'filters.delete': async ({ id }) => {
      await stores.store.write((db) => deleteSavedFilter(db, id))
      events.emit('filters.changed', null)
      return null
    },
  }
}

/** A page of the log, in either direction. `milliseconds`: how long it may look. */
export function listPage(db: Database, input: MessageListInput, milliseconds = budget): MessagePage {
  const { before, cursor, after, limit, ...filter } = input
  const newer = after !== undefined
  const from = newer ? after : (cursor ?? (before === null ? Infinity : (seqOf(db, before) ?? 0)))
  const towards = newer ? 'newer' : 'older'
  const { found, at, ended } = walkLog(db, filter, { from, towards, most: limit + 1, budget: milliseconds })
  const isFull = found.length > limit
  const seqs = found.slice(0, limit)
  const rows = seqs.map((seq) => getMessageBySeq(db, seq)).filter((row) => row !== undefined)
  const messages = (newer ? rows.toReversed() : rows).map((row) => listedOf(db, row))
  return { messages, more: isFull || !ended, cursor: isFull ? (seqs.at(-1) ?? at) : at, top: endsOf(db).top }
}

function filterOfRow({ id, name, filter }: SavedFilterRow): SavedFilter {
  return { id, name, filter: JSON.parse(filter) as SavedFilter['filter'] }
}

/** Whatever the case, in any script. */
function mustBeFree(db: Database, { id, name }: SavedFilter): void {
  const others = listSavedFilters(db).filter((one) => one.id !== id)
  if (others.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    const message = `There is a saved filter called ${name} already. Choose another name.`
    throw new AppError('name_taken', message, { issues: [{ path: 'name', message }] })
  }
  if (others.length >= mostFilters) {
    const message = `${mostFilters} filters can be saved. Delete one first.`
    throw new AppError('invalid_input', message, { issues: [{ path: 'name', message }] })
  }
}
