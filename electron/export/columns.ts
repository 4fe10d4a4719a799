import type { CsvCell } from '#shared/csv-text.ts'

/** A column of an export: its name in NDJSON, its heading in CSV, and what stands there. */
export interface ExportColumn<Row> {
  key: string
  heading: string
  value: (row: Row) => CsvCell | boolean
}

/** The furthest from 1970 that a date can be, in milliseconds; a vendor may write any number. */
const furthest = 8.64e15

/** Times as ISO 8601 in UTC, to the millisecond; null also for what is no time. */
export function isoTime(at: number | null): string | null {
  return at === null || !(Math.abs(at) <= furthest) ? null : new Date(at).toISOString()
}

/** To three places: what is beyond is the clock's, not the vendor's. */
export function milliseconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000
}
