import type { Database, Statement } from 'better-sqlite3'
import { WalSync } from './wal-sync.ts'

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
/** A write waits at most so long for others to share its transaction. */
const gatherMs = 2

/**
 * Gathers writes into one transaction, because waiting for the disk costs as much for one row as for a thousand: those
 * of one turn of the event loop, and those that come while the batch before is on its way to the disk. A promise
 * resolves when its write is on the disk. A write may be run twice, when another of its batch fails, so it must have no
 * effect but on the database.
 */
export class GroupCommit {
  private queue: Queued[] = []
  private committed: Committed[] = []
  private scheduled = false
  private syncing = false
  private gatheringSince = 0
  private lastLength = 0
  private readonly db: Database
  private readonly log: WalSync
  private readonly begin: Statement
  private readonly commit: Statement
  private readonly rollback: Statement
  private readonly relaxed: Statement
  private readonly full: Statement

  constructor(db: Database) {
    this.db = db
    this.log = new WalSync(db)
    this.begin = db.prepare('BEGIN IMMEDIATE')
    this.commit = db.prepare('COMMIT')
    this.rollback = db.prepare('ROLLBACK')
    this.relaxed = db.prepare('PRAGMA synchronous = NORMAL')
    this.full = db.prepare('PRAGMA synchronous = FULL')
  }

  add<T>(work: (db: Database) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
      this.schedule()
    })
  }

  /** Commits what is queued and waits for the disk now, without the event loop. */
  flush(): void {
    while (this.queue.length > 0) this.commitBatch()
    if (this.committed.length === 0) return
    const waiting = this.takeCommitted()
    this.log.syncNow()
    tell(waiting, null)
  }

  close(): void {
    this.flush()
    this.log.close()
  }

  private schedule(): void {
    // While the last batch is on its way to the disk, the next one gathers.
    if (this.scheduled || this.syncing) return
    this.scheduled = true
    this.gatheringSince = performance.now()
    this.lastLength = 1
    setImmediate(this.turn)
  }

  private readonly turn = (): void => {
    if (this.isGathering()) {
      setImmediate(this.turn)
      return
    }
    this.scheduled = false
    this.commitBatch()
    this.startSync()
  }

  /** A lone writer is not kept waiting; while each turn of the event loop brings more, a few turns are. */
  private isGathering(): boolean {
    const { length } = this.queue
    const grew = length > this.lastLength
    this.lastLength = length
    return grew && performance.now() - this.gatheringSince < gatherMs
  }

  private startSync(): void {
    if (this.committed.length === 0) return this.goOn()
    const waiting = this.takeCommitted()
    this.syncing = true
    this.log.sync((error) => {
      this.syncing = false
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
      if (this.log.possible) this.relaxed.run()
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
    this.restoreFull()
    this.committed.push({ part, values })
  }

  private rollBack(): void {
    // SQLite has already rolled back by itself after some errors, such as a full disk.
    if (this.db.inTransaction) this.rollback.run()
    this.restoreFull()
  }

  /** Whatever else writes on this connection waits for the disk as SQLite does. */
  private restoreFull(): void {
    if (this.log.possible) this.full.run()
  }
}

function tell(waiting: Committed[], error: Error | null): void {
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
