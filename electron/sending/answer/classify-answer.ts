import type { AttemptOutcome, OutcomeClass, OutcomeCode, OutcomeFacts } from '#shared/outcome.ts'
import { AnswerBody, declaredKind } from './answer-body.ts'
import type { ExchangeAnswer } from '../exchange.ts'
import { judge, unreadableKind, type Judgement, type Rules } from './judge.ts'
import { retryAfterSeconds } from './retry-after.ts'
import { unusableTest } from './test-body.ts'

type Classified = readonly [OutcomeClass, OutcomeCode]

/**
 * What each status means when the success rule does not hold. Surely not taken: unavailable or misconfigured; taken
 * or not, nobody knows: unknown.
 */
const byStatus: Record<number, Classified> = {
  400: ['misconfigured', 'bad_request'],
  401: ['misconfigured', 'unauthorized'],
  402: ['misconfigured', 'payment_required'],
  403: ['misconfigured', 'forbidden'],
  404: ['misconfigured', 'not_found'],
  405: ['misconfigured', 'method_not_allowed'],
  408: ['unknown', 'status_408'],
  413: ['misconfigured', 'payload_too_large'],
  422: ['misconfigured', 'unprocessable'],
  429: ['unavailable', 'rate_limited'],
  500: ['unknown', 'server_error'],
  502: ['unknown', 'bad_gateway'],
  503: ['unavailable', 'service_unavailable'],
  504: ['unknown', 'gateway_timed_out'],
}

const byHundred: Record<number, Classified> = {
  3: ['misconfigured', 'redirected'],
  4: ['misconfigured', 'other_client_error'],
  5: ['unknown', 'server_error'],
}

/** The outcome of an answer that came in full. */
export function classifyAnswer(
  rules: Rules,
  host: string | null,
  answer: ExchangeAnswer,
): { outcome: AttemptOutcome; judgement: Judgement } {
  const { status } = answer
  const body = new AnswerBody(answer.body, headerOf(answer, 'content-type') ?? '')
  const judgement = judge(rules, status, body)
  const facts = factsOf(answer, host, judgement)
  const [outcomeClass, code] =
    classOf(rules, judgement, status, facts) ??
    unusable(rules, facts) ??
    unreadable(rules, body, answer, facts) ??
    noRule
  if (code === 'accepted' && rules.success.body.kind === 'none') facts.statusOnly = true
  return { outcome: { class: outcomeClass, code, facts }, judgement }
}

const noRule: Classified = ['unknown', 'no_rule_reads_answer']

/**
 * What the success rule accepts is accepted, whatever else the answer says. Else the vendor's own code decides where
 * the settings give it a meaning, since it is said on purpose, and then the status.
 */
function classOf(rules: Rules, judgement: Judgement, status: number, facts: OutcomeFacts): Classified | null {
  if (judgement.statusFits && judgement.bodyFits) return ['accepted', 'accepted']
  const meaning = meaningOf(rules.codes, judgement.errorCode)
  if (meaning !== null) {
    // The words stay with the attempt, so that its story reads the same when the settings have others.
    if (meaning.cause) facts.codeCause = meaning.cause
    if (meaning.next) facts.codeNext = meaning.next
    return [meaning.class, 'vendor_code']
  }
  const known = byStatus[status] ?? byHundred[Math.floor(status / 100)]
  if (known) return known
  if (!judgement.statusFits) return ['unknown', 'unexpected_status']
  // The vendor names an error: it did not take the message, although its status says nothing of it.
  return judgement.hasError ? ['misconfigured', 'body_says_failure'] : null
}

/** Whatever the answer says, the rule cannot tell. */
function unusable({ success }: Rules, facts: OutcomeFacts): Classified | null {
  const reason = unusableTest(success.body)
  if (reason === null) return null
  facts.reason = reason
  return noRule
}

/** The rules would read the body as JSON or XML, and cannot: it is another type's, or damaged. */
function unreadable(
  rules: Rules,
  body: AnswerBody,
  answer: ExchangeAnswer,
  facts: OutcomeFacts,
): Classified | null {
  const expected = unreadableKind(rules, body)
  if (expected === null) return null
  const contentType = headerOf(answer, 'content-type') ?? ''
  Object.assign(facts, { expected, contentType })
  const declared = declaredKind(contentType)
  return [
    'unknown',
    declared === null || declared === expected ? 'body_unreadable' : 'answer_not_of_its_type',
  ]
}

type Meaning = Rules['codes'][number]
const meanings = new WeakMap<Rules['codes'], Map<string, Meaning>>()

/** Codes are compared without spaces at their ends and without regard to case. The first of two equal ones counts. */
function meaningOf(codes: Rules['codes'], errorCode: string): Meaning | null {
  if (codes.length === 0 || errorCode === '') return null
  let known = meanings.get(codes)
  if (!known) {
    known = new Map(codes.map((meaning) => [keyOf(meaning.code), meaning] as const).toReversed())
    meanings.set(codes, known)
  }
  return known.get(keyOf(errorCode)) ?? null
}

const keyOf = (code: string) => code.trim().toLowerCase()

function factsOf(answer: ExchangeAnswer, host: string | null, judgement: Judgement): OutcomeFacts {
  const facts: OutcomeFacts = { status: answer.status }
  if (host !== null) facts.host = host
  if (judgement.errorCode !== '') facts.errorCode = judgement.errorCode
  if (judgement.errorText !== '') facts.errorText = judgement.errorText
  const retryAfter = retryAfterSeconds(headerOf(answer, 'retry-after'))
  if (retryAfter !== null) facts.retryAfterSeconds = retryAfter
  const location = headerOf(answer, 'location')
  if (location !== null) facts.location = location
  return facts
}

function headerOf(answer: ExchangeAnswer, name: string): string | null {
  return answer.headers.find((header) => header.name.toLowerCase() === name)?.value ?? null
}
