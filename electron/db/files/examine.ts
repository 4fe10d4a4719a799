import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { connectToRead } from '../connection.ts'
import { readStart } from './store-files.ts'

export type Examination =
  | { state: 'good'; version: number }
  | { state: 'absent' }
  | { state: 'empty' }
  | { state: 'damaged'; reason: string }
  | { state: 'newer'; version: number; known: number }
  | { state: 'unreadable'; reason: string }

export interface ExamineOptions {
  /** The newest version that this program knows. */
  known: number
  /** Whether every page is looked at: about 1.3 ms for 1,000 messages. */
  whole: boolean
}

const magic = 'SQLite format 3\0'
const versionOffset = 60

/** Says what a store's file is, and leaves it as it is. Never throws. */
export function examine(file: string, options: ExamineOptions): Examination {
  try {
    return examineHeader(file, options) ?? examineContent(file, options)
  } catch (error) {
    return diagnose(error)
  }
}

/** The version is read without SQLite first, so that a newer program's file is not touched at all. */
function examineHeader(file: string, { known }: ExamineOptions): Examination | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return { state: 'absent' }
  if (!stat.isFile())
    return { state: 'unreadable', reason: 'There is a folder where the store’s file should be.' }
  accessSync(file, constants.R_OK | constants.W_OK)
  accessSync(dirname(file), constants.W_OK)
  if (stat.size === 0) return { state: 'empty' }
  const header = readStart(file, 100)
  if (header.length < 100) return { state: 'damaged', reason: 'The file is cut off.' }
  if (header.toString('latin1', 0, 16) !== magic) {
    return { state: 'damaged', reason: 'The file does not begin like an SQLite database.' }
  }
  const version = header.readInt32BE(versionOffset)
  return version > known ? { state: 'newer', version, known } : null
}

function examineContent(file: string, { known, whole }: ExamineOptions): Examination {
  const db = connectToRead(file)
  try {
    // Read again: the newest may still lie in the write-ahead log.
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > known) return { state: 'newer', version, known }
    if (version < 1)
      return { state: 'damaged', reason: 'The file is a database, but not one of the workbench.' }
    const fault = whole ? firstFault(db) : null
    return fault === null ? { state: 'good', version } : { state: 'damaged', reason: fault }
  } finally {
    db.close()
  }
}

function firstFault(db: Database): string | null {
  const found = String(db.pragma('quick_check(1)', { simple: true }))
  return found === 'ok' ? null : `SQLite found a fault: ${found.split('\n').slice(0, 2).join(' ').trim()}`
}

const systemReasons: Record<string, string> = {
  EACCES: 'This user may not read and write the store’s file or folder.',
  EPERM: 'This user may not read and write the store’s file or folder.',
  EROFS: 'The store lies on a disk that can only be read.',
  ENOENT: 'The workspace’s folder does not exist.',
  ENOTDIR: 'The workspace’s path is not a folder.',
  ENOSPC: 'The disk is full.',
  SQLITE_FULL: 'The disk is full.',
  SQLITE_BUSY: 'Another program is holding the store’s file.',
  SQLITE_CANTOPEN: 'SQLite cannot open the store’s file; its folder may be missing or not writable.',
  SQLITE_READONLY: 'The store’s file can only be read.',
  SQLITE_IOERR: 'The disk reported an error while the store was read.',
}

/** An error on the way to an open store, as a state with its reason in words. */
export function diagnose(error: unknown): Extract<Examination, { state: 'damaged' | 'unreadable' }> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (isCorruption(error)) return { state: 'damaged', reason: `SQLite cannot read the file: ${message}.` }
  const family = /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code
  return { state: 'unreadable', reason: systemReasons[family] ?? `The store cannot be opened: ${message}` }
}

export function isCorruption(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
}
