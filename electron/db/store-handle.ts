import type { BackupInfo, StoreStatus } from '#shared/app-info.ts'
import { AppError } from '#shared/errors.ts'
import type { Log } from '../log.ts'
import { backUp, isBackupDue } from './files/backup.ts'
import { BackupList } from './files/backup-list.ts'
import { changeApart, NoThread, type Change } from './apart/change-apart.ts'
import { recordCleanClose } from './files/clean-close.ts'
import { sizesApart, vacuumApart } from './apart/file-apart.ts'
import { newestVersion, type Migration } from './migrate.ts'
import { migrations as shipped } from './migrations/index.ts'
import { openFile, type OpenOptions, type OpenState } from './open.ts'
import { putInPlace, setAside, usableBackup } from './files/replace.ts'
import { sizeOf, storeFiles, type StoreFiles } from './files/store-files.ts'
import type { Store } from './store.ts'

export interface StoreOptions {
  log: Log
  /** Epoch milliseconds. */
  now?: () => number
  migrations?: readonly Migration[]
}

/**
 * Opens the store of a workspace whose lock the caller holds. Never throws: a store that cannot be opened is one whose
 * `status()` says why.
 */
export function openStore(folder: string, options: StoreOptions): StoreHandle {
  return new StoreHandle(storeFiles(folder), { now: Date.now, migrations: shipped, ...options })
}

export class StoreHandle {
  private readonly files: StoreFiles
  private readonly options: OpenOptions
  private readonly known: number
  private readonly backups: BackupList
  private state: OpenState
  private backingUp: Promise<string> | null = null
  private backupEnd = new AbortController()
  private changing: Promise<unknown> | null = null

  constructor(files: StoreFiles, options: OpenOptions) {
    this.files = files
    this.options = options
    this.known = newestVersion(options.migrations)
    this.backups = new BackupList(files.backups, this.known)
    this.state = openFile(files, options)
  }

  /** Throws `store_damaged`, `store_newer` or `store_unreadable`. After a restore this is another object. */
  get store(): Store {
    if (this.state.state === 'ready') return this.state.store
    throw notReady(this.state)
  }

  /** Unlike `status()` it costs nothing. */
  get isReady(): boolean {
    return this.state.state === 'ready'
  }

  /** While the store is damaged every page of each backup is looked at, which may take a second, but only once. */
  status(): StoreStatus {
    if (this.state.state === 'ready') return this.ready(this.backups.glance())
    if (this.state.state === 'damaged') return { ...this.state, backups: this.backups.check() }
    return this.state
  }

  /**
   * Puts a backup in the store's place and opens it; what was there is moved into `damaged/`. Throws `not_found` and
   * `backup_unusable`, in which cases nothing has changed, and the file system's errors.
   */
  async restore(name: string): Promise<StoreStatus> {
    const backup = usableBackup(this.files, name, this.known)
    this.options.log.warn('The store is replaced by a backup', { backup: name })
    return this.reopen(() => putInPlace(this.files, backup, this.options.now()))
  }

  /** Moves what is there into `damaged/` and begins with an empty store. Throws the file system's errors. */
  async startEmpty(): Promise<StoreStatus> {
    this.options.log.warn('The store is replaced by an empty one')
    return this.reopen(() => setAside(this.files, this.options.now()), true)
  }

  /** Makes a backup now, or waits for the one under way. Answers with its name. */
  async backup(): Promise<string> {
    if (this.state.state !== 'ready') throw notReady(this.state)
    const { db } = this.state
    const order = { db, files: this.files, now: this.options.now(), signal: this.backupEnd.signal }
    this.backingUp ??= backUp(order, this.known).finally(() => {
      this.backingUp = null
    })
    return this.backingUp
  }

  /** A backup of the store as it is now: one that is under way may have been begun before the last change. */
  async backupAfresh(): Promise<string> {
    await this.backingUp?.catch(() => {})
    return this.backup()
  }

  /**
   * Makes changes that take long in one transaction, off the main thread where there can be another; whoever else writes
   * waits. Answers with the rows that each changed. Throws `store_busy` and SQLite's errors, and then nothing is changed.
   */
  async change(changes: readonly Change[]): Promise<number[]> {
    const { store } = this
    const here = () =>
      store.writeNow((db) => changes.map(({ sql, values }) => db.prepare(sql).run(values).changes))
    const work = store
      .holding(() => changeApart(this.files.main, changes))
      .catch((error: unknown) => {
        if (error instanceof NoThread) return here()
        throw error
      })
    this.changing = work
    return work.finally(() => (this.changing = null))
  }

  /** Bytes of each table with its indexes, and of free pages as `free`. Throws SQLite's errors. */
  async sizes(): Promise<Map<string, number>> {
    if (this.state.state !== 'ready') throw notReady(this.state)
    return sizesApart(this.files.main)
  }

  /**
   * Writes the file anew without free pages; whoever else writes waits. Answers with its bytes before and after. Throws
   * `store_busy` and SQLite's errors, and then it is as it was.
   */
  async compact(): Promise<{ before: number; after: number }> {
    const { store } = this
    const bytes = () => sizeOf(this.files.main) + sizeOf(this.files.log)
    const before = bytes()
    const work = store.holding(() => vacuumApart(this.files.main))
    this.changing = work
    await work.finally(() => (this.changing = null))
    return { before, after: bytes() }
  }

  /**
   * Makes the daily backup where one is due. It is for the background: a failure is logged and not thrown. Answers
   * whether one was made.
   */
  async backupIfDue(): Promise<boolean> {
    try {
      if (this.state.state !== 'ready' || !isBackupDue(this.files, this.options.now())) return false
      await this.backup()
      return true
    } catch (error) {
      if (this.isReady) this.options.log.warn('The daily backup failed', { error })
      return false
    }
  }

  /** Ends a backup that is under way, commits what is queued and closes the file. Never throws. */
  async close(): Promise<void> {
    try {
      if (this.backingUp) await this.endBackup()
      await this.changing?.catch(() => {})
      this.closeStore()
    } catch (error) {
      this.options.log.warn('The store was not closed cleanly', { error })
    }
  }

  private async endBackup(): Promise<void> {
    this.backupEnd.abort()
    await this.backingUp?.catch(() => {})
    this.backupEnd = new AbortController()
  }

  private closeStore(): void {
    if (this.state.state !== 'ready') return
    const { store, checkedAt } = this.state
    this.state = { state: 'unreadable', reason: 'The store is closed.' }
    store.close()
    // Another program that still holds the file keeps the log alive; then the next start looks at every page.
    if (!store.corrupt && sizeOf(this.files.log) === 0) recordCleanClose(this.files, checkedAt)
  }

  private async reopen(replace: () => void, anew = false): Promise<StoreStatus> {
    await this.endBackup()
    await this.changing?.catch(() => {})
    this.closeStore()
    try {
      replace()
    } finally {
      this.state = openFile(this.files, this.options, anew)
    }
    return this.status()
  }

  private ready(backups: BackupInfo[]): StoreStatus {
    return { state: 'ready', backups, sizeBytes: sizeOf(this.files.main) + sizeOf(this.files.log) }
  }
}

const codes = { damaged: 'store_damaged', newer: 'store_newer', unreadable: 'store_unreadable' } as const

function notReady(state: Exclude<OpenState, { state: 'ready' }>): AppError {
  const message =
    state.state === 'newer'
      ? `The store was made by a newer version of the workbench (${state.version}; this one knows ${state.known}).`
      : state.reason
  return new AppError(codes[state.state], message)
}
