import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { TextDecoder } from 'node:util'
import { waitingOf, type BulkJob, type BulkSetup, type DryRow } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { encodingOf } from '#shared/text-encoding.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Dispatch } from '../rpc.ts'
import { findBulk, writeResults } from './bulk-jobs.ts'
import { connect, valueOf } from './connect.ts'
import { printMessage, printResult, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'
import { findTarget, type TargetOptions } from './find-target.ts'

export interface BulkOptions extends ListOptions, TargetOptions {
  text: string
  numberColumn?: string
  country?: string
  value: Record<string, string>
  rate?: number
  /** False with --no-header. */
  header: boolean
  test: boolean
  dryRun: boolean
  output?: string
}

const piece = 64 * 1024
const lookEveryMs = 300

/** Reads the file, sends a message for each row, and waits until all have their outcome. Answers with the exit code. */
export async function runBulk(file: string, options: BulkOptions): Promise<number> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const setup = await setupOf(dispatch, file, options)
    if (options.dryRun) return await dryRun(dispatch, file, setup, options)
    const id = randomUUID()
    valueOf(await dispatch('bulk.create', { id, setup }))
    let position = 0
    for await (const text of textOf(file)) {
      valueOf(await dispatch('bulk.load', { id, position, text }))
      position += 1
    }
    const job = valueOf(await dispatch('bulk.loaded', { id }))
    printMessage(`${job.messages} messages wait, ${job.refused} rows were refused.`)
    return await goOn(dispatch, id, options)
  } finally {
    await close()
  }
}

/** Goes on with a bulk test that is paused, or that another program left. */
export async function resumeBulk(
  wanted: string,
  options: ListOptions & { output?: string },
): Promise<number> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    return await goOn(dispatch, (await findBulk(dispatch, wanted)).id, options)
  } finally {
    await close()
  }
}

async function setupOf(dispatch: Dispatch, file: string, options: BulkOptions): Promise<BulkSetup> {
  const target = await findTarget(dispatch, options)
  const { head, isWhole } = await headOf(file)
  const hasHeader = options.header
  const { numberColumn, delimiter } = valueOf(
    await dispatch('bulk.columns', { head, isWhole, hasHeader, delimiter: null }),
  )
  return {
    name: basename(file).slice(0, 100),
    target,
    hasHeader,
    delimiter,
    numberColumn: options.numberColumn ?? numberColumn,
    country: options.country ?? null,
    text: options.text,
    values: options.value,
    test: options.test,
    perSecond: options.rate ?? null,
  }
}

async function dryRun(dispatch: Dispatch, file: string, setup: BulkSetup, { json }: ListOptions) {
  const rows = valueOf(await dispatch('bulk.dryRun', { ...(await headOf(file)), setup }))
  const line = (row: DryRow) => [
    String(row.line),
    row.to,
    row.refusal === null ? `${row.segments} × ${row.encoding}` : 'refused',
    row.refusal ?? row.text,
  ]
  printResult(json, rows, () => tableLines([['LINE', 'TO', 'SEGMENTS', 'TEXT'], ...rows.map(line)]))
  return rows.some((row) => row.refusal !== null) ? exitCodes.wrongInput : exitCodes.ok
}

/** Ctrl+C pauses; what is on its way comes to its end. */
async function goOn(dispatch: Dispatch, id: string, options: ListOptions & { output?: string }) {
  const pause = () => void dispatch('bulk.pause', { id }).catch(() => {})
  process.on('SIGINT', pause)
  try {
    valueOf(await dispatch('bulk.start', { id }))
    const job = await untilOver(dispatch, id)
    if (options.output !== undefined) await writeResults(dispatch, id, options.output)
    printResult(options.json, job, () => jobLines(job))
    return exitCodeOf(job)
  } finally {
    process.off('SIGINT', pause)
  }
}

async function untilOver(dispatch: Dispatch, id: string): Promise<BulkJob> {
  let told = ''
  for (;;) {
    const job = valueOf(await dispatch('bulk.get', { id }))
    if (job.state !== 'running' && job.sending === 0) return job
    const left = job.leftMs === null ? '' : `, about ${Math.ceil(job.leftMs / 1000)} s left`
    const line = `${job.sent} sent, ${job.failed} failed, ${waitingOf(job) + job.sending} to go${left}`
    if (line !== told) printMessage(line)
    told = line
    await wait(lookEveryMs)
  }
}

function jobLines(job: BulkJob): string[] {
  const reasons = job.failures.map(({ state, code, count }) => `  ${count} ${state}: ${code ?? 'no reason'}`)
  const rest = waitingOf(job)
  return [
    `${job.name}: ${job.state}. ${job.sent} sent, ${job.failed} failed, ${job.cancelled} cancelled, ${job.refused} rows refused.`,
    ...reasons,
    ...(job.trouble === null ? [] : [job.trouble]),
    ...(rest > 0 ? [`${rest} wait: go on with “bulk resume ${job.id}”.`] : []),
  ]
}

function exitCodeOf({ state, trouble, failed }: BulkJob): number {
  if (trouble !== null) return exitCodes.misconfigured
  if (state !== 'done') return exitCodes.cancelled
  return failed > 0 ? exitCodes.rejected : exitCodes.ok
}

async function headOf(file: string): Promise<{ head: string; isWhole: boolean }> {
  let head: string | null = null
  for await (const text of textOf(file)) {
    if (head !== null) return { head, isWhole: false }
    head = text
  }
  return { head: head ?? '', isWhole: true }
}

function bytesOf(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: piece })
}

async function* textOf(file: string): AsyncIterable<string> {
  let decoder: TextDecoder | null = null
  try {
    decoder = new TextDecoder(await encodingOf(bytesOf(file), new TextDecoder('utf-8', { fatal: true })))
    for await (const chunk of bytesOf(file)) yield decoder.decode(chunk, { stream: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new AppError('invalid_input', `${file} cannot be read: ${(error as Error).message}`)
  }
  const rest = decoder?.decode() ?? ''
  if (rest !== '') yield rest
}
