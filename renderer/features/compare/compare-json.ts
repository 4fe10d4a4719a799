import { pairByName, type CompareRow, type NamedValue } from './compare-rows.ts'

/** Beyond this a list of paths helps nobody. */
const mostPaths = 5000

/** Two JSON documents path by path; null where one is none, or has too many paths. */
export function compareJson(left: string, right: string): CompareRow[] | null {
  // A body that is not there has no paths, and keeps the other's from nothing.
  const [lefts, rights] = [left, right].map((text) => (text === '' ? [] : pathsOf(text)))
  return lefts && rights ? pairByName(lefts, rights) : null
}

/** Numbers as they are written: a long id would lose its end as a number. */
class Written {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown

const keepNumbers: Reviver = (_key, value, context) =>
  typeof value === 'number' ? new Written(context?.source ?? String(value)) : value

/** Every leaf with its path, as the success rule writes paths. */
export function pathsOf(text: string): NamedValue[] | null {
  // A bare word or number reads better as the line that it is.
  if (!/^\s*[[{]/.test(text)) return null
  try {
    const found: NamedValue[] = []
    walk('', JSON.parse(text, keepNumbers as Parameters<typeof JSON.parse>[1]), found)
    return found.length > mostPaths ? null : found
  } catch {
    return null
  }
}

function walk(path: string, value: unknown, found: NamedValue[]): void {
  if (typeof value !== 'object' || value === null || value instanceof Written) {
    found.push({ name: path, value: value instanceof Written ? value.source : JSON.stringify(value) })
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
