import { asText, jsonPathIssue, namesError, readPath } from '#shared/json-path.ts'
import type { Found } from '#shared/provider-tools.ts'
import { readAlternatives, type Expression } from '#shared/reading-expression.ts'
import { readXml, xmlPathIssue } from '#shared/xml-path.ts'
import type { AnswerBody } from './answer-body.ts'
import type { PatternMatch, PatternRun } from './pattern.ts'

export interface Finding extends Found {
  /** It is the vendor's word for a failure, and does not just fill its error field in. */
  isError: boolean
}

export const nowhere: Finding = { value: null, problem: null, isError: false }

export const missing = (problem: string): Finding => ({ value: null, problem, isError: false })

const found = (value: unknown): Finding => ({
  value: asText(value),
  problem: null,
  isError: namesError(value),
})

export const words = {
  nothingThere: 'Nothing is at this path.',
  noneThere: 'Nothing is at any of these.',
  notJson: 'The answer cannot be read as JSON.',
  notXml: 'The answer cannot be read as XML.',
  noMatch: 'Nothing in the answer matches.',
  noText: 'The answer does not contain this text.',
  stopped: 'The pattern took too long and was stopped.',
  noPattern: 'Enter a regular expression.',
  invalid: 'This is not a valid regular expression.',
}

const plainlyMissing = new Set([words.nothingThere, words.notJson, words.notXml, words.noMatch])

/** Reads what an expression of the settings points to: of several alternatives the first that finds anything. */
export function findByExpression(text: string, body: AnswerBody, patterns: PatternRun): Finding {
  const alternatives = readAlternatives(text)
  const problems: string[] = []
  for (const expression of alternatives) {
    const finding = find(expression, body, patterns)
    if (finding.value !== null) return finding
    if (finding.problem !== null) problems.push(finding.problem)
  }
  const problem = whyNowhere(problems)
  return problem === null ? nowhere : missing(problem)
}

/** What cannot be used at all is to be mended first; apart from that, alternatives fail together. */
function whyNowhere(problems: readonly string[]): string | null {
  const [first, ...others] = problems
  if (first === undefined) return null
  if (others.length === 0) return first
  const unusable = problems.find((problem) => !plainlyMissing.has(problem))
  if (unusable !== undefined) return unusable
  return first !== words.nothingThere && others.every((problem) => problem === first)
    ? first
    : words.noneThere
}

function find(expression: Expression, body: AnswerBody, patterns: PatternRun): Finding {
  switch (expression.kind) {
    case 'none':
      return nowhere
    case 'json':
      return findInJson(expression.path, body)
    case 'xml':
      return findInXml(expression.path, body)
    case 'pattern':
      return findByPattern(expression.pattern, body, patterns)
  }
}

function findInJson(path: string, body: AnswerBody): Finding {
  const issue = jsonPathIssue(path)
  if (issue !== null) return missing(issue)
  if (body.json === null) return missing(words.notJson)
  const value = readPath(body.json.value, path)
  return value === undefined || value === null ? missing(words.nothingThere) : found(value)
}

function findInXml(path: string, body: AnswerBody): Finding {
  const issue = xmlPathIssue(path)
  if (issue !== null) return missing(issue)
  if (body.xml === null) return missing(words.notXml)
  const [value] = readXml(body.xml, path)
  return value === undefined ? missing(words.nothingThere) : found(value)
}

/** The pattern's first group, or all that it matches where it has none. */
function findByPattern(pattern: string, body: AnswerBody, patterns: PatternRun): Finding {
  if (pattern === '') return missing(words.noPattern)
  const match = patterns.match(pattern, body.text)
  return match.kind === 'match' ? found(match.groups[1] ?? match.groups[0]) : missing(whyNoMatch(match.kind))
}

export function whyNoMatch(kind: Exclude<PatternMatch['kind'], 'match'>): string {
  return kind === 'none' ? words.noMatch : words[kind]
}
