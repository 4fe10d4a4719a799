import { closeSync, openSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { Log } from '../log.ts'
import { copyBeforeMigration } from './files/backup.ts'
import { listBackupFiles } from './files/backup-list.ts'
import { takeCleanClose } from './files/clean-close.ts'
import { connect } from './connection.ts'
import { diagnose, examine, type Examination } from './files/examine.ts'
import { migrate, newestVersion, type Migration } from './migrate.ts'
import { sizeOf, type StoreFiles } from './files/store-files.ts'
import { Store } from './store.ts'

export type OpenState =
  | { state: 'ready'; db: Database; store: Store; checkedAt: number }
  | Extract<Examination, { state: 'damaged' | 'newer' | 'unreadable' }>

export interface OpenOptions {
  migrations: readonly Migration[]
  log: Log
  now: () => number
}

/**
 * Opens the store's file, or says why not. A missing file is made anew only where nothing tells of an earlier one, or
 * when `anew` says that its owner knows. Never throws.
 */
export function openFile(files: StoreFiles, options: OpenOptions, anew = false): OpenState {
  const checkedAt = takeCleanClose(files, options.now())
  const examined = examine(files.main, {
    known: newestVersion(options.migrations),
    whole: checkedAt === null,
  })
  if (examined.state === 'damaged' || examined.state === 'newer' || examined.state === 'unreadable')
    return examined
  const loss = examined.state === 'good' || anew ? null : lossOf(files, examined.state)
  if (loss) return { state: 'damaged', reason: loss }
  try {
    return connectAndMigrate(files, options, checkedAt ?? options.now())
  } catch (error) {
    options.log.error('The store cannot be opened', { error })
    return diagnose(error)
  }
}

/** An empty store in place of one that was lost would look like lost data, and bury what is left of it. */
function lossOf(files: StoreFiles, state: 'absent' | 'empty'): string | null {
  const leftovers = sizeOf(files.log) > 0 || listBackupFiles(files.backups).length > 0
  if (!leftovers) return null
  return state === 'empty' ? 'The store’s file is empty.' : 'The store’s file is missing.'
}

function connectAndMigrate(files: StoreFiles, options: OpenOptions, checkedAt: number): OpenState {
  // SQLite gives its other files the mode of this one.
  closeSync(openSync(files.main, 'a', 0o600))
  const db = connect(files.main)
  try {
    migrate(db, options.migrations, (version) => {
      options.log.info('The store is brought to a newer version', { version })
      copyBeforeMigration(db, files, version, options.now())
    })
    return { state: 'ready', db, store: new Store(db), checkedAt }
  } catch (error) {
    db.close()
    throw error
  }
}
