import type { Store } from '../../electron/db/store.ts'
import { castFor } from './cast.ts'
import { enter } from './enter.ts'
import { Incidents } from './incidents.ts'
import { peopleFor } from './people.ts'
import { play, type Stage } from './play.ts'
import { Random } from './random.ts'
import { arrivals, dayMs } from './rhythm.ts'
import { HistoryWriter } from './writer.ts'

export interface HistoryOptions {
  messages: number
  /** The same seed, number, days and end give the same history. */
  seed: number
  days: number
  /** Epoch milliseconds at which it ends. */
  until: number
  onProgress?: (written: number) => void
}

const atOnce = 20_000

/** Writes a history into a store. Answers with the number of attempts. */
export function writeHistory(store: Store, options: HistoryOptions): number {
  const { messages, seed, days, until, onProgress } = options
  const random = new Random(seed)
  const span = { from: until - days * dayMs, until, count: messages }
  const cast = store.writeNow((db) => enter(db, castFor(span.from, random), span.from))
  const writer = new HistoryWriter(cast.actors, new Incidents(cast.actors, span, random), random)
  const stage: Stage = { cast, random, writer, until, people: peopleFor(messages, random), again: null }
  const moments = arrivals(span, random)
  for (let written = 0; written < messages;) {
    const some = Math.min(atOnce, messages - written)
    store.writeNow((db) => {
      for (let index = 0; index < some; index += 1) play(db, stage, Number(moments.next().value))
    })
    written += some
    onProgress?.(written)
  }
  store.writeNow((db) => writer.end(db, until))
  return writer.attempts
}
