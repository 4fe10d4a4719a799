import { jsonPathIssue } from './json-path.ts'
import { xmlPathIssue } from './xml-path.ts'

/**
 * Where a piece of an answer is: a JSON path, an XML path (begins with a slash), or a regular expression whose first
 * group is read (begins with a tilde). Empty: nowhere.
 */
export type Expression =
  { kind: 'none' } | { kind: 'json' | 'xml'; path: string } | { kind: 'pattern'; pattern: string }

export function readExpression(text: string): Expression {
  if (text === '') return { kind: 'none' }
  if (text.startsWith('/')) return { kind: 'xml', path: text }
  if (text.startsWith('~')) return { kind: 'pattern', pattern: text.slice(1) }
  return { kind: 'json', path: text }
}

/** What is wrong with it, in words, or null. */
export function expressionIssue(text: string): string | null {
  const expression = readExpression(text.trim())
  switch (expression.kind) {
    case 'none':
      return null
    case 'json':
      return jsonPathIssue(expression.path)
    case 'xml':
      return xmlPathIssue(expression.path)
    case 'pattern':
      return patternIssue(expression.pattern)
  }
}

export function patternIssue(pattern: string): string | null {
  if (pattern === '') return 'Enter a regular expression.'
  return toPattern(pattern) === null ? 'This is not a valid regular expression.' : null
}

/** Null where it is not a valid regular expression. */
export function toPattern(text: string): RegExp | null {
  try {
    return new RegExp(text)
  } catch {
    return null
  }
}
