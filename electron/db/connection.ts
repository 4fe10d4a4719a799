import SqliteDatabase, { type Database } from 'better-sqlite3'

/**
 * What is acknowledged to others has to be on the disk, hence FULL, until group commit takes over waiting for it. The
 * file is not mapped into memory: a bad sector would then kill the process instead of raising an error.
 */
const settings = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'cell_size_check = ON',
  'trusted_schema = OFF',
  'temp_store = MEMORY',
  'cache_size = -16000',
  // Pages: a checkpoint waits for the disk twice, and pages that change again and again are copied once for all.
  'wal_autocheckpoint = 4000',
  // The write-ahead log is cut back to this after a large transaction.
  'journal_size_limit = 67108864',
]

/** On macOS a plain fsync leaves the data in the drive's cache. */
const macSettings = ['fullfsync = ON', 'checkpoint_fullfsync = ON']

/** The store's one connection, for reading and writing. Throws SQLite's errors. */
export function connect(file: string): Database {
  const db = new SqliteDatabase(file, { timeout: 5000 })
  try {
    const all = process.platform === 'darwin' ? [...macSettings, ...settings] : settings
    for (const setting of all) db.pragma(setting)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A second look at a file, which is left as it is. */
export function connectToRead(file: string): Database {
  const db = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  db.pragma('cell_size_check = ON')
  db.pragma('trusted_schema = OFF')
  return db
}
