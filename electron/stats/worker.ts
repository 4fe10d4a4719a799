import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { StatsAnswer, StatsWork } from '#shared/stats/answer.ts'
import { getGroup } from '../db/groups.ts'
import { newestSeq } from '../db/messages.ts'
import { getProvider } from '../db/providers.ts'
import { addMessages, beginAnew, clearAnew, lookAtAll, takeAnew } from '../db/rollups/anew.ts'
import { compareSlots, looksOf, type Difference } from '../db/rollups/compare.ts'
import { isComplete, lookedTo, setMaking } from '../db/rollups/marks.ts'
import type { Store } from '../db/store.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'

/** Messages in one transaction: some hundredths of a second. */
const messagesAtOnce = 500
/** Between two pieces, so that whatever else there is to do is done. */
const pauseMs = 2
const tellEveryMs = 250
const mostExamples = 20

interface WorkerParts {
  stores: StoreHandle
  events: EventHub
  log: Log
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
      let found: Difference[] | null = null
      while (found === null) {
        await this.make(store)
        if (kind === 'check') found = await this.compare(store)
        else if (await store.write(takeIfWhole)) found = []
      }
      return this.end({ state: 'done', ...tellOf(store, found) })
    } catch (error) {
      if (error instanceof Cancelled) return this.end({ state: 'cancelled' })
      this.end({ state: 'failed' })
      throw error
    } finally {
      await store
        .write((db) => {
          setMaking(db, false)
          clearAnew(db)
        })
        .catch(() => undefined)
    }
  }

  /** Adds up the log beside the figures in use, up to the newest message and those that come from then on. */
  private async make(store: Store): Promise<void> {
    let at: number | null = null
    for (;;) {
      at = await store.write((db) => step(db, at))
      if (at === null) return
      const all = store.read(newestSeq)
      this.tell({ done: Math.min(at, all), all })
      await this.pause()
    }
  }

  /** Null where a deletion came between. */
  private async compare(store: Store): Promise<Difference[] | null> {
    const differences: Difference[] = []
    for (const look of store.read(looksOf)) {
      if (store.read(lookedTo) === null) return null
      differences.push(...store.read((db) => compareSlots(db, look)))
      await this.pause()
    }
    return differences
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

/** Answers with the seq up to which it has come; null once all are in. Begins once more where a deletion came between. */
function step(db: Database, at: number | null): number | null {
  if (at === null || lookedTo(db) === null) {
    setMaking(db, true)
    beginAnew(db)
    return 0
  }
  const newest = newestSeq(db)
  if (at < newest) {
    const to = Math.min(newest, at + messagesAtOnce)
    addMessages(db, at, to)
    return to
  }
  lookAtAll(db)
  return null
}

function takeIfWhole(db: Database): boolean {
  if (lookedTo(db) === null) return false
  takeAnew(db)
  return true
}

function tellOf(
  store: Store,
  differences: readonly Difference[],
): Pick<StatsWork, 'differences' | 'examples'> {
  const examples = store.read((db) =>
    differences.slice(0, mostExamples).map((one) => ({ ...one, scope: nameOf(db, one.scope) })),
  )
  return { differences: differences.length, examples }
}

function nameOf(db: Database, scope: string): string {
  const id = scope.slice(1)
  if (scope.startsWith('p')) return getProvider(db, id)?.name ?? id
  return scope.startsWith('g') ? (getGroup(db, id)?.name ?? id) : 'all'
}
