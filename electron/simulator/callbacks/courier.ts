import type { Clock } from '../../sending/access/turns.ts'
import { DueQueue } from './due-queue.ts'
import { mostAtOnce } from './post.ts'

/** More wait only where nobody takes them any more. */
const mostWaiting = 50_000

export interface Errand {
  /** Does it; never rejects. Answers with when it wants to be done again, in milliseconds of the clock; null: never. */
  run(): Promise<number | null>
}

/** Timers that keep no program running. */
export const idleClock: Clock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms).unref()
    return () => clearTimeout(timer)
  },
}

/** Does errands when they are due, a few at once. */
export class Courier {
  private readonly queue = new DueQueue<Errand>()
  private readonly clock: Clock
  private readonly most: number
  private readonly running = new Set<Promise<void>>()
  private timer: { at: number; takeBack: () => void } | null = null
  private closed = false

  constructor(clock: Clock, most = mostWaiting) {
    this.clock = clock
    this.most = most
  }

  now(): number {
    return this.clock.now()
  }

  /** False when too many wait: then it is not done. */
  add(due: number, errand: Errand): boolean {
    if (this.closed || this.queue.size >= this.most) return false
    this.queue.put(due, errand)
    this.pump()
    return true
  }

  /** What waits is not done any more. */
  empty(): Errand[] {
    return this.queue.empty()
  }

  /** Resolves once nothing is being done. */
  async close(): Promise<void> {
    this.closed = true
    this.empty()
    this.timer?.takeBack()
    await Promise.all(this.running)
  }

  private pump(): void {
    for (;;) {
      const { next } = this.queue
      if (next === null || this.running.size >= mostAtOnce) return
      if (next > this.clock.now()) return this.wakeAt(next)
      const errand = this.queue.take()
      if (errand) this.start(errand)
    }
  }

  private start(errand: Errand): void {
    const running = this.finish(errand).finally(() => {
      this.running.delete(running)
      this.pump()
    })
    this.running.add(running)
  }

  private async finish(errand: Errand): Promise<void> {
    const again = await errand.run()
    if (again !== null && !this.closed) this.queue.put(again, errand)
  }

  private wakeAt(at: number): void {
    if (this.timer && this.timer.at <= at) return
    this.timer?.takeBack()
    const takeBack = this.clock.after(Math.max(0, at - this.clock.now()), () => {
      this.timer = null
      this.pump()
    })
    this.timer = { at, takeBack }
  }
}
