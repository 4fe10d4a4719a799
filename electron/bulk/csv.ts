import { setImmediate } from 'node:timers/promises'
import { parse, type Parser } from 'csv-parse'
import { delimiters, type BulkSetup } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'

type Delimiter = BulkSetup['delimiter']

/** Characters of one row at most: a quote that is never closed would take the whole file for one cell. */
const longestRow = 64 * 1024

/** Reads a file that comes in pieces, and holds no more of it than the row that is not whole yet. */
export class CsvReader {
  private readonly parser: Parser
  private rows: string[][] = []
  private failure: Error | null = null

  constructor(delimiter: Delimiter) {
    this.parser = parse({
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    })
    this.parser.on('data', (row: string[]) => this.rows.push(row))
    this.parser.on('error', (error) => (this.failure = error))
  }

  /** The rows that are whole by now. Throws `invalid_input` for what is no such file. */
  async push(text: string): Promise<string[][]> {
    if (!this.failure) await new Promise<void>((done) => this.parser.write(text, () => done()))
    return this.take()
  }

  /** The rows that are left. */
  async end(): Promise<string[][]> {
    if (!this.failure)
      await new Promise<void>((done) => {
        this.parser.once('close', done)
        this.parser.end()
      })
    return this.take()
  }

  private async take(): Promise<string[][]> {
    await setImmediate()
    if (this.failure) throw new AppError('invalid_input', `The file cannot be read: ${wordsOf(this.failure)}`)
    const { rows } = this
    this.rows = []
    return rows.filter((row) => row.some((cell) => cell.trim() !== ''))
  }
}

function wordsOf(error: Error & { code?: string; lines?: number }): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed.'
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `the row that ends at line ${error.lines ?? '?'} is over ${longestRow / 1024} KB; a quote may not be closed.`
  return error.message
}

/** The delimiter that the first line has most of, outside of quotes. */
export function guessDelimiter(head: string): Delimiter {
  const line = firstLine(head)
  const counts = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length - 1 }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter
}

function firstLine(head: string): string {
  const unquoted = head.replace(/"(?:[^"]|"")*"/g, '')
  return unquoted.split(/\r\n|\n|\r/).find((line) => line.trim() !== '') ?? ''
}

/** Names of the columns: those of the first row, or made up; empty ones by their place, a second of the same numbered. */
export function columnNames(first: readonly string[], hasHeader: boolean): string[] {
  const names: string[] = []
  for (const [index, cell] of first.entries()) {
    const name = (hasHeader && cell.trim()) || `Column ${index + 1}`
    let unique = name
    for (let count = 2; names.includes(unique); count += 1) unique = `${name} (${count})`
    names.push(unique)
  }
  return names
}
