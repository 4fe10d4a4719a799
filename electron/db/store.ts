import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { isCorruption } from './files/examine.ts'
import { GroupCommit, runSync } from './group-commit.ts'
import { forgetSmallTables } from './statistics.ts'

/** The open store. Errors of SQLite pass through with their codes, such as `SQLITE_FULL`. */
export class Store {
  private readonly db: Database
  private readonly group: GroupCommit
  private corruptionSeen = false

  constructor(db: Database) {
    this.db = db
    this.group = new GroupCommit(db)
  }

  read<T>(work: (db: Database) => T): T {
    return this.watched(() => work(this.open()))
  }

  /**
   * Runs `work` with all that is queued in this turn of the event loop in one transaction, and resolves when that is on
   * the disk. When `work` throws, only its own changes are undone, and the promise rejects with what it threw. `work`
   * may be run twice and must have no effect but on the database. `worth`: see `GroupCommit.add`.
   */
  write<T>(work: (db: Database) => T, worth?: number): Promise<T> {
    if (!this.db.open) return Promise.reject(closed())
    return this.group.add((db) => this.watched(() => work(db)), worth)
  }

  /** The same in a transaction of its own, on the disk when it returns. What was queued before is committed first. */
  writeNow<T>(work: (db: Database) => T): T {
    const db = this.open()
    if (db.inTransaction) throw new Error('A transaction is open already.')
    if (this.group.isHeld) throw busy()
    this.group.commitQueued()
    try {
      return this.watched(() => db.transaction(() => runSync(db, work)).immediate())
    } finally {
      this.group.syncNow()
    }
  }

  /**
   * Lets `work` write over a connection of its own: what others write gathers and waits meanwhile, and can be read as it
   * was. Throws `store_busy` when that is going on already.
   */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    this.open()
    if (this.group.isHeld) throw busy()
    this.group.hold()
    try {
      return await work()
    } finally {
      this.group.release()
    }
  }

  /** A damaged page was met since the store was opened. */
  get corrupt(): boolean {
    return this.corruptionSeen
  }

  /** Commits what is queued, then closes the file. */
  close(): void {
    if (!this.db.open) return
    this.group.close()
    this.db.pragma('optimize')
    forgetSmallTables(this.db)
    this.db.close()
  }

  private open(): Database {
    if (!this.db.open) throw closed()
    return this.db
  }

  private watched<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (isCorruption(error)) this.corruptionSeen = true
      throw error
    }
  }
}

function busy(): AppError {
  return new AppError('store_busy', 'A large change is being written. Try again in a few seconds.')
}

function closed(): AppError {
  return new AppError('store_unreadable', 'The store is closed.')
}
