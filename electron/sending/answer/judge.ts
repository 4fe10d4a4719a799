import type { Found, ReadAnswerInput } from '#shared/provider-tools.ts'
import { readAlternatives } from '#shared/reading-expression.ts'
import type { AnswerBody, BodyKind } from './answer-body.ts'
import { findByExpression } from './find-in-answer.ts'
import { PatternRun } from './pattern.ts'
import { testBody } from './test-body.ts'

/** The parts of a provider's settings that read its answers. */
export type Rules = Pick<ReadAnswerInput, 'success' | 'reading' | 'codes'>

export interface Judgement {
  statusFits: boolean
  bodyFits: boolean
  messageId: string
  errorCode: string
  errorText: string
  /** The vendor names an error, and does not just fill its error field in. */
  hasError: boolean
  found: { body: Found; messageId: Found; errorCode: Found; errorText: Found }
}

/** Holds an answer against the provider's success rule and reads out what the vendor says in it. */
export function judge({ success, reading }: Rules, status: number, body: AnswerBody): Judgement {
  const patterns = new PatternRun()
  const test = testBody(success.body, body, patterns)
  const messageId = findByExpression(reading.messageId.trim(), body, patterns)
  const errorCode = findByExpression(reading.errorCode.trim(), body, patterns)
  const errorText = findByExpression(reading.errorText.trim(), body, patterns)
  return {
    statusFits: status >= (success.statusFrom ?? Infinity) && status <= (success.statusTo ?? 0),
    bodyFits: test.fits,
    messageId: messageId.value ?? '',
    errorCode: errorCode.value ?? '',
    errorText: errorText.value ?? '',
    hasError: errorCode.isError || errorText.isError,
    found: { body: test.found, messageId, errorCode, errorText },
  }
}

/**
 * What the rules read the body as, where it cannot be read so; the test on the body counts before the readings. Of a
 * reading's alternatives one that can be read is enough.
 */
export function unreadableKind({ success, reading }: Rules, body: AnswerBody): BodyKind | null {
  const { kind } = success.body
  const ofTest = kind === 'json' || kind === 'xml' ? unreadableAs(kind, body) : null
  if (ofTest !== null) return ofTest
  for (const text of [reading.errorCode, reading.errorText, reading.messageId]) {
    const kinds = readAlternatives(text).map((expression) => expression.kind)
    const unreadable = kinds.map((one) => (one === 'json' || one === 'xml' ? unreadableAs(one, body) : null))
    const [first = null] = unreadable
    if (first !== null && unreadable.every((one) => one !== null)) return first
  }
  return null
}

function unreadableAs(kind: 'json' | 'xml', body: AnswerBody): BodyKind | null {
  if (kind === 'json') return body.json === null ? 'JSON' : null
  return body.xml === null ? 'XML' : null
}
