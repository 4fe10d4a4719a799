import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { AppError } from '#shared/errors.ts'

/** A file that was not there and that only its owner reads. Throws `invalid_input`. */
export function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const why = taken ? 'is there already; choose another name.' : 'cannot be written.'
    throw new AppError('invalid_input', `${file} ${why}`, { path: file })
  }
}

/**
 * A file's bytes, `most` of them at most; `what` names the file that it is too large to be, as in "a bundle". Throws
 * `not_found` and `invalid_input`.
 */
export function readBytes(file: string, most: number, what: string): Buffer {
  try {
    if (statSync(file).size <= most) return readFileSync(file)
  } catch {
    throw new AppError('not_found', `${file} cannot be read.`, { path: file })
  }
  throw new AppError('invalid_input', `${file} is too large to be ${what}.`, { path: file })
}
