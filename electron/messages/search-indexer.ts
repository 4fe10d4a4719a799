import { countUnindexed, indexSome } from '../db/message-search.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'

/** Milliseconds without a new message before indexing goes on; while messages come, sending has the processor. */
const quietMs = 5000
/** A pause between two pieces, so that whatever else there is to do is done. */
const pauseMs = 15
/** With more than these not indexed it goes on while messages come, in wider steps. */
const mostBehind = 50_000
const busyPauseMs = 100
const afterFailureMs = 30_000

/**
 * Brings messages into the search index a little at a time, off the way of those that are being sent. A search finds
 * those that it has not reached all the same, by looking through them.
 */
export class SearchIndexer {
  private readonly stores: StoreHandle
  private readonly log: Log
  private readonly unsubscribe: () => void
  private timer: NodeJS.Timeout | undefined
  private lastMessageAt = -Infinity
  private working: Promise<void> | null = null
  private closed = false

  constructor(stores: StoreHandle, events: EventHub, log: Log) {
    this.stores = stores
    this.log = log
    this.unsubscribe = events.subscribe(({ name }) => {
      // Messages of a bulk test are told of by their job.
      const isMessage = name === 'message.changed' || name === 'bulk.changed'
      if (isMessage) this.lastMessageAt = performance.now()
      if (isMessage || name === 'store.status') this.schedule(quietMs)
    })
    this.schedule(quietMs)
  }

  async close(): Promise<void> {
    this.closed = true
    this.unsubscribe()
    clearTimeout(this.timer)
    await this.working
  }

  private schedule(ms: number): void {
    if (this.closed || this.timer || this.working) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.working = this.work()
    }, ms).unref()
  }

  private async work(): Promise<void> {
    let next: number | null
    try {
      next = await this.step()
    } catch (error) {
      this.log.warn('Messages could not be brought into the search index', { error })
      next = afterFailureMs
    }
    this.working = null
    if (next !== null) this.schedule(next)
  }

  /** Answers with the milliseconds until the next step; null when there is nothing to do. */
  private async step(): Promise<number | null> {
    if (!this.stores.isReady) return null
    const { store } = this.stores
    const behind = store.read(countUnindexed)
    if (behind <= 0) return null
    const isBusy = performance.now() - this.lastMessageAt < quietMs
    if (isBusy && behind < mostBehind) return quietMs
    await store.write(indexSome)
    return isBusy ? busyPauseMs : pauseMs
  }
}
