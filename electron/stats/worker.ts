import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { StatsAnswer, StatsWork } from '#shared/stats/answer.ts'
import { getGroup } from '../db/groups.ts'
import { newestSeq } from '../db/messages.ts'
import { getProvider } from '../db/providers.ts'
import { addMessages, beginAnew, clearAnew, lookAtAll, takeAnew } from '../db/rollups/anew.ts'
import { compareSlots, looksOf, type Difference } from '../db/rollups/compare.ts'
import { isComplete, lookedTo, setCopying, setMaking } from '../db/rollups/marks.ts'
import { copyOutlived, nothingCopied, type CopiedTo } from '../db/rollups/outlived-copy.ts'
import type { Store } from '../db/store.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'

/** Messages in one transaction, or rows of what outlived some: some hundredths of a second. */
const messagesAtOnce = 500
/** Between two pieces, so that whatever else there is to do is done. */
const pauseMs = 2
const tellEveryMs = 250
const mostExamples = 20

interface WorkerParts {
  stores: StoreHandle
  events: EventHub
  log: Log
  /** Messages in one transaction. */
  atOnce?: number
}

interface Found {
  count: number
  examples: Difference[]
}

class Cancelled extends Error {}

/** Checks the figures against the log, or makes them anew from it, piece by piece while all else goes on. */
export class StatsWorker {
  private readonly parts: WorkerParts
  private current: StatsWork | null = null
  private running: Promise<StatsWork> | null = null
  private cancelled = false
  private closed = false
  private toldAt = -Infinity

  constructor(parts: WorkerParts) {
    this.parts = parts
  }

  get work(): StatsWork | null {
    return this.current
  }

  /** What figures lack that are reckoned for the first time; null once all are there. */
  building(db: Database): StatsAnswer['building'] {
    if (isComplete(db)) return null
    const { kind, done, all } = this.current ?? { kind: 'check', done: 0, all: newestSeq(db) }
    return kind === 'repair' ? { done, all } : { done: 0, all: newestSeq(db) }
  }

  /** A store that comes from an earlier version has messages, but not yet all of their figures. */
  opened(): void {
    const { stores } = this.parts
    if (this.closed || !stores.isReady) return
    // Of the store that was there before.
    if (this.running) void this.running.catch(() => undefined).then(() => this.opened())
    else if (!stores.store.read(isComplete)) this.makeComplete()
  }

  private makeComplete(): void {
    const { log } = this.parts
    this.start('repair').catch((error: unknown) => log.warn('Figures could not be reckoned anew', { error }))
  }

  /** Resolves when it is over. Throws `store_busy` while one goes on. */
  start(kind: StatsWork['kind']): Promise<StatsWork> {
    if (this.running)
      throw new AppError('store_busy', 'The figures are being checked or repaired. Wait, or cancel that.')
    const { store } = this.parts.stores
    this.cancelled = false
    this.current = { kind, state: 'running', done: 0, all: 0, differences: 0, examples: [] }
    this.running = this.run(kind, store).finally(() => (this.running = null))
    return this.running
  }

  cancel(): void {
    this.cancelled = true
  }

  async close(): Promise<void> {
    this.closed = true
    this.cancel()
    await this.running?.catch(() => undefined)
  }

  private async run(kind: StatsWork['kind'], store: Store): Promise<StatsWork> {
    try {
      let found: Found | null = null
      while (found === null) {
        await this.make(store)
        if (kind === 'check') found = await this.compare(store)
        else if (await store.write(takeIfWhole)) found = { count: 0, examples: [] }
      }
      return this.end({ state: 'done', ...tellOf(store, found) })
    } catch (error) {
      if (error instanceof Cancelled) return this.end({ state: 'cancelled' })
      this.end({ state: 'failed' })
      throw error
    } finally {
      this.letGo(store)
      await store
        .write((db) => {
          setMaking(db, false)
          clearAnew(db)
        })
        .catch(() => undefined)
    }
  }

  private letGo(store: Store): void {
    try {
      store.read((db) => setCopying(db, false))
    } catch {
      // It was closed meanwhile.
    }
  }

  /** Adds up the log beside the figures in use, up to the newest message and those that come from then on. */
  private async make(store: Store): Promise<void> {
    let at: Progress | null = null
    for (;;) {
      at = await store.write((db) => step(db, at, this.parts.atOnce ?? messagesAtOnce))
      if (at === null) return
      const { seq, copied } = at
      const all = store.read(newestSeq)
      if (copied === null) store.read((db) => setCopying(db, false))
      this.tell({ done: Math.min(seq, all), all })
      await this.pause()
    }
  }

  /** Null where a deletion came between. */
  private async compare(store: Store): Promise<Found | null> {
    const found: Found = { count: 0, examples: [] }
    for (const look of store.read(looksOf)) {
      if (store.read(lookedTo) === null) return null
      const differences = store.read((db) => compareSlots(db, look))
      found.count += differences.length
      found.examples.push(...differences.slice(0, mostExamples - found.examples.length))
      await this.pause()
    }
    return found
  }

  private async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (this.cancelled) throw new Cancelled()
  }

  private tell(more: Partial<StatsWork>): void {
    if (!this.current) return
    this.current = { ...this.current, ...more }
    const now = performance.now()
    if (now - this.toldAt < tellEveryMs) return
    this.toldAt = now
    this.parts.events.emit('stats.work', this.current)
  }

  private end(more: Partial<StatsWork>): StatsWork {
    this.toldAt = -Infinity
    this.tell(more)
    return this.current as StatsWork
  }
}

interface Progress {
  /** Of what outlived its messages; null: all of it. */
  copied: CopiedTo | null
  /** Messages up to it are in. */
  seq: number
}

/** Answers how far it has come; null once all are in. Begins once more where a deletion came between. */
function step(db: Database, at: Progress | null, most: number): Progress | null {
  if (at === null || lookedTo(db) === null) {
    setMaking(db, true)
    setCopying(db, true)
    beginAnew(db)
    return { copied: nothingCopied, seq: 0 }
  }
  if (at.copied !== null) return { copied: copyOutlived(db, at.copied, most), seq: 0 }
  const newest = newestSeq(db)
  if (at.seq < newest) {
    const seq = Math.min(newest, at.seq + most)
    addMessages(db, at.seq, seq)
    return { copied: null, seq }
  }
  lookAtAll(db)
  return null
}

function takeIfWhole(db: Database): boolean {
  if (lookedTo(db) === null) return false
  takeAnew(db)
  return true
}

function tellOf(store: Store, { count, examples }: Found): Pick<StatsWork, 'differences' | 'examples'> {
  return {
    differences: count,
    examples: store.read((db) => examples.map((one) => ({ ...one, scope: nameOf(db, one.scope) }))),
  }
}

function nameOf(db: Database, scope: string): string {
  const id = scope.slice(1)
  if (scope.startsWith('p')) return getProvider(db, id)?.name ?? id
  return scope.startsWith('g') ? (getGroup(db, id)?.name ?? id) : 'all'
}
