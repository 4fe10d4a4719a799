import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '#shared/contract.ts'
import type { ExportCursor, ExportFormat, ExportPart } from '#shared/export.ts'
import type { Dispatch } from '../../electron/rpc.ts'
import type { Workbench } from '../../electron/workbench.ts'
import { workspaceOf } from './log-workspace.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { openBuilt } from './throughput.ts'

const messages = 10_000
const many = 1_000_000
const rounds = 5

/**
 * Rows of the message log that are written to a file each second, and what that takes of memory at its peak beyond what the
 * process had before, at a million messages: it should not grow with the file.
 */
export async function benchExport(): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-export-'))
  const small = await openBuilt(workspaceOf(messages))
  const large = await openBuilt(workspaceOf(many))
  try {
    const rates: number[] = []
    for (let time = 0; time < rounds; time += 1) {
      const run = await exportTo(join(folder, `${time}.csv`), small, 'csv')
      rates.push(run.rows / run.seconds)
    }
    const whole = await exportTo(join(folder, 'all.csv'), large, 'csv')
    return {
      'export.rows': {
        value: Math.round(median(rates)),
        unit: 'rows/s',
        yardstick: `of ${messages.toLocaleString('en')}; of ${whole.rows.toLocaleString('en')} ${Math.round(whole.rows / whole.seconds).toLocaleString('en')} rows/s, ${round(whole.bytes / 1e6, 0)} MB`,
      },
      'export.memory': {
        value: round(whole.peak / 1e6, 0),
        unit: 'MB',
        yardstick: `at its peak beyond the start, for a file of ${round(whole.bytes / 1e6, 0)} MB`,
      },
    }
  } finally {
    await small.close()
    await large.close()
    rmSync(folder, { recursive: true })
  }
}

async function exportTo(file: string, workbench: Workbench, format: ExportFormat) {
  const dispatch: Dispatch = workbench.dispatch
  const output = createWriteStream(file)
  const before = process.memoryUsage().rss
  let [rows, peak] = [0, before]
  let cursor: ExportCursor | null = null
  const began = performance.now()
  do {
    const exported = { subject: 'messages', filter: { providerId: null } } as const
    const part = await partOf(dispatch, { exported, format, cursor })
    if (!output.write(part.text)) await once(output, 'drain')
    rows += part.rows
    peak = Math.max(peak, process.memoryUsage().rss)
    cursor = part.next
  } while (cursor)
  output.end()
  await once(output, 'close')
  const seconds = (performance.now() - began) / 1000
  return { rows, seconds, peak: peak - before, bytes: statSync(file).size }
}

async function partOf(dispatch: Dispatch, input: CommandInput<'export.part'>): Promise<ExportPart> {
  const answer = await dispatch('export.part', input)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
