import type { Failure } from '../../lib/failure.ts'
import { saveText } from '../providers/save-text.ts'
import { useBulk } from './bulk-store.ts'

/** A name that every system takes. */
export function resultFileName(name: string): string {
  const plain = name.replace(/\.[a-z]{2,4}$/i, '').replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
  return `${plain.trim() || 'Bulk test'} result.csv`
}

/** Fetches the result file page by page and saves it. Null when it is saved; `onRows` hears how far it is. */
export async function saveResults(
  { id, name }: { id: string; name: string },
  onRows: (line: number) => void,
): Promise<Failure | null> {
  const parts: string[] = []
  for (let after: number | null = 0; after !== null;) {
    const answer = await useBulk().results(id, after)
    if (!answer.ok) return answer.error
    parts.push(answer.value.text)
    after = answer.value.next
    if (after !== null) onRows(after)
  }
  saveText(resultFileName(name), parts, 'text/csv')
  return null
}
