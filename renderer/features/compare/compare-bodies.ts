import { compareJson } from './compare-json.ts'
import { compareLines } from './compare-lines.ts'
import { pairByName, type CompareRow, type NamedValue } from './compare-rows.ts'

/** Two bodies in the finest way that both allow: by JSON path, by form field, else line by line. */
export function compareBodies(left: string, right: string, form: boolean): CompareRow[] {
  return compareJson(left, right) ?? (form ? compareFields(left, right) : compareLines(left, right))
}

/** Fields of a query or a form by name, as they read; where only their escaping differs, as they were sent. */
export function compareFields(left: string, right: string): CompareRow[] {
  return pairByName(fieldsOf(left), fieldsOf(right)).map((row) => {
    const [one, other] = [decodedOr(row.left), decodedOr(row.right)]
    return row.mark === 'differs' && one === other ? row : { ...row, left: one, right: other }
  })
}

function fieldsOf(text: string): NamedValue[] {
  if (text === '') return []
  return text.split('&').map((field) => {
    const at = field.indexOf('=')
    const name = at === -1 ? field : field.slice(0, at)
    return { name: decodedOr(name) ?? '', value: at === -1 ? '' : field.slice(at + 1) }
  })
}

function decodedOr(text: string | null): string | null {
  if (text === null) return null
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
