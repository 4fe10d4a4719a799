import { remembered } from '#shared/remembered.ts'

/** The parts that a path names, or null where it is another. A slash at its end is of no account. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const { regex, names } = compiled(pattern)
  const match = regex.exec(path)
  if (!match) return null
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]))
  } catch {
    // Percent signs that encode nothing.
    return null
  }
}

const compiled = remembered(1000, (pattern) => {
  const names: string[] = []
  const source = withoutEnd(pattern)
    .split(/(:[A-Za-z][A-Za-z0-9]*)/)
    .map((piece) => {
      if (!/^:[A-Za-z]/.test(piece)) return escaped(piece)
      names.push(piece.slice(1))
      return '([^/]+?)'
    })
    .join('')
  return { regex: new RegExp(`^${source}/*$`), names }
})

/** Letters, digits and the like mean the same with their percent code. */
export function plainPath(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : code
  })
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

const withoutEnd = (path: string) => path.replace(/\/+$/, '')

/** How many of a pattern's parts are words of its own: of two that match, the one with more is meant. */
export function literalParts(pattern: string): number {
  return pattern.split('/').filter((part) => part !== '' && !part.startsWith(':')).length
}

/** Of several addresses those that are most like a path, the likest first. */
export function nearest(path: string, patterns: readonly string[], most: number): string[] {
  return patterns
    .map((pattern) => ({ pattern, likeness: likeness(path, pattern) }))
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, most)
    .map(({ pattern }) => pattern)
}

function likeness(path: string, pattern: string): number {
  const [parts, wanted] = [partsOf(path), partsOf(pattern)]
  const shared = wanted.filter((part) => parts.includes(part)).length
  const placed = wanted.filter((part, index) => part.startsWith(':') && parts[index] !== undefined).length
  return shared * 2 + placed - Math.abs(parts.length - wanted.length)
}

const partsOf = (path: string) =>
  path
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '')
