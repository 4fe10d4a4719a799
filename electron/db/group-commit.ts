import type { Database, Statement } from 'better-sqlite3'
import { dropTallies, gatherTallies, writeTallies } from './tally.ts'
import { WalSync, type LogSync } from './wal-sync.ts'

interface Queued {
  work: (db: Database) => unknown
  /** So many such writes are worth a transaction. */
  worth: number
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

interface Failure {
  index: number
  error: unknown
}

/** Writes that are committed and wait for the disk, with their values. */
interface Committed {
  part: Queued[]
  values: unknown[]
}

/** So many writes fit into one transaction; more would keep the event loop for longer than about 50 ms. */
const largestBatch = 10_000

/** What a transaction costs by itself is then little beside its writes. */
export const usualWorth = 16

/** A disk that takes longer is the narrow place itself, and fewer syncs help most. */
const quickSyncMs = 4

/**
 * Gathers writes into one transaction, because waiting for the disk costs as much for one row as for a thousand: those
 * of one turn of the event loop, and those that come while the batch before is on its way to the disk. A promise
 * resolves when its write is on the disk. A write may be run twice, when another of its batch fails, so it must have no
 * effect but on the database.
 *
 * Where the disk is quick, a large batch goes in two halves, and the second is committed while the first is on its way:
 * all at once, those who write would go in step ever after, and the program would wait for the disk with nothing to do.
 */
export class GroupCommit {
  private queue: Queued[] = []
  private committed: Committed[] = []
  private onItsWay: Committed[] = []
  private scheduled = false
  private syncing = false
  private lastSyncMs = Infinity
  private held = false
  private readonly db: Database
  private readonly log: LogSync
  private readonly now: () => number
  private readonly begin: Statement
  private readonly commit: Statement
  private readonly rollback: Statement

  /** `now`: milliseconds that never go back. */
  constructor(db: Database, log: LogSync = new WalSync(db), now = () => performance.now()) {
    this.db = db
    this.log = log
    this.now = now
    // Set once and not for each batch: a prepared PRAGMA takes effect when it is prepared, and never again.
    if (log.possible) db.pragma('synchronous = NORMAL')
    this.begin = db.prepare('BEGIN IMMEDIATE')
    this.commit = db.prepare('COMMIT')
    this.rollback = db.prepare('ROLLBACK')
  }

  /** `worth`: so many such writes are worth a transaction of their own while the disk is at work on others. */
  add<T>(work: (db: Database) => T, worth = usualWorth): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, worth, resolve: resolve as (value: unknown) => void, reject })
      this.schedule()
    })
  }

  /** Commits what is queued, without the event loop. Nobody is told before the next sync. */
  commitQueued(): void {
    while (this.queue.length > 0) this.commitBatch()
  }

  /** Waits for the disk now, for whatever was committed on this connection. Throws the file system's errors. */
  syncNow(): void {
    this.log.syncNow()
    const waiting = [...this.onItsWay, ...this.takeCommitted()]
    this.onItsWay = []
    tell(waiting, null)
  }

  /** Writes gather and wait until `release`, while another connection writes. What was queued before is committed. */
  hold(): void {
    this.commitQueued()
    this.syncNow()
    this.held = true
  }

  release(): void {
    this.held = false
    this.goOn()
  }

  get isHeld(): boolean {
    return this.held
  }

  close(): void {
    this.commitQueued()
    this.syncNow()
    this.log.close()
  }

  private get diskIsQuick(): boolean {
    return this.log.possible && this.lastSyncMs <= quickSyncMs
  }

  private schedule(): void {
    if (this.scheduled || this.held || !this.isTime()) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      if (this.held) return
      this.commitBatch(this.syncing ? largestBatch : this.firstPart())
      if (!this.syncing) this.startSync()
      this.goOn()
    })
  }

  /** While the last batch is on its way to the disk, the next one gathers. */
  private isTime(): boolean {
    if (!this.syncing) return true
    return this.diskIsQuick && this.queue.length >= this.worthOf(Math.min)
  }

  private firstPart(): number {
    const half = Math.ceil(this.queue.length / 2)
    return this.diskIsQuick && half >= this.worthOf(Math.max) ? Math.min(half, largestBatch) : largestBatch
  }

  /** The least or the most of what is queued. */
  private worthOf(pick: (one: number, other: number) => number): number {
    return this.queue.reduce((picked, { worth }) => pick(picked, worth), this.queue[0]?.worth ?? usualWorth)
  }

  private startSync(): void {
    if (this.committed.length === 0) return
    this.onItsWay = this.takeCommitted()
    this.syncing = true
    const startedAt = this.now()
    this.log.sync((error) => {
      this.syncing = false
      this.lastSyncMs = this.now() - startedAt
      const waiting = this.onItsWay
      this.onItsWay = []
      // What was committed meanwhile need not wait until those who are told now have gone on.
      this.startSync()
      tell(waiting, error)
      this.goOn()
    })
  }

  private goOn(): void {
    if (this.queue.length > 0) this.schedule()
  }

  private takeCommitted(): Committed[] {
    const waiting = this.committed
    this.committed = []
    return waiting
  }

  /**
   * Settles each write as if it had come alone, in as few transactions as that takes: those before the first that fails
   * go together, the failing one by itself, then the rest.
   */
  private commitBatch(most = largestBatch): void {
    let rest = this.queue.slice(0, most)
    this.queue = this.queue.slice(most)
    while (rest.length > 0) {
      const failure = this.runTogether(rest)
      if (!failure) return
      this.settle(rest.slice(0, failure.index))
      this.settle(rest.slice(failure.index, failure.index + 1))
      rest = rest.slice(failure.index + 1)
    }
  }

  private settle(part: Queued[]): void {
    const failure = this.runTogether(part)
    if (!failure) return
    if (part.length === 1) part[0]?.reject(failure.error)
    else for (const one of part) this.settle([one])
  }

  /** One transaction. Answers with the first write that throws, in which case nothing is done and nobody is told. */
  private runTogether(part: Queued[]): Failure | null {
    const values: unknown[] = []
    try {
      this.begin.run()
      gatherTallies(this.db)
      for (const { work } of part) values.push(runSync(this.db, work))
    } catch (error) {
      this.rollBack()
      return { index: values.length, error }
    }
    this.finish(part, values)
    return null
  }

  /** A commit that fails, as on a full disk, refuses the whole transaction. */
  private finish(part: Queued[], values: unknown[]): void {
    try {
      writeTallies(this.db)
      this.commit.run()
    } catch (error) {
      this.rollBack()
      for (const { reject } of part) reject(error)
      return
    }
    this.committed.push({ part, values })
  }

  private rollBack(): void {
    dropTallies(this.db)
    // SQLite has already rolled back by itself after some errors, such as a full disk.
    if (this.db.inTransaction) this.rollback.run()
  }
}

/** Once each: what a sync of its own has seen to the disk meanwhile has been told already. */
function tell(waiting: readonly Committed[], error: Error | null): void {
  for (const { part, values } of waiting) {
    part.forEach(({ resolve, reject }, index) => (error ? reject(error) : resolve(values[index])))
  }
}

/** A transaction cannot wait: what came after an await would run outside it. */
export function runSync<T>(db: Database, work: (db: Database) => T): T {
  const value = work(db)
  if (value instanceof Promise) throw new TypeError('A write must not be asynchronous.')
  return value
}
