import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Replaces a file whole or not at all, whatever happens meanwhile: written under another name, flushed to the disk, then
 * renamed. Readable by its owner only. Throws the file system's own errors.
 */
export function writeFileDurably(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.new`
  try {
    writeFlushed(temporary, content)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  flushFolder(dirname(file))
}

function writeFlushed(file: string, content: string | Uint8Array): void {
  // A leftover of another mode would keep its mode.
  rmSync(file, { force: true })
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    let written = 0
    while (written < bytes.length) written += writeSync(descriptor, bytes, written)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes sure that the content of a file written by other means is on the disk. */
export function flushFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes a rename durable; Windows has no such call and does not need it. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
