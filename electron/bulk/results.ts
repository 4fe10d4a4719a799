import type { Database } from 'better-sqlite3'
import type { BulkSetup, RefusedRow } from '#shared/bulk.ts'
import { csvRow } from '#shared/csv-text.ts'
import type { BulkJobRow } from '../db/jobs/bulk.ts'
import { listRefused, listResults, type ResultRow } from '../db/jobs/bulk-results.ts'

const rowsAtOnce = 500
const refusedAtOnce = 200

const headings = [
  'Line',
  'To',
  'State',
  'Outcome',
  'Reason',
  'Provider',
  'Provider’s message id',
  'Attempts',
  'Segments',
  'Time',
  'Milliseconds',
  'Cost',
  'Currency',
  'Message id',
]

/** A page of the result file; `next` is what to ask for after it, null after the last. The first has the header. */
export function resultPage(
  db: Database,
  job: BulkJobRow,
  after: number,
): { text: string; next: number | null } {
  const rows = listResults(db, job.seq, after, rowsAtOnce)
  const columns = JSON.parse(job.columns) as string[]
  const head = after === 0 ? [[...columns, ...headings]] : []
  const lines = rows.map((row) => cellsOf(row, columns.length))
  const text = [...head, ...lines].map(csvRow).join('')
  const last = rows.length === rowsAtOnce ? rows.at(-1) : undefined
  return { text: after === 0 ? `\uFEFF${text}` : text, next: last ? last.line : null }
}

/** A page of the rows that became no message; `next` as for the result file. */
export function refusedPage(
  db: Database,
  job: BulkJobRow,
  after: number,
): { rows: RefusedRow[]; next: number | null } {
  const { numberColumn } = JSON.parse(job.setup) as BulkSetup
  const place = (JSON.parse(job.columns) as string[]).indexOf(numberColumn)
  const found = listRefused(db, job.seq, after, refusedAtOnce)
  const rows = found.map(({ line, cells, refusal }) => {
    return { line, to: (JSON.parse(cells) as string[])[place] ?? '', reason: refusal }
  })
  return { rows, next: found.length === refusedAtOnce ? (found.at(-1)?.line ?? null) : null }
}

function cellsOf(row: ResultRow, width: number): (string | number | null)[] {
  const given = JSON.parse(row.cells) as string[]
  return [
    ...Array.from({ length: width }, (_, index) => given[index] ?? ''),
    row.line,
    row.to_number,
    row.refusal === null ? (row.state ?? 'deleted') : 'refused',
    row.outcome_class,
    row.refusal ?? row.outcome_code,
    row.provider_name,
    row.provider_message_id,
    row.attempts,
    row.segments,
    row.updated_at === null ? null : new Date(row.updated_at).toISOString(),
    row.duration,
    row.cost,
    row.currency,
    row.id,
  ]
}
