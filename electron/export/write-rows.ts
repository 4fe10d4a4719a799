import { csvRow } from '#shared/csv-text.ts'
import type { ExportFormat } from '#shared/export.ts'
import type { ExportColumn } from './columns.ts'

/** What stands before the rows: of a CSV file its byte order mark, by which a spreadsheet knows UTF-8, and its header. */
export function headOf<Row>(format: ExportFormat, columns: readonly ExportColumn<Row>[]): string {
  return format === 'csv' ? `\uFEFF${csvRow(columns.map(({ heading }) => heading))}` : ''
}

/** One line for each row. */
export function writeRows<Row>(
  format: ExportFormat,
  columns: readonly ExportColumn<Row>[],
  rows: readonly Row[],
): string {
  const line = format === 'csv' ? csvLine : jsonLine
  return rows.map((row) => line(columns, row)).join('')
}

function csvLine<Row>(columns: readonly ExportColumn<Row>[], row: Row): string {
  const cells = columns.map(({ value }) => value(row))
  return csvRow(cells.map((cell) => (typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : cell)))
}

function jsonLine<Row>(columns: readonly ExportColumn<Row>[], row: Row): string {
  return `${JSON.stringify(Object.fromEntries(columns.map(({ key, value }) => [key, value(row)])))}\n`
}
