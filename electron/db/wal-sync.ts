import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import type { Database } from 'better-sqlite3'

/** Sees to it that what was committed is on the disk. */
export interface LogSync {
  /** False where SQLite has to do it itself. */
  readonly possible: boolean
  sync(done: (error: Error | null) => void): void
  syncNow(): void
  close(): void
}

/**
 * Waits for the disk in place of SQLite, off the main thread. A transaction in WAL mode is durable once the log that
 * holds it is synced: `synchronous = FULL` does just that inside COMMIT, and blocks the event loop meanwhile. Here the
 * COMMIT only writes (`NORMAL`), and the very same sync follows on libuv's thread pool (on macOS it is F_FULLFSYNC).
 * Nobody may be told of a write before its sync is done.
 */
export class WalSync implements LogSync {
  private readonly fd: number | null
  private underWay = 0
  private closing = false

  constructor(db: Database) {
    this.fd = db.memory ? null : openLog(`${db.name}-wal`)
  }

  /** False also where there is no log to sync, as in a test's store in memory. */
  get possible(): boolean {
    return this.fd !== null
  }

  sync(done: (error: Error | null) => void): void {
    if (this.fd === null) return done(null)
    this.underWay += 1
    fdatasync(this.fd, (error) => {
      this.underWay -= 1
      if (this.closing) this.close()
      done(error)
    })
  }

  syncNow(): void {
    if (this.fd !== null && !this.closing) fdatasyncSync(this.fd)
  }

  /**
   * Waits for a sync that is under way, which could otherwise meet another file of the same number. The log carries no
   * locks of SQLite's, so closing this descriptor releases none.
   */
  close(): void {
    this.closing = true
    if (this.fd !== null && this.underWay === 0) closeSync(this.fd)
  }
}

function openLog(file: string): number | null {
  try {
    return openSync(file, 'r+')
  } catch {
    return null
  }
}
