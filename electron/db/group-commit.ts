import type { Database, Statement } from 'better-sqlite3'
import { WalSync, type LogSync } from './wal-sync.ts'

interface Queued {
  work: (db: Database) => unknown
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

/**
 * Gathers writes into one transaction, because waiting for the disk costs as much for one row as for a thousand: those
 * of one turn of the event loop, and those that come while the batch before is on its way to the disk. A promise
 * resolves when its write is on the disk. A write may be run twice, when another of its batch fails, so it must have no
 * effect but on the database.
 */
export class GroupCommit {
  private queue: Queued[] = []
  private committed: Committed[] = []
  private onItsWay: Committed[] = []
  private scheduled = false
  private syncing = false
  private held = false
  private readonly db: Database
  private readonly log: LogSync
  private readonly begin: Statement
  private readonly commit: Statement
  private readonly rollback: Statement

  constructor(db: Database, log: LogSync = new WalSync(db)) {
    this.db = db
    this.log = log
    // Set once and not for each batch: a prepared PRAGMA takes effect when it is prepared, and never again.
    if (log.possible) db.pragma('synchronous = NORMAL')
    this.begin = db.prepare('BEGIN IMMEDIATE')
    this.commit = db.prepare('COMMIT')
    this.rollback = db.prepare('ROLLBACK')
  }

  add<T>(work: (db: Database) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
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
    this.onItsWay.push(...this.takeCommitted())
    this.tell(null)
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

  private schedule(): void {
    // While the last batch is on its way to the disk, the next one gathers.
    if (this.scheduled || this.syncing || this.held) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      if (this.held) return
      this.commitBatch()
      this.startSync()
    })
  }

  private startSync(): void {
    if (this.committed.length === 0) return this.goOn()
    this.onItsWay = this.takeCommitted()
    this.syncing = true
    this.log.sync((error) => {
      this.syncing = false
      this.tell(error)
      this.goOn()
    })
  }

  /** Once each: what a sync of its own has seen to the disk meanwhile has been told already. */
  private tell(error: Error | null): void {
    const waiting = this.onItsWay
    this.onItsWay = []
    for (const { part, values } of waiting) {
      part.forEach(({ resolve, reject }, index) => (error ? reject(error) : resolve(values[index])))
    }
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
  private commitBatch(): void {
    let rest = this.queue.slice(0, largestBatch)
    this.queue = this.queue.slice(largestBatch)
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
      this.commit.run()
    } catch (error) {
      this.rollBack()
      for (const { reject } of part) reject(error)
      return
    }
    this.committed.push({ part, values })
  }

  private rollBack(): void {
    // SQLite has already rolled back by itself after some errors, such as a full disk.
    if (this.db.inTransaction) this.rollback.run()
  }
}

/** A transaction cannot wait: what came after an await would run outside it. */
export function runSync<T>(db: Database, work: (db: Database) => T): T {
  const value = work(db)
  if (value instanceof Promise) throw new TypeError('A write must not be asynchronous.')
  return value
}
