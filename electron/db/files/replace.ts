import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { flushFile, flushFolder } from '../../durable-file.ts'
import { findIn, listBackupFiles, type BackupFile } from './backup-list.ts'
import { timeInName, type StoreFiles } from './store-files.ts'

/**
 * Finds a backup by its name as listed, which also keeps paths out. Throws `not_found`, and `backup_unusable` when
 * something is wrong with it.
 */
export function usableBackup(files: StoreFiles, name: string, known: number): BackupFile {
  const backup = listBackupFiles(files.backups).find((file) => file.name === name)
  if (!backup) throw new AppError('not_found', 'There is no backup of that name.')
  if (!findIn(backup.path, known).usable) {
    throw new AppError('backup_unusable', `The backup ${name} is damaged or from a newer version.`)
  }
  return backup
}

/** Puts a copy of the backup in the store's place; what was there is set aside. The store must be closed. */
export function putInPlace(files: StoreFiles, backup: BackupFile, now: number): void {
  const incoming = `${files.main}.new`
  try {
    copyFileSync(backup.path, incoming)
    chmodSync(incoming, 0o600)
    flushFile(incoming)
    setAside(files, now)
    renameSync(incoming, files.main)
  } catch (error) {
    rmSync(incoming, { force: true })
    throw error
  }
  flushFolder(files.folder)
}

/** Moves the store's files into a folder of their own; nothing is ever deleted. The store must be closed. */
export function setAside(files: StoreFiles, now: number): void {
  // The main file goes first: should it stop half-way, there is no main file without its write-ahead log.
  const present = [files.main, files.log, files.index].filter((file) => existsSync(file))
  if (present.length === 0) return
  const folder = freshFolder(files.damaged, timeInName(now))
  for (const file of present) renameSync(file, join(folder, basename(file)))
  flushFolder(folder)
  flushFolder(files.folder)
}

function freshFolder(parent: string, name: string): string {
  let folder = join(parent, name)
  for (let count = 2; existsSync(folder); count += 1) folder = join(parent, `${name}-${count}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
