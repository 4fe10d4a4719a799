import type { Database, Statement } from 'better-sqlite3'

interface Queued {
  work: (db: Database) => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

interface Failure {
  index: number
  error: unknown
}

/** So many writes fit into one transaction; more would keep the event loop for longer than about 50 ms. */
const largestBatch = 10_000

/**
 * Gathers the writes of one turn of the event loop into one transaction, because a commit that waits for the disk costs
 * as much for one row as for a thousand. A promise resolves after its commit. A write may be run twice, when another of
 * its batch fails, so it must have no effect but on the database.
 */
export class GroupCommit {
  private queue: Queued[] = []
  private scheduled = false
  private readonly db: Database
  private readonly begin: Statement
  private readonly commit: Statement
  private readonly rollback: Statement

  constructor(db: Database) {
    this.db = db
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

  /** Commits what is queued now, without waiting for the event loop. */
  flush(): void {
    while (this.queue.length > 0) this.commitBatch()
  }

  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      this.commitBatch()
      if (this.queue.length > 0) this.schedule()
    })
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
    part.forEach(({ resolve }, index) => resolve(values[index]))
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
