import {
  attemptsAfter,
  gatherAttempt,
  gatheredTo,
  markGathered,
  newestAttempt,
  type GatheredAttempt,
} from '../../db/incoming/vendor-ids.ts'
import type { StoreHandle } from '../../db/store-handle.ts'
import type { Store } from '../../db/store.ts'
import type { Log } from '../../log.ts'

interface Noted extends GatheredAttempt {
  store: Store
}

/** Without a new result for so long the ids are written. */
const quietMs = 500
const atOnce = 1000
const soonMs = 2000
/** More are not kept in memory. */
const mostNoted = 20_000
/** An attempt has its result by then, or never gets one but at a start. */
const safeMs = 10 * 60_000

/**
 * Gathers the vendors' ids of messages, so that a receipt finds its message, after the messages were sent: an index
 * would have to be written with each. Ids that a crash took from memory are found again by a mark, below which all were
 * gathered.
 */
export class VendorIds {
  private noted: Noted[] = []
  private timer: NodeJS.Timeout | undefined
  private soon: NodeJS.Timeout | undefined
  private working: Promise<void> | null = null
  private checkpoints: { at: number; seq: number }[] = []
  private caughtUp: { store: Store; whole: boolean } | null = null
  private readonly stores: StoreHandle
  private readonly log: Log
  private readonly now: () => number
  private readonly onGathered: (gathered: readonly GatheredAttempt[]) => void

  /** `onGathered` is told once they are on the disk. */
  constructor(
    parts: { stores: StoreHandle; log: Log; now: () => number },
    onGathered: (gathered: readonly GatheredAttempt[]) => void,
  ) {
    this.stores = parts.stores
    this.log = parts.log
    this.now = parts.now
    this.onGathered = onGathered
  }

  /** Cheap: called for each result that is written. */
  note(noted: Noted): void {
    this.noted.push(noted)
    if (this.noted.length >= mostNoted) void this.flush()
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.flush()
    }, quietMs).unref()
  }

  /** Writes what was noted. Never rejects: what cannot be written now is found by the mark. */
  flush(): Promise<void> {
    this.working ??= this.work().finally(() => (this.working = null))
    return this.working
  }

  /** The same a little later, so that a start does not wait for it. */
  catchUpSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined
      void this.catchUp()
    }, soonMs).unref()
  }

  /** Finds what was not gathered when the workbench was last closed; it may take long, and others write meanwhile. */
  async catchUp(): Promise<void> {
    if (!this.stores.isReady) return
    const { store } = this.stores
    if (this.caughtUp?.store === store) return
    const state = { store, whole: false }
    this.caughtUp = state
    try {
      const end = store.read(newestAttempt)
      let seq = store.read(gatheredTo)
      while (seq < end && this.stores.isReady && this.stores.store === store) {
        const rows = store.read((db) => attemptsAfter(db, seq, atOnce)).filter((row) => row.seq <= end)
        const next = rows.length === 0 ? end : (rows.at(-1)?.seq ?? end)
        await store.write((db) => {
          for (const row of rows) gatherAttempt(db, row)
          markGathered(db, next)
        })
        this.onGathered(rows)
        seq = next
      }
      state.whole = seq >= end
    } catch (error) {
      this.log.warn('Ids of earlier messages could not be gathered', { error })
    }
  }

  /** For when nothing is on its way any more. */
  async close(): Promise<void> {
    clearTimeout(this.timer)
    clearTimeout(this.soon)
    await this.flush()
    if (!this.isWhole() || this.noted.length > 0) return
    const { store } = this.stores
    await store.write((db) => markGathered(db, newestAttempt(db))).catch(() => undefined)
  }

  private isWhole(): boolean {
    return this.stores.isReady && this.caughtUp?.whole === true && this.caughtUp.store === this.stores.store
  }

  private async work(): Promise<void> {
    while (this.noted.length > 0) {
      if (!this.stores.isReady) return
      const { store } = this.stores
      const piece = this.noted.slice(0, atOnce)
      this.noted = this.noted.slice(atOnce)
      // What belongs to a store that was replaced meanwhile is found there by its mark.
      const rows = piece.filter((one) => one.store === store)
      try {
        await store.write((db) => {
          for (const row of rows) gatherAttempt(db, row)
        })
      } catch (error) {
        this.caughtUp = null
        this.log.warn('Ids of messages could not be gathered', { error })
        return
      }
      this.onGathered(rows)
    }
    await this.moveMark()
  }

  /** All attempts that began before a moment long ago have their results, and these were gathered. */
  private async moveMark(): Promise<void> {
    if (!this.isWhole()) return
    const { store } = this.stores
    const at = this.now()
    const last = this.checkpoints.at(-1)
    if (!last || at - last.at > safeMs / 10) this.checkpoints.push({ at, seq: store.read(newestAttempt) })
    const due = this.checkpoints.findLast((checkpoint) => at - checkpoint.at > safeMs)
    if (!due) return
    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.at > due.at)
    await store.write((db) => markGathered(db, due.seq)).catch(() => undefined)
  }
}
