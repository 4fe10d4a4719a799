import { readFileSync, rmSync, statSync } from 'node:fs'
import { writeFileDurably } from '../../durable-file.ts'
import { sizeOf, type StoreFiles } from './store-files.ts'

/** How the file was left, so that the next start can tell that nobody has touched it since. */
interface CleanClose {
  fingerprint: string
  /** When every page was last looked at, in epoch milliseconds. */
  checkedAt: number
}

const checkAgainAfter = 7 * 86_400_000

/** ctime moves with every change of a file's content and cannot be set back by ordinary means. */
function fingerprint(file: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true })
  return [dev, ino, size, mtimeNs, ctimeNs].join(':')
}

/**
 * When every page was last looked at, or null when that has to be done now: after a crash, after a change from outside,
 * or when it was long ago. The record is used up by looking at it, so that a crash leaves none.
 */
export function takeCleanClose(files: StoreFiles, now: number): number | null {
  try {
    const record = JSON.parse(readFileSync(files.cleanClose, 'utf8')) as CleanClose
    rmSync(files.cleanClose)
    const fresh = record.checkedAt <= now && now - record.checkedAt < checkAgainAfter
    const untouched = sizeOf(files.log) === 0 && record.fingerprint === fingerprint(files.main)
    return fresh && untouched ? record.checkedAt : null
  } catch {
    // No record, or none that can be read: then every page is looked at.
    return null
  }
}

export function recordCleanClose(files: StoreFiles, checkedAt: number): void {
  const record: CleanClose = { fingerprint: fingerprint(files.main), checkedAt }
  writeFileDurably(files.cleanClose, JSON.stringify(record))
}
