import { copyFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { flushFile, flushFolder } from '../durable-file.ts'
import { findIn, listBackupFiles } from './backup-list.ts'
import { sizeOf, timeInName, type StoreFiles } from './store-files.ts'

const dailyKept = 7
const beforeMigrationKept = 3
const day = 86_400_000

/**
 * Copies the open store page by page, leaving the event loop free in between; the backup takes its name only when it is
 * whole and usable. Answers with its name. Throws `backup_unusable`, and SQLite's errors.
 */
export async function backUp(db: Database, files: StoreFiles, known: number, now: number): Promise<string> {
  const name = `daily-${timeInName(now)}.sqlite`
  mkdirSync(files.backups, { recursive: true, mode: 0o700 })
  const temporary = join(files.backups, `${name}.new`)
  try {
    await db.backup(temporary)
    complete(temporary, join(files.backups, name), known)
  } catch (error) {
    removeWithCompanions(temporary)
    throw error
  }
  prune(files, 'daily-', dailyKept)
  return name
}

/** Copies the store's file as it is before a migration. Nothing else may use the store meanwhile. */
export function copyBeforeMigration(db: Database, files: StoreFiles, version: number, now: number): void {
  const name = `before-${version}-${timeInName(now)}.sqlite`
  mkdirSync(files.backups, { recursive: true, mode: 0o700 })
  const temporary = join(files.backups, `${name}.new`)
  db.pragma('wal_checkpoint(TRUNCATE)')
  try {
    copyFileSync(files.main, temporary)
    complete(temporary, join(files.backups, name), version - 1)
  } catch (error) {
    removeWithCompanions(temporary)
    throw error
  }
  prune(files, 'before-', beforeMigrationKept)
}

/** A backup is one file: without the mark that makes SQLite look for a write-ahead log beside it. */
function complete(temporary: string, final: string, known: number): void {
  const copy = new SqliteDatabase(temporary)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  if (!findIn(temporary, known).usable)
    throw new AppError('backup_unusable', 'The backup did not turn out usable.')
  flushFile(temporary)
  renameSync(temporary, final)
  flushFolder(join(final, '..'))
}

function removeWithCompanions(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

function prune(files: StoreFiles, prefix: string, kept: number): void {
  const ours = listBackupFiles(files.backups).filter(({ name }) => name.startsWith(prefix))
  for (const { path } of ours.slice(kept)) rmSync(path, { force: true })
}

/** Whether the newest daily backup is older than a day and the store was changed since. */
export function isBackupDue(files: StoreFiles, now: number): boolean {
  const newest = listBackupFiles(files.backups).find(({ name }) => name.startsWith('daily-'))
  if (!newest) return true
  return now - newest.at >= day && changedAt(files) > newest.at
}

function changedAt(files: StoreFiles): number {
  const main = statSync(files.main).mtimeMs
  return sizeOf(files.log) > 0 ? Math.max(main, statSync(files.log).mtimeMs) : main
}
