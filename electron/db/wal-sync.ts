import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import type { Database } from 'better-sqlite3'

/**
 * Waits for the disk in place of SQLite, off the main thread. A transaction in WAL mode is durable once the log that
 * holds it is synced: `synchronous = FULL` does just that inside COMMIT, and blocks the event loop meanwhile. Here the
 * COMMIT only writes (`NORMAL`), and the very same sync follows on libuv's thread pool (on macOS it is F_FULLFSYNC).
 * Nobody may be told of a write before its sync is done.
 */
export class WalSync {
  private readonly fd: number | null

  constructor(db: Database) {
    this.fd = db.memory ? null : openLog(`${db.name}-wal`)
  }

  /** False where there is no log to sync (a test's store in memory): then SQLite has to do it itself. */
  get possible(): boolean {
    return this.fd !== null
  }

  sync(done: (error: Error | null) => void): void {
    if (this.fd === null) done(null)
    else fdatasync(this.fd, done)
  }

  syncNow(): void {
    if (this.fd !== null) fdatasyncSync(this.fd)
  }

  /** The log carries no locks of SQLite's, so closing this descriptor releases none. */
  close(): void {
    if (this.fd !== null) closeSync(this.fd)
  }
}

function openLog(file: string): number | null {
  try {
    return openSync(file, 'r+')
  } catch {
    return null
  }
}
