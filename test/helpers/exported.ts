import { parse } from 'csv-parse/sync'
import type { Exported, ExportCursor, ExportFormat, ExportPart } from '#shared/export.ts'
import type { TestWorkbench } from './workbench.ts'

/** The whole file, part by part; `between` runs after the first part. */
export async function exportedText(
  test: TestWorkbench,
  exported: Exported,
  format: ExportFormat,
  between: () => Promise<unknown> = async () => {},
): Promise<string> {
  let text = ''
  let cursor: ExportCursor | null = null
  do {
    const part: ExportPart = await test.call('export.part', { exported, format, cursor })
    if (cursor === null) await between()
    text += part.text
    cursor = part.next
  } while (cursor)
  return text
}

/** Rows by their headings, as a program that reads CSV has them. */
export const fromCsv = (text: string) => parse<Record<string, string>>(text, { bom: true, columns: true })

export const fromNdjson = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
