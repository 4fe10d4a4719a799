import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import envPaths from 'env-paths'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { writeFileDurably } from './durable-file.ts'

const lockName = 'workspace.lock'

/** Where the workspace lies unless a host is told otherwise; `SMS_WORKBENCH_FOLDER` names another. */
export function defaultFolder(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['SMS_WORKBENCH_FOLDER']
  return named ? resolve(named) : envPaths('sms-workbench', { suffix: '' }).data
}

/** The folder that an argument names, as an absolute path: programs of other folders are told it. Throws `invalid_input`. */
export function namedFolder(text: string): string {
  // Resolved, an empty one would be whatever folder the program was started in.
  if (text.trim() === '') throw new AppError('invalid_input', 'The workspace’s folder has no name.')
  return resolve(text)
}

/** Makes the folder where it is missing, and keeps it for its owner only. Throws `store_unreadable`. */
export function createWorkspace(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (isWorkspace(folder)) keepToOwner(folder)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError('store_unreadable', `The workspace’s folder cannot be made: ${why}`, { path: folder })
  }
}

/** Empty, or with a lock of ours: whatever else a person names by mistake keeps its mode. */
function isWorkspace(folder: string): boolean {
  const names = readdirSync(folder)
  return names.length === 0 || names.includes(lockName)
}

/** Only what is this user's own; and a sticky folder, such as /tmp, is meant for everyone even where root owns it. */
function keepToOwner(path: string): void {
  if (process.platform === 'win32') return
  const { uid, mode } = statSync(path)
  if (uid !== process.getuid?.() || (mode & 0o1000) !== 0 || (mode & 0o077) === 0) return
  chmodSync(path, mode & 0o700)
}

export interface WorkspaceLock {
  release(): void
}

/**
 * Holds the workspace for this process: two never open one store. The lock is SQLite's own on a file that holds nothing,
 * so the operating system frees it however the process ends. Throws `workspace_in_use`, with the address of the
 * host that runs where it has one, and `store_unreadable`.
 */
export function lockWorkspace(folder: string): WorkspaceLock {
  createWorkspace(folder)
  const db = holdExclusively(folder)
  // Left by a process that was killed.
  rmSync(announcementFile(folder), { force: true })
  return {
    release() {
      if (!db.open) return
      rmSync(announcementFile(folder), { force: true })
      db.close()
    },
  }
}

function holdExclusively(folder: string): Database {
  const file = join(folder, lockName)
  try {
    return beginExclusive(file)
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY') throw inUse(folder)
    if (codeOf(error) !== 'SQLITE_NOTADB') throw cannotLock(error, folder)
  }
  // Something has written into the file. Nobody holds it, or it would have been busy; and nothing in it is needed.
  truncateSync(file)
  return beginExclusive(file)
}

function beginExclusive(file: string): Database {
  // SQLite would make it readable by everyone.
  closeSync(openSync(file, 'a', 0o600))
  keepToOwner(file)
  const db = new SqliteDatabase(file, { timeout: 0 })
  try {
    // In memory: nothing is ever written, and a killed process would leave a journal file behind.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function inUse(folder: string): AppError {
  const address = readAnnouncement(folder)?.address
  const message = 'Another SMS Workbench is using this workspace.'
  return new AppError('workspace_in_use', message, address ? { address } : {})
}

function cannotLock(error: unknown, folder: string): AppError {
  const why = error instanceof Error ? error.message : String(error)
  return new AppError('store_unreadable', `The workspace’s folder cannot be used: ${why}.`, { path: folder })
}

const announcementSchema = z.object({
  pid: z.number().int().positive(),
  host: z.enum(['desktop', 'headless', 'cli']),
  /** Where the page is, without a token; null for a host that has no address. */
  address: z.string().max(1000).nullable(),
  /** The socket or pipe through which other programs of this user reach the host. */
  door: z.string().max(1000),
  token: z.string().max(1000),
})
export type Announcement = z.infer<typeof announcementSchema>

function announcementFile(folder: string): string {
  return join(folder, 'running.json')
}

/** Tells other programs of this user where the host that holds the lock is. Throws the file system's errors. */
export function announce(folder: string, info: Announcement): void {
  writeFileDurably(announcementFile(folder), JSON.stringify(info))
}

/** Null when no host runs, or it has not said where it is. */
export function readAnnouncement(folder: string): Announcement | null {
  try {
    const info = announcementSchema.parse(JSON.parse(readFileSync(announcementFile(folder), 'utf8')))
    return isRunning(info.pid) ? info : null
  } catch {
    // Missing, or half of another program's making: either way nobody has announced himself.
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, but under another user.
    return codeOf(error) === 'EPERM'
  }
}
