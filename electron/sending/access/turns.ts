import type { Cancellation } from '../cancellation.ts'

export interface Clock {
  /** Milliseconds that never go back. */
  now(): number
  /** Calls once, later; answers with the function that takes it back. */
  after(ms: number, call: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}

interface Line {
  /** When the next one may go. */
  nextAt: number
  waiting: { intervalMs: number; go: () => void }[]
  takeBack: (() => void) | null
}

/**
 * Timers are a millisecond or two late. Where turns follow each other as closely as that, the lateness is made up for, or
 * a thousand a second would be five hundred; where they do not, two turns are never closer than they may be.
 */
const closeMs = 5
const mostLateMs = 5

/** Lets those who send through one provider go one by one, evenly spaced, in the order in which they came. */
export class Turns {
  private readonly lines = new Map<string, Line>()
  private readonly clock: Clock

  constructor(clock: Clock = systemClock) {
    this.clock = clock
  }

  /**
   * Null when it is one's turn already, else a promise that resolves when it is, or when the waiting is cancelled; who
   * gives up leaves their turn to the next.
   */
  take(providerId: string, perSecond: number, cancellation: Cancellation): Promise<void> | null {
    const line = this.lineOf(providerId)
    const intervalMs = 1000 / perSecond
    if (line.waiting.length === 0 && line.nextAt <= this.clock.now()) {
      this.pass(line, intervalMs, 0)
      return null
    }
    return new Promise((resolve) => {
      const place = {
        intervalMs,
        go: () => {
          cancellation.onCancel = null
          resolve()
        },
      }
      cancellation.onCancel = () => {
        line.waiting.splice(line.waiting.indexOf(place), 1)
        place.go()
      }
      line.waiting.push(place)
      this.wake(line)
    })
  }

  private lineOf(providerId: string): Line {
    const known = this.lines.get(providerId)
    if (known) return known
    const line: Line = { nextAt: -Infinity, waiting: [], takeBack: null }
    this.lines.set(providerId, line)
    return line
  }

  private pass(line: Line, intervalMs: number, lateMs: number): void {
    const madeUpFor = intervalMs <= closeMs ? Math.min(lateMs, mostLateMs) : 0
    line.nextAt = this.clock.now() - madeUpFor + intervalMs
  }

  private wake(line: Line): void {
    if (line.takeBack || line.waiting.length === 0) return
    const ms = Math.max(0, line.nextAt - this.clock.now())
    line.takeBack = this.clock.after(Math.ceil(ms), () => {
      line.takeBack = null
      this.serve(line)
    })
  }

  private serve(line: Line): void {
    while (line.nextAt <= this.clock.now()) {
      const next = line.waiting.shift()
      if (!next) return
      this.pass(line, next.intervalMs, this.clock.now() - line.nextAt)
      next.go()
    }
    this.wake(line)
  }
}
