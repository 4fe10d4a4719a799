import type { Database } from 'better-sqlite3'
import { mostRows, type BulkSetup } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { addToJob, insertRow } from '../db/jobs/bulk.ts'
import { insertMessage, type NewMessage } from '../db/messages.ts'
import type { Store } from '../db/store.ts'
import { newId } from '../new-id.ts'
import { columnNames, CsvReader } from './csv.ts'
import { RowMaker, type MadeRow } from './make-row.ts'
import { targetInfo, type TargetInfo } from './target-info.ts'

/** Rows that one turn of the event loop takes: some milliseconds of work. */
const rowsAtOnce = 100

/** Turns a file that comes in pieces into messages that wait. */
export class Loader {
  private readonly reader: CsvReader
  private readonly store: Store
  private readonly job: { seq: number; setup: BulkSetup; now: () => number }
  private readonly target: TargetInfo
  private maker: RowMaker | null = null
  private line = 0
  private chunks = 0
  /** One piece after the other. */
  private work: Promise<void> = Promise.resolve()

  /** Throws what `targetInfo` throws. */
  constructor(store: Store, job: { seq: number; setup: BulkSetup; now: () => number }) {
    this.store = store
    this.job = job
    this.reader = new CsvReader(job.setup.delimiter)
    this.target = store.read((db) => targetInfo(db, job.setup.target))
  }

  /** A piece that was taken before is not taken again. Throws `invalid_input`. */
  load(position: number, text: string): Promise<void> {
    return this.inTurn(async () => {
      if (position < this.chunks) return
      if (position > this.chunks)
        throw new AppError('invalid_input', `Piece ${this.chunks} of the file is missing.`)
      this.chunks = position + 1
      await this.take(await this.reader.push(text))
    })
  }

  /** Throws `invalid_input` also for a file without a row below its header. */
  end(): Promise<void> {
    return this.inTurn(async () => {
      await this.take(await this.reader.end())
      if (this.line === 0) throw new AppError('invalid_input', 'The file has no rows of numbers.')
    })
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.work.then(work)
    this.work = next.catch(() => {})
    return next
  }

  private async take(rows: string[][]): Promise<void> {
    const { seq, setup } = this.job
    let rest = rows
    if (!this.maker) {
      const [first] = rows
      if (!first) return
      const columns = columnNames(first, setup.hasHeader)
      this.maker = new RowMaker(setup, columns, this.target.asked)
      await this.store.write((db) =>
        db.prepare('UPDATE bulk_jobs SET columns = ? WHERE seq = ?').run(JSON.stringify(columns), seq),
      )
      if (setup.hasHeader) rest = rows.slice(1)
    }
    for (let at = 0; at < rest.length; at += rowsAtOnce) await this.write(rest.slice(at, at + rowsAtOnce))
  }

  private async write(rows: string[][]): Promise<void> {
    const { maker } = this
    if (!maker) return
    const made = rows.map((cells) => ({ cells, row: maker.make(cells), id: newId() }))
    const first = this.line + 1
    this.line += rows.length
    if (this.line > mostRows)
      throw new AppError(
        'invalid_input',
        `The file has over ${mostRows.toLocaleString('en')} rows. Split it into several.`,
      )
    await this.store.write((db) => {
      made.forEach(({ cells, row, id }, index) => this.insert(db, first + index, cells, row, id))
      if (!addToJob(db, this.job.seq, figuresOf(made.map(({ row }) => row))))
        throw new AppError('changed_elsewhere', 'Its file is not being read any more.')
    })
  }

  private insert(db: Database, line: number, cells: string[], row: MadeRow, id: string): void {
    const about = { job: this.job.seq, line, cells: JSON.stringify(cells), refusal: row.refusal }
    const message_seq = row.refusal === null ? this.queue(db, row, id) : null
    insertRow(db, { ...about, message_seq })
  }

  private queue(db: Database, row: MadeRow, id: string): number | null {
    const { target, job } = this
    const message: NewMessage = {
      id,
      created_at: job.now(),
      test: job.setup.test ? 1 : 0,
      simulated: target.simulated ? 1 : 0,
      to_number: row.to,
      country: row.country,
      sender: target.sender,
      body: row.text,
      encoding: row.segmentation.encoding,
      segments: row.segmentation.segments,
      placeholder_values: JSON.stringify(row.values),
      provider_id: target.providerId,
      provider_name: target.providerName,
      group_id: target.groupId,
      group_name: target.groupName,
      run_of: null,
    }
    return insertMessage(db, message, 'queued')
  }
}

function figuresOf(rows: readonly MadeRow[]) {
  const taken = rows.filter(({ refusal }) => refusal === null)
  const segments = taken.reduce((sum, { segmentation }) => sum + segmentation.segments, 0)
  return { messages: taken.length, segments, refused: rows.length - taken.length }
}
