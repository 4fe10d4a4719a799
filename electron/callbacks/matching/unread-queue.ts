import { setImmediate as nextTurn, setTimeout as later } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { ReadCallback } from '#shared/callbacks/callback.ts'
import { troubleWords } from '#shared/callbacks/trouble-words.ts'
import { countItems, getCallbackBySeq, listUnread, type CallbackRow } from '../../db/incoming/callbacks.ts'
import type { StoreHandle } from '../../db/store-handle.ts'
import type { Store } from '../../db/store.ts'
import type { Log } from '../../log.ts'
import type { Account } from '../account.ts'
import type { Unread } from './match.ts'

/** Requests and records that one transaction takes at most: some milliseconds of work. */
export const mostRows = 200
export const mostItems = 300
/** From so many on it is worth to wait for more. */
const fewRows = 10
const manyRows = 100
const shortWaitMs = 2
const longestWaitMs = 25

const mostFresh = 2000
const mostFreshBytes = 8_000_000

export const nothing: ReadCallback = { format: null, items: [], trouble: null, why: null }

/** What was kept a moment ago; `read` where it had to be read for the answer already. */
interface Fresh {
  row: CallbackRow
  read: ReadCallback | null
}

export interface UnreadParts {
  stores: StoreHandle
  log: Log
  /** Null: its provider is gone. */
  accountOf: (db: Database, providerId: string) => Promise<Account | null>
  read: (account: Account, row: CallbackRow) => ReadCallback
}

/**
 * What was kept and is not matched yet, in the order in which it came. The store tells what that is; what was kept a
 * moment ago is also here, so that it need not be read from the disk again.
 */
export class UnreadQueue {
  private readonly parts: UnreadParts
  private fresh = new Map<number, Fresh>()
  private bytes = 0
  /** The newest of which it is known that it is on the disk; null: of whatever is found. */
  private newest: number | null = null

  constructor(parts: UnreadParts) {
    this.parts = parts
  }

  add(one: Fresh): void {
    const { seq, body } = one.row
    this.newest = Math.max(this.newest ?? 0, seq)
    if (this.fresh.size >= mostFresh || this.bytes + body.length > mostFreshBytes) return
    this.fresh.set(seq, one)
    this.bytes += body.length
  }

  /** It is matched. */
  drop(seq: number): void {
    this.bytes -= this.fresh.get(seq)?.row.body.length ?? 0
    this.fresh.delete(seq)
  }

  clear(): void {
    this.fresh = new Map()
    this.bytes = 0
    this.newest = null
  }

  /** The next of them, at most so many; null: there is none. Waits a moment where many come. */
  async next(most: number): Promise<Unread[] | null> {
    await this.gather()
    // What is not on the disk yet comes with its own news.
    const upTo = this.newest ?? Number.MAX_SAFE_INTEGER
    const seqs = this.store.read((db) => listUnread(db, upTo, most))
    if (seqs.length === 0) {
      // What is left was cleared meanwhile.
      this.clear()
      return null
    }
    const piece: Unread[] = []
    let items = 0
    for (const seq of seqs) {
      const unread = await this.unreadOf(seq)
      if (!unread) continue
      items += unread.read.items.length - unread.from
      // A request with very many records goes by itself.
      if (piece.length > 0 && items > mostItems) break
      piece.push(unread)
    }
    return piece
  }

  private get store(): Store {
    return this.parts.stores.store
  }

  /**
   * What a transaction costs by itself is shared by its rows, so it waits for more as long as more come; from `manyRows` on
   * only until there is nothing to receive for a moment, which is then well used.
   */
  private async gather(): Promise<void> {
    const until = performance.now() + longestWaitMs
    let before = fewRows
    while (this.fresh.size > before && this.fresh.size < mostRows && performance.now() < until) {
      before = this.fresh.size
      await (before < manyRows ? later(shortWaitMs) : nextTurn())
    }
  }

  /** Null: it was cleared in this moment. */
  private async unreadOf(seq: number): Promise<Unread | null> {
    const fresh = this.fresh.get(seq)
    const row = fresh?.row ?? this.store.read((db) => getCallbackBySeq(db, seq))
    if (!row) return null
    const read = fresh?.read ?? (await this.readOf(row))
    const from = read.items.length > mostItems ? this.store.read((db) => countItems(db, seq)) : 0
    return { row, read, from }
  }

  /** A mistake in reading costs no callback: it is kept, and says so. */
  private async readOf(row: CallbackRow): Promise<ReadCallback> {
    if (row.trouble !== null) return { ...nothing, why: troubleWords[row.trouble] }
    if (row.provider_id === null) return nothing
    try {
      const account = await this.store.read((db) => this.parts.accountOf(db, row.provider_id ?? ''))
      return account ? this.parts.read(account, row) : nothing
    } catch (error) {
      this.parts.log.error('A callback could not be read', { callback: row.id, error })
      return {
        ...nothing,
        trouble: 'unreadable',
        why: 'Reading it failed inside the workbench; the log says how.',
      }
    }
  }
}
