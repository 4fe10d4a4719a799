import { AppError } from '#shared/errors.ts'
import { listWaits, type WaitRow } from '../db/incoming/receipt-waits.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Log } from '../log.ts'
import { systemClock, type Clock } from '../sending/access/turns.ts'
import { StillWaiting } from './go-on.ts'

export interface WatchParts {
  stores: StoreHandle
  /** Sends the message on. Rejects where it waits as before. */
  goOn: (wait: WaitRow) => Promise<void>
  log: Log
  /** Epoch milliseconds. */
  now: () => number
  clock?: Clock | undefined
}

const mostAtOnce = 20
/** Looks again this often while something waits: the system's clock may be set, and the machine may sleep. */
const lookEveryMs = 30_000

/**
 * Sends on the groups' messages whose delivery receipts do not come in time. What waits, and until when, is in the store;
 * this only looks there when the next one is due.
 */
export class ReceiptWatch {
  private readonly parts: WatchParts
  private readonly clock: Clock
  private readonly inHand = new Set<number>()
  /** They could not be sent on, and are left alone for a while. */
  private readonly resting = new Map<number, () => void>()
  private planned: { at: number; takeBack: () => void } | null = null
  private paused = true

  constructor(parts: WatchParts) {
    this.parts = parts
    this.clock = parts.clock ?? systemClock
  }

  /** Begins with what has become due while nobody looked. */
  resume(): void {
    this.paused = false
    this.look()
  }

  /** Sends nothing on any more; what is on its way belongs to the sender. */
  pause(): void {
    this.paused = true
    this.planned?.takeBack()
    this.planned = null
    for (const takeBack of this.resting.values()) takeBack()
    this.resting.clear()
  }

  /** A message waits until then, epoch milliseconds. */
  hear(until: number): void {
    if (!this.paused && (this.planned === null || until < this.planned.at)) this.plan(until)
  }

  private look(): void {
    const { stores, now, log } = this.parts
    if (this.paused || !stores.isReady) return
    try {
      const left = mostAtOnce - this.inHand.size
      const known = this.inHand.size + this.resting.size
      const waits = stores.store.read((db) => listWaits(db, known + left + 1))
      const free = waits.filter(({ attempt_seq: seq }) => !this.inHand.has(seq) && !this.resting.has(seq))
      const due = free.filter((one) => one.due_at <= now()).slice(0, left)
      const next = free[due.length]
      // Where all hands are full, the first that is free looks again.
      if (next && due.length < left) this.plan(next.due_at)
      for (const wait of due) void this.sendOn(wait)
    } catch (error) {
      log.error('What waits for a receipt could not be looked up', { error })
      this.plan(now() + lookEveryMs)
    }
  }

  private plan(at: number): void {
    this.planned?.takeBack()
    const ms = Math.min(Math.max(at - this.parts.now(), 0), lookEveryMs)
    const takeBack = this.clock.after(ms, () => {
      this.planned = null
      this.look()
    })
    this.planned = { at, takeBack }
  }

  /** Never rejects. */
  private async sendOn(wait: WaitRow): Promise<void> {
    const { goOn, log } = this.parts
    const seq = wait.attempt_seq
    this.inHand.add(seq)
    try {
      await goOn(wait)
    } catch (error) {
      if (!(error instanceof AppError || error instanceof StillWaiting))
        log.error('A message could not be sent on', { error })
      if (!this.paused)
        this.resting.set(
          seq,
          this.clock.after(lookEveryMs, () => this.wake(seq)),
        )
    }
    this.inHand.delete(seq)
    this.look()
  }

  private wake(seq: number): void {
    this.resting.delete(seq)
    this.look()
  }
}
