import { randomUUID } from 'node:crypto'
import { longestChunk, type BulkJob, type BulkSetup } from '#shared/bulk.ts'
import type { TestWorkbench } from './workbench.ts'

export function bulkSetup(target: BulkSetup['target'], more: Partial<BulkSetup> = {}): BulkSetup {
  return {
    name: 'Trial',
    target,
    hasHeader: true,
    delimiter: ',',
    numberColumn: 'number',
    country: null,
    text: 'Hello {{name}}',
    values: {},
    test: false,
    perSecond: null,
    ...more,
  }
}

/** A file of so many rows with numbers that no two share. */
export function bulkFile(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => `+1415${5_550_000 + index},N${index}`)
  return ['number,name', ...lines, ''].join('\n')
}

export const saved = (id: string) => ({ kind: 'saved' as const, id })

export async function loadBulk(test: Pick<TestWorkbench, 'call'>, setup: BulkSetup, text: string) {
  const id = randomUUID()
  await test.call('bulk.create', { id, setup })
  for (let at = 0; at * longestChunk < text.length; at += 1) {
    const piece = text.slice(at * longestChunk, (at + 1) * longestChunk)
    await test.call('bulk.load', { id, position: at, text: piece })
  }
  return test.call('bulk.loaded', { id })
}

/** Resolves with the job once it is as wanted; hears of it by events, and looks first. */
export async function bulkWhen(
  test: TestWorkbench,
  id: string,
  isWanted: (job: BulkJob) => boolean,
): Promise<BulkJob> {
  const heard = new Promise<BulkJob>((resolve) => {
    const stop = test.workbench.events.subscribe((event) => {
      if (event.name !== 'bulk.changed' || event.payload.id !== id || !isWanted(event.payload)) return
      stop()
      resolve(event.payload)
    })
  })
  const now = await test.call('bulk.get', { id })
  return isWanted(now) ? now : heard
}

export const isOver = ({ state }: BulkJob) => state === 'done' || state === 'cancelled'

export async function resultsOf(test: Pick<TestWorkbench, 'call'>, id: string): Promise<string> {
  let whole = ''
  for (let after: number | null = 0; after !== null;) {
    const page: { text: string; next: number | null } = await test.call('bulk.results', { id, after })
    whole += page.text
    after = page.next
  }
  return whole
}
