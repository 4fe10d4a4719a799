import type { EventName } from '#shared/contract.ts'
import { countUndescribed, describePart, nextToDescribe } from '../db/log/log-blocks.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'

/** Milliseconds without a new message before it goes on; while messages come, sending has the processor. */
const quietMs = 5000
/** A pause between two pieces, so that whatever else there is to do is done. */
const pauseMs = 15
/** With more than these not described it goes on while messages come, in wider steps. */
const mostBehind = 50_000
const busyPauseMs = 100
const afterFailureMs = 30_000
const causes: ReadonlySet<EventName> = new Set([
  'message.changed',
  'bulk.changed',
  'providers.changed',
  'store.status',
])

/**
 * Describes the log block by block, off the way of messages that are being sent, and again where something changed. A look
 * into the log finds those that it has not reached all the same, by looking through them.
 */
export class LogIndexer {
  private readonly stores: StoreHandle
  private readonly log: Log
  private readonly unsubscribe: () => void
  private timer: NodeJS.Timeout | undefined
  private lastMessageAt = -Infinity
  private working: Promise<void> | null = null
  private closed = false
  /** Blocks up to this one are done, or cannot be done yet. */
  private doneTo = -1

  constructor(stores: StoreHandle, events: EventHub, log: Log) {
    this.stores = stores
    this.log = log
    this.unsubscribe = events.subscribe(({ name }) => {
      // Messages of a bulk test are told of by their job.
      if (name === 'message.changed' || name === 'bulk.changed') this.lastMessageAt = performance.now()
      if (causes.has(name)) this.schedule(quietMs)
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
      this.log.warn('A part of the message log could not be described', { error })
      next = afterFailureMs
    }
    this.working = null
    if (next !== null) this.schedule(next)
  }

  /** Answers with the milliseconds until the next step; null when there is nothing to do. */
  private async step(): Promise<number | null> {
    if (!this.stores.isReady) return null
    const { store } = this.stores
    const isBusy = performance.now() - this.lastMessageAt < quietMs
    if (isBusy && store.read(countUndescribed) < mostBehind) return quietMs
    const next = store.read((db) => nextToDescribe(db, this.doneTo))
    if (next === null) {
      this.doneTo = -1
      return null
    }
    if (await store.write((db) => describePart(db, next))) this.doneTo = next
    return isBusy ? busyPauseMs : pauseMs
  }
}
