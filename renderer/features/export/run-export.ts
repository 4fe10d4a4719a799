import type { Exported, ExportCursor, ExportFormat, ExportPart } from '#shared/export.ts'
import { call } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

export interface ExportProgress {
  rows: number
  bytes: number
  /** Of what has to be looked through, from 0 to 1. */
  share: number
}

export interface ExportRun {
  /** The file's parts; null when it was cancelled or failed. */
  parts: Blob[] | null
  rows: number
  failure: Failure | null
}

/**
 * Fetches a file part by part. Each becomes a blob at once, which the browser keeps on the disk when there are many, so that
 * a million rows take no room in the page.
 */
export async function runExport(
  exported: Exported,
  format: ExportFormat,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportRun> {
  const parts: Blob[] = []
  const sum = { rows: 0, bytes: 0 }
  let cursor: ExportCursor | null = null
  do {
    const answer: Answer<ExportPart> = await call('export.part', { exported, format, cursor })
    if (!answer.ok) return { parts: null, rows: sum.rows, failure: answer.error }
    if (signal.aborted) return { parts: null, rows: sum.rows, failure: null }
    const part = new Blob([answer.value.text])
    parts.push(part)
    sum.rows += answer.value.rows
    sum.bytes += part.size
    cursor = answer.value.next
    onProgress({ ...sum, share: cursor && cursor.top > 0 ? Math.min(1, cursor.at / cursor.top) : 1 })
  } while (cursor)
  return { parts, rows: sum.rows, failure: null }
}

/** As in `Messages 2026-11-21 1405.csv`: local time, in an order that sorts. */
export function exportFileName(subject: Exported['subject'], format: ExportFormat, at: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = new Date(at)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const name = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`
  return `${name} ${day} ${two(date.getHours())}${two(date.getMinutes())}.${format}`
}
