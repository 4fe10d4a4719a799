import { asText, jsonPathIssue, readAll } from '#shared/json-path.ts'
import type { Found, ReadAnswerInput } from '#shared/provider-tools.ts'
import { patternIssue } from '#shared/reading-expression.ts'
import { readXml, xmlPathIssue } from '#shared/xml-path.ts'
import type { AnswerBody } from './answer-body.ts'
import { missing, nowhere, whyNoMatch, words } from './find-in-answer.ts'
import type { PatternRun } from './pattern.ts'

type BodyTest = ReadAnswerInput['success']['body']

export interface BodyResult {
  fits: boolean
  found: Found
}

const untested: BodyResult = { fits: true, found: nowhere }
/** A test whose field is still empty says nothing, and holds for nothing. */
const unfinished: BodyResult = { fits: false, found: nowhere }

const fails = (problem: string): BodyResult => ({ fits: false, found: missing(problem) })
const holds = (value: string): BodyResult => ({ fits: true, found: { value, problem: null } })

/** Holds the body against the test of the success rule. */
export function testBody(test: BodyTest, body: AnswerBody, patterns: PatternRun): BodyResult {
  switch (test.kind) {
    case 'none':
      return untested
    case 'contains':
      if (test.text === '') return unfinished
      return body.text.includes(test.text) ? holds(test.text) : fails(words.noText)
    case 'matches':
      return test.pattern === '' ? unfinished : matches(test.pattern, body, patterns)
    case 'json':
      return test.path.trim() === '' ? unfinished : testJson(test, body)
    case 'xml':
      return test.path.trim() === '' ? unfinished : testXml(test, body)
  }
}

/** Why the test cannot be used at all: it was saved when the rules for paths and patterns were others. */
export function unusableTest(test: BodyTest): string | null {
  if (test.kind === 'json') return jsonPathIssue(test.path)
  if (test.kind === 'xml') return xmlPathIssue(test.path)
  return test.kind === 'matches' ? patternIssue(test.pattern) : null
}

function matches(pattern: string, body: AnswerBody, patterns: PatternRun): BodyResult {
  const match = patterns.match(pattern, body.text)
  return match.kind === 'match' ? holds(match.groups[0] ?? '') : fails(whyNoMatch(match.kind))
}

function testJson(
  { path, equals, or = [] }: Extract<BodyTest, { kind: 'json' }>,
  body: AnswerBody,
): BodyResult {
  const issue = jsonPathIssue(path)
  if (issue !== null) return fails(issue)
  if (body.json === null) return fails(words.notJson)
  const values = readAll(body.json.value, path).filter((value) => value !== null)
  return anyFits(values.map(asText), equals, or)
}

function testXml({ path, equals }: Extract<BodyTest, { kind: 'xml' }>, body: AnswerBody): BodyResult {
  const issue = xmlPathIssue(path)
  if (issue !== null) return fails(issue)
  if (body.xml === null) return fails(words.notXml)
  return anyFits(readXml(body.xml, path), equals.trim(), [])
}

/** Where several were found, the one that fits is shown, else the first. Without `equals` any value will do. */
function anyFits(values: readonly string[], equals: string, or: readonly string[]): BodyResult {
  const [first] = values
  if (first === undefined) return fails(words.nothingThere)
  if (equals === '') return holds(first)
  const fitting = values.find((value) => value === equals || or.includes(value))
  return fitting === undefined ? { fits: false, found: { value: first, problem: null } } : holds(fitting)
}
