import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { flushFile, flushFolder } from '../../durable-file.ts'
import { findIn, listBackupFiles, type Finding } from './backup-list.ts'
import { copyApart } from '../apart/copy-apart.ts'
import { sizeOf, timeInName, type StoreFiles } from './store-files.ts'

const dailyKept = 7
const beforeMigrationKept = 3
const day = 86_400_000

export interface BackupOrder {
  db: Database
  files: StoreFiles
  now: number
  signal: AbortSignal
}

/**
 * Copies the open store, leaving the event loop free; the backup takes its name only when it is whole and usable. Answers
 * with its name. Throws `backup_unusable`, SQLite's errors, and when the signal ends it.
 */
export async function backUp(order: BackupOrder, known: number): Promise<string> {
  const { files, now } = order
  const name = `daily-${timeInName(now)}.sqlite`
  const temporary = prepareCopy(files, name)
  try {
    const finding = await copyWhole(order, temporary, known)
    order.signal.throwIfAborted()
    if (!finding.usable) throw notUsable()
    takeName(temporary, files, name)
  } catch (error) {
    removeWithCompanions(temporary)
    throw error
  }
  prune(files, 'daily-', dailyKept)
  return name
}

async function copyWhole({ db, files, signal }: BackupOrder, to: string, known: number): Promise<Finding> {
  try {
    return await copyApart(files.main, to, signal)
  } catch {
    // A runtime that cannot load the addon on another thread; any other failure shows itself again here.
    signal.throwIfAborted()
    removeWithCompanions(to)
    await db.backup(to)
    makeOneFile(to)
    flushFile(to)
    return findIn(to, known)
  }
}

/** Copies the store's file as it is before a migration. Nothing else may use the store meanwhile. */
export function copyBeforeMigration(db: Database, files: StoreFiles, version: number, now: number): void {
  const name = `before-${version}-${timeInName(now)}.sqlite`
  const temporary = prepareCopy(files, name)
  db.pragma('wal_checkpoint(TRUNCATE)')
  try {
    copyFileSync(files.main, temporary)
    makeOneFile(temporary)
    if (!findIn(temporary, version - 1).usable) throw notUsable()
    flushFile(temporary)
    takeName(temporary, files, name)
  } catch (error) {
    removeWithCompanions(temporary)
    throw error
  }
  prune(files, 'before-', beforeMigrationKept)
}

/** Answers with the name under which the copy is made, and removes what an earlier copy left when it was cut short. */
function prepareCopy(files: StoreFiles, name: string): string {
  mkdirSync(files.backups, { recursive: true, mode: 0o700 })
  const leftovers = readdirSync(files.backups).filter((left) =>
    /\.sqlite\.new(-wal|-shm|-journal)?$/.test(left),
  )
  for (const left of leftovers) rmSync(join(files.backups, left), { force: true })
  return join(files.backups, `${name}.new`)
}

/** Takes away the mark that makes SQLite look for a write-ahead log beside the file. */
function makeOneFile(file: string): void {
  const copy = new SqliteDatabase(file)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

function takeName(temporary: string, files: StoreFiles, name: string): void {
  chmodSync(temporary, 0o600)
  renameSync(temporary, join(files.backups, name))
  flushFolder(files.backups)
}

function notUsable(): AppError {
  return new AppError('backup_unusable', 'The backup did not turn out usable.')
}

function removeWithCompanions(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

function prune(files: StoreFiles, prefix: string, kept: number): void {
  const ours = listBackupFiles(files.backups).filter(({ name }) => name.startsWith(prefix))
  for (const { path } of ours.slice(kept)) rmSync(path, { force: true })
}

/**
 * Whether the newest daily backup is older than a day and the store was changed since. Backups from the future, made
 * while the clock was wrong, do not count.
 */
export function isBackupDue(files: StoreFiles, now: number): boolean {
  const newest = listBackupFiles(files.backups).find(({ name, at }) => name.startsWith('daily-') && at <= now)
  if (!newest) return true
  return now - newest.at >= day && changedAt(files) > newest.at
}

function changedAt(files: StoreFiles): number {
  const main = statSync(files.main).mtimeMs
  return sizeOf(files.log) > 0 ? Math.max(main, statSync(files.log).mtimeMs) : main
}
