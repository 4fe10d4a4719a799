import { readAsWritten, WrittenNumber, type WrittenValue } from '#shared/json-text.ts'
import { pairByName, type CompareRow, type NamedValue } from './compare-rows.ts'

/** Beyond this a list of paths helps nobody. */
const mostPaths = 5000

/** Two JSON documents path by path; null where one is none, or has too many paths. */
export function compareJson(left: string, right: string): CompareRow[] | null {
  // A body that is not there has no paths, and keeps the other's from nothing.
  const [lefts, rights] = [left, right].map((text) => (text === '' ? [] : pathsOf(text)))
  return lefts && rights ? pairByName(lefts, rights) : null
}

/** Every leaf with its path, as the success rule writes paths. */
function pathsOf(text: string): NamedValue[] | null {
  // A bare word or number reads better as the line that it is.
  const read = /^\s*[[{]/.test(text) ? readAsWritten(text) : null
  if (!read) return null
  const found: NamedValue[] = []
  try {
    walk('', read.value, found)
  } catch {
    // Nested deep enough, it overflows the stack.
    return null
  }
  return found.length > mostPaths ? null : found
}

function walk(path: string, value: WrittenValue, found: NamedValue[]): void {
  if (value instanceof WrittenNumber) found.push({ name: path, value: value.text })
  else if (typeof value !== 'object' || value === null) {
    found.push({ name: path, value: JSON.stringify(value) })
  } else if (Array.isArray(value)) {
    if (value.length === 0) found.push({ name: path || 'whole body', value: '[]' })
    value.forEach((item, index) => walk(`${path}[${index}]`, item, found))
  } else {
    const entries = Object.entries(value)
    if (entries.length === 0) found.push({ name: path || 'whole body', value: '{}' })
    for (const [key, item] of entries) walk(path + stepOf(key, path), item, found)
  }
}

function stepOf(key: string, path: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `[${JSON.stringify(key)}]`
  return path === '' ? key : `.${key}`
}
