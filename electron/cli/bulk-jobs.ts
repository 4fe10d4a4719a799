import { createWriteStream } from 'node:fs'
import { waitingOf, type BulkJob } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import type { Dispatch } from '../rpc.ts'
import { connect, valueOf } from './connect.ts'
import { printResult, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'

export async function listBulk({ workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const jobs = valueOf(await dispatch('bulk.list', undefined))
    const rows = jobs.map((job) => [
      job.name,
      job.state,
      ...[job.messages, job.sent, job.failed, job.cancelled, job.refused].map(String),
      job.id,
    ])
    const head = ['NAME', 'STATE', 'MESSAGES', 'SENT', 'FAILED', 'CANCELLED', 'REFUSED', 'ID']
    printResult(json, jobs, () => (jobs.length > 0 ? tableLines([head, ...rows]) : ['There is none yet.']))
  } finally {
    await close()
  }
}

/** What became of each row, to a new file, or to the standard output where none is named. */
export async function resultOfBulk(
  wanted: string,
  options: ListOptions & { output?: string },
): Promise<void> {
  await withJob(wanted, options, async (dispatch, { id, name }) => {
    if (options.output === undefined) {
      for await (const text of resultText(dispatch, id)) process.stdout.write(text)
      return
    }
    await writeResults(dispatch, id, options.output)
    const document = { id, name, file: options.output }
    printResult(options.json, document, () => [`The result of ${name} is written to ${options.output}`])
  })
}

/** What is on its way comes to its end. */
export async function pauseBulk(wanted: string, options: ListOptions): Promise<void> {
  await withJob(wanted, options, async (dispatch, { id }) => {
    const job = valueOf(await dispatch('bulk.pause', { id }))
    printResult(options.json, job, () => [`${job.name} is paused; ${waitingOf(job)} messages wait.`])
  })
}

export async function cancelBulk(wanted: string, options: ListOptions & { yes: boolean }): Promise<void> {
  await withJob(wanted, options, async (dispatch, { id, ...found }) => {
    const waiting = waitingOf({ id, ...found })
    mustBeSure(options.yes, `${waiting} messages of ${found.name} would not be sent, for good.`)
    const job = valueOf(await dispatch('bulk.cancel', { id }))
    printResult(options.json, job, () => [
      `${job.name} is cancelled; ${job.cancelled} messages were not sent.`,
    ])
  })
}

export async function deleteBulk(wanted: string, options: ListOptions & { yes: boolean }): Promise<void> {
  await withJob(wanted, options, async (dispatch, job) => {
    const unsent = waitingOf(job) + job.cancelled
    mustBeSure(
      options.yes,
      `${job.name} would go, with its rows and the ${unsent} messages that were not sent; what was sent stays.`,
    )
    valueOf(await dispatch('bulk.delete', { id: job.id }))
    printResult(options.json, { id: job.id, deleted: true }, () => [`${job.name} is deleted`])
  })
}

function mustBeSure(yes: boolean, what: string): void {
  if (!yes) throw new AppError('invalid_input', `${what} Add --yes to do it.`)
}

async function withJob(
  wanted: string,
  { workspace }: ListOptions,
  work: (dispatch: Dispatch, job: BulkJob) => Promise<void>,
): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    await work(dispatch, await findBulk(dispatch, wanted))
  } finally {
    await close()
  }
}

/** By its id or its name; where several have that name, the newest. Throws `not_found`. */
export async function findBulk(dispatch: Dispatch, wanted: string): Promise<BulkJob> {
  const jobs = valueOf(await dispatch('bulk.list', undefined))
  const found = jobs.find(({ id }) => id === wanted) ?? jobs.find(({ name }) => name === wanted)
  if (found) return found
  const known =
    jobs.length > 0 ? ` Known: ${jobs.map(({ name }) => name).join(', ')}.` : ' There is none yet.'
  throw new AppError('not_found', `There is no bulk test named "${wanted}".${known}`)
}

/** To a new file: one that is there is not written over. */
export async function writeResults(dispatch: Dispatch, id: string, file: string): Promise<void> {
  const output = createWriteStream(file, { flags: 'wx' })
  const written = (text: string) =>
    new Promise<void>((done, failed) => output.write(text, (error) => (error ? failed(error) : done())))
  output.on('error', () => {})
  try {
    for await (const text of resultText(dispatch, id)) await written(text)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new AppError('invalid_input', `${file} is there already. Name another file.`)
  } finally {
    output.end()
  }
}

async function* resultText(dispatch: Dispatch, id: string): AsyncIterable<string> {
  for (let after: number | null = 0; after !== null;) {
    const page: { text: string; next: number | null } = valueOf(await dispatch('bulk.results', { id, after }))
    yield page.text
    after = page.next
  }
}
