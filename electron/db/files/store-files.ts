import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where everything of a workspace's store lies. */
export interface StoreFiles {
  folder: string
  main: string
  log: string
  index: string
  /** Written at a clean close; see `clean-close.ts`. */
  cleanClose: string
  backups: string
  damaged: string
}

export function storeFiles(folder: string): StoreFiles {
  const main = join(folder, 'workbench.sqlite')
  return {
    folder,
    main,
    log: `${main}-wal`,
    index: `${main}-shm`,
    cleanClose: `${main}-clean`,
    backups: join(folder, 'backups'),
    damaged: join(folder, 'damaged'),
  }
}

/** Zero when there is no such file. */
export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

/** The first bytes of a file; fewer when it is shorter. */
export function readStart(file: string, length: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(length)
    return buffer.subarray(0, readSync(descriptor, buffer, 0, length, 0))
  } finally {
    closeSync(descriptor)
  }
}

/** A moment as a part of a file name that sorts by time and that every file system takes. */
export function timeInName(at: number): string {
  return new Date(at).toISOString().replaceAll(/[:.]/g, '-')
}
