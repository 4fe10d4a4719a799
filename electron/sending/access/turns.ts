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

interface Place {
  /** Null: that of the line. */
  intervalMs: number | null
  go: (giveBack: GiveBack) => void
}

/** For a turn that cannot be used after all: who is next may have it. */
export type GiveBack = () => void

interface Line {
  /** When the last one went. Who comes next adds their own interval, so that a changed rate counts at once. */
  lastAt: number
  /** Of the settings that are saved, as they were heard of last. */
  intervalMs: number
  /** Those who had a turn before go before those who wait for their first. */
  again: Place[]
  waiting: Place[]
  takeBack: (() => void) | null
}

export interface TurnWish {
  perSecond: number
  /** What is only being tried out goes by its own rate, and leaves that of the others alone. */
  draft?: boolean
  /** One who had a turn and could not use it. */
  again?: boolean
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
  take(providerId: string, wish: TurnWish, cancellation: Cancellation): Promise<GiveBack> | null {
    const { perSecond, draft = false, again = false } = wish
    const line = this.lineOf(providerId)
    const intervalMs = 1000 / perSecond
    if (!draft && line.intervalMs !== intervalMs) {
      line.intervalMs = intervalMs
      this.wake(line)
    }
    const lateMs = this.clock.now() - line.lastAt - intervalMs
    if (line.again.length === 0 && (again || line.waiting.length === 0) && lateMs >= 0) {
      this.pass(line, intervalMs, again ? lateMs : 0)
      return null
    }
    return new Promise((resolve) => {
      const places = again ? line.again : line.waiting
      const place: Place = {
        intervalMs: draft ? intervalMs : null,
        go: (giveBack) => {
          cancellation.onCancel = null
          resolve(giveBack)
        },
      }
      cancellation.onCancel = () => {
        places.splice(places.indexOf(place), 1)
        place.go(() => {})
        this.wake(line)
      }
      if (places.push(place) === 1) this.wake(line)
    })
  }

  private lineOf(providerId: string): Line {
    const known = this.lines.get(providerId)
    if (known) return known
    const line: Line = { lastAt: -Infinity, intervalMs: 0, again: [], waiting: [], takeBack: null }
    this.lines.set(providerId, line)
    return line
  }

  private pass(line: Line, intervalMs: number, lateMs: number): void {
    const madeUpFor = intervalMs <= closeMs ? Math.min(lateMs, mostLateMs) : 0
    line.lastAt = this.clock.now() - madeUpFor
  }

  private wake(line: Line): void {
    line.takeBack?.()
    line.takeBack = null
    const next = line.again[0] ?? line.waiting[0]
    if (!next) return
    const ms = Math.max(0, line.lastAt + intervalOf(line, next) - this.clock.now())
    line.takeBack = this.clock.after(Math.ceil(ms), () => {
      line.takeBack = null
      this.serve(line)
    })
  }

  private serve(line: Line): void {
    for (;;) {
      const places = line.again.length > 0 ? line.again : line.waiting
      const [next] = places
      if (!next) return
      const intervalMs = intervalOf(line, next)
      const lateMs = this.clock.now() - line.lastAt - intervalMs
      if (lateMs < 0) break
      places.shift()
      const before = line.lastAt
      this.pass(line, intervalMs, lateMs)
      const { lastAt } = line
      next.go(() => {
        // Not once another has gone on the strength of it.
        if (line.lastAt !== lastAt) return
        line.lastAt = before
        this.wake(line)
      })
    }
    this.wake(line)
  }
}

function intervalOf(line: Line, { intervalMs }: Place): number {
  return intervalMs ?? line.intervalMs
}
