import { jsonPathIssue } from './json-path.ts'
import { remembered } from './remembered.ts'
import { xmlPathIssue } from './xml-path.ts'

/**
 * Where a piece of an answer is: a JSON path, an XML path (begins with a slash), or a regular expression whose first
 * group is read (begins with a tilde). Empty: nowhere.
 */
export type Expression =
  { kind: 'none' } | { kind: 'json' | 'xml'; path: string } | { kind: 'pattern'; pattern: string }

/**
 * The places to look at, in this order, of a text such as `messages[0].id || batch_id`; one for a text without `||`. A
 * pattern takes all that follows it, so there is none after one. At least one, which may be `none`.
 */
export const readAlternatives = remembered<readonly Expression[]>(500, (text) =>
  splitAlternatives(text).map(readExpression),
)

/** A path up to two bars that stand outside of a quoted name, as in `['a||b']`. */
const untilBars = /(?:\[\s*(?:"[^"]*"|'[^']*')\s*\]|(?!\|\|)[^])*/y

function splitAlternatives(text: string): string[] {
  const found: string[] = []
  for (let rest = text.trim(); ;) {
    untilBars.lastIndex = 0
    const one = rest.startsWith('~') ? rest : (untilBars.exec(rest)?.[0] ?? '')
    found.push(one.trim())
    if (one.length === rest.length) return found
    rest = rest.slice(one.length + 2).trim()
  }
}

function readExpression(text: string): Expression {
  if (text === '') return { kind: 'none' }
  if (text.startsWith('/')) return { kind: 'xml', path: text }
  if (text.startsWith('~')) return { kind: 'pattern', pattern: text.slice(1) }
  return { kind: 'json', path: text }
}

/** What is wrong with it, in words, or null. */
export function expressionIssue(text: string): string | null {
  const alternatives = readAlternatives(text)
  if (alternatives.length > 1 && alternatives.some(({ kind }) => kind === 'none'))
    return 'Write a path on both sides of “||”.'
  for (const expression of alternatives) {
    const issue = issueOf(expression)
    if (issue !== null) return issue
  }
  return null
}

function issueOf(expression: Expression): string | null {
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
