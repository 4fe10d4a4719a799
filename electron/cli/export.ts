import { createWriteStream, rmSync } from 'node:fs'
import { once } from 'node:events'
import { AppError } from '#shared/errors.ts'
import type { Exported, ExportCursor, ExportFormat, ExportPart, ExportSubject } from '#shared/export.ts'
import { isDiskFull } from '../db/disk-full.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Dispatch } from '../rpc.ts'
import { connect, valueOf } from './connect.ts'
import { filterOf, type FilterOptions } from './list-messages.ts'
import { printMessage, printResult } from './output.ts'

export interface ExportOptions extends FilterOptions {
  format?: ExportFormat
  output?: string
}

class Stopped extends Error {}

/**
 * Writes part by part, so that any number of rows needs no more memory than one part. Ctrl+C ends it, and leaves no file
 * behind.
 */
export async function exportRows(subject: ExportSubject, options: ExportOptions): Promise<void> {
  const format = options.format ?? (options.output?.toLowerCase().endsWith('.ndjson') ? 'ndjson' : 'csv')
  const { dispatch, close } = await connect(options.workspace)
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const signal of endings) process.once(signal, onSignal)
  try {
    const exported = await exportedOf(dispatch, subject, options)
    const { output } = options
    if (output === undefined) {
      await pour({ dispatch, exported, format, signal: stop.signal }, process.stdout)
      return
    }
    const rows = await toNewFile(output, (file) =>
      pour({ dispatch, exported, format, signal: stop.signal }, file),
    )
    printResult(options.json, { subject, format, rows, file: output }, () => [
      `${rows} ${subject} are written to ${output}`,
    ])
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    printMessage(options.output === undefined ? 'Cancelled.' : 'Cancelled; no file is left behind.')
    process.exitCode = exitCodes.cancelled
  } finally {
    for (const signal of endings) process.off(signal, onSignal)
    await close()
  }
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

async function exportedOf(
  dispatch: Dispatch,
  subject: ExportSubject,
  options: FilterOptions,
): Promise<Exported> {
  const filter = await filterOf(dispatch, options)
  if (subject !== 'receipts') return { subject, filter }
  const { providerId, since, until, ...others } = filter
  if (Object.keys(others).length > 0)
    throw new AppError('invalid_input', 'Receipts are chosen by --provider, --since and --until alone.')
  return {
    subject,
    filter: { providerId, ...(since !== undefined && { since }), ...(until !== undefined && { until }) },
  }
}

const progressEvery = 100_000

interface Pouring {
  dispatch: Dispatch
  exported: Exported
  format: ExportFormat
  signal: AbortSignal
}

/** Answers with the number of rows. Throws `Stopped`. */
async function pour(
  { dispatch, exported, format, signal }: Pouring,
  output: NodeJS.WritableStream,
): Promise<number> {
  let rows = 0
  let cursor: ExportCursor | null = null
  const over = new Promise<void>((resolve) => {
    for (const name of ['close', 'error']) output.once(name, () => resolve())
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  do {
    const part: ExportPart = valueOf(await dispatch('export.part', { exported, format, cursor }))
    if (part.text !== '' && !output.write(part.text)) await Promise.race([drained(output), over])
    if (signal.aborted) throw new Stopped()
    // Who reads it, such as `head`, has seen enough.
    if (!output.writable) break
    const told = Math.floor(rows / progressEvery)
    rows += part.rows
    if (Math.floor(rows / progressEvery) > told) printMessage(`${rows} rows`)
    cursor = part.next
  } while (cursor)
  return rows
}

const drained = (output: NodeJS.WritableStream) =>
  new Promise<void>((resolve) => output.once('drain', () => resolve()))

/** A file that could not be written whole is taken away again; one that is there already stays as it is. */
async function toNewFile<T>(path: string, work: (file: NodeJS.WritableStream) => Promise<T>): Promise<T> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  const failed = once(file, 'error').then(([error]) => {
    throw error
  })
  failed.catch(() => {})
  let opened = false
  file.once('open', () => (opened = true))
  try {
    const result = await Promise.race([work(file), failed])
    file.end()
    await Promise.race([once(file, 'close'), failed])
    return result
  } catch (error) {
    const closed = file.closed ? null : new Promise<void>((resolve) => file.once('close', () => resolve()))
    file.destroy()
    // It may be about to be opened.
    await closed
    if (opened) rmSync(path, { force: true })
    throw refusalOf(error, path)
  }
}

/** In words where the file is what stands in the way. */
function refusalOf(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return new AppError('invalid_input', `${path} is there already. Name another file.`)
  if (syscall === undefined) return error
  return isDiskFull(error)
    ? new AppError(
        'disk_full',
        `The disk is full: ${path} could not be written whole, and is taken away again.`,
      )
    : new AppError('invalid_input', `${path} cannot be written (${code}). Name another file.`)
}
