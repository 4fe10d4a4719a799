import * as module from 'node:module'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { exitCodeOfError, exitCodes } from './exit-codes.ts'
import { nodeTooOld } from './node-version.ts'

/**
 * Starts a program of plain Node that lies in `folder`. Nothing that loads the native addon may be imported before the
 * version is known to bear it, so what runs is imported in `load`.
 */
export async function start(folder: string, load: () => Promise<void>): Promise<void> {
  const tooOld = nodeTooOld()
  if (tooOld) fail(tooOld, exitCodes.unexpected)
  // Beside the program rather than in the temporary folder that everyone may write to: code is run from it.
  module.enableCompileCache?.(join(folder, '../.compile-cache'))
  try {
    await load()
  } catch (error) {
    if (error instanceof AppError) fail(error.message, exitCodeOfError[error.code])
    fail(String(error instanceof Error ? error.stack : error), exitCodes.unexpected)
  }
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`)
  process.exit(code)
}
