import { createWriteStream, rmSync } from 'node:fs'
import { once } from 'node:events'
import { AppError } from '#shared/errors.ts'
import type { Exported, ExportCursor, ExportFormat, ExportPart, ExportSubject } from '#shared/export.ts'
import type { Dispatch } from '../rpc.ts'
import { connect, valueOf } from './connect.ts'
import { filterOf, type FilterOptions } from './list-messages.ts'
import { printMessage, printResult } from './output.ts'

export interface ExportOptions extends FilterOptions {
  format?: ExportFormat
  output?: string
}

/** Writes part by part, so that any number of rows needs no more memory than one part. */
export async function exportRows(subject: ExportSubject, options: ExportOptions): Promise<void> {
  const format = options.format ?? (options.output?.toLowerCase().endsWith('.ndjson') ? 'ndjson' : 'csv')
  const { dispatch, close } = await connect(options.workspace)
  try {
    const exported = await exportedOf(dispatch, subject, options)
    const { output } = options
    if (output === undefined) {
      await pour(dispatch, exported, format, process.stdout)
      return
    }
    const rows = await toNewFile(output, (file) => pour(dispatch, exported, format, file))
    printResult(options.json, { subject, format, rows, file: output }, () => [
      `${rows} ${subject} are written to ${output}`,
    ])
  } finally {
    await close()
  }
}

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

/** Answers with the number of rows. */
async function pour(
  dispatch: Dispatch,
  exported: Exported,
  format: ExportFormat,
  output: NodeJS.WritableStream,
): Promise<number> {
  let rows = 0
  let cursor: ExportCursor | null = null
  const over = new Promise<void>((resolve) => {
    for (const name of ['close', 'error']) output.once(name, () => resolve())
  })
  do {
    const part: ExportPart = valueOf(await dispatch('export.part', { exported, format, cursor }))
    if (part.text !== '' && !output.write(part.text)) await Promise.race([drained(output), over])
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
  const file = createWriteStream(path, { flags: 'wx' })
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
    file.destroy()
    if (opened) rmSync(path, { force: true })
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new AppError('invalid_input', `${path} is there already. Name another file.`)
  }
}
