import type { Clock } from '../../electron/sending/access/turns.ts'

export interface HandClock extends Clock {
  /** Lets time pass, each call at its moment, with everything that follows from it. */
  advance(ms: number): Promise<void>
  /** Lets whatever can go on without time passing go on. */
  settle(): Promise<void>
  /** How many calls are still to come. */
  waiting(): number
}

/** A clock that a test moves on. `lateMs`: how much too late each call comes, as with real timers. */
export function handClock(lateMs = 0): HandClock {
  let now = 0
  const calls = new Set<{ at: number; call: () => void }>()
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    after: (ms, call) => {
      const entry = { at: now + ms + lateMs, call }
      calls.add(entry)
      return () => calls.delete(entry)
    },
    settle,
    waiting: () => calls.size,
    advance: async (ms) => {
      const until = now + ms
      for (;;) {
        const [next] = [...calls].sort((one, other) => one.at - other.at)
        if (!next || next.at > until) break
        calls.delete(next)
        now = next.at
        next.call()
        await settle()
      }
      now = until
      await settle()
    },
  }
}
