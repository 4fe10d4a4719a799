import type { AttemptOutcome, OutcomeClass, OutcomeCode, OutcomeFacts } from '#shared/message.ts'
import { answerLimitBytes, type ExchangeAnswer, type ExchangeTrace } from './exchange.ts'
import { judge, type Judgement, type Rules } from './judge.ts'
import type { TransportError, TransportFailure } from './transport-error.ts'

/**
 * What each status means when the success rule does not hold. Surely not taken: unavailable or misconfigured; taken
 * or not, nobody knows: unknown.
 */
const byStatus: Record<number, [OutcomeClass, OutcomeCode]> = {
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

const byHundred: Record<number, [OutcomeClass, OutcomeCode]> = {
  3: ['misconfigured', 'redirected'],
  4: ['misconfigured', 'other_client_error'],
  5: ['unknown', 'server_error'],
}

/** The outcome of an answer that came in full. */
export function classifyAnswer(
  settings: Rules,
  host: string | null,
  answer: ExchangeAnswer,
): { outcome: AttemptOutcome; judgement: Judgement } {
  const { status } = answer
  const judgement = judge(settings.success, settings.reading, status, answer.body.toString('utf8'))
  const [outcomeClass, code] = classOf(judgement, status)
  return { outcome: { class: outcomeClass, code, facts: factsOf(answer, host, judgement) }, judgement }
}

function classOf(judgement: Judgement, status: number): [OutcomeClass, OutcomeCode] {
  if (judgement.statusFits && judgement.bodyFits) return ['accepted', 'accepted']
  const known = byStatus[status] ?? byHundred[Math.floor(status / 100)]
  if (known) return known
  if (!judgement.statusFits) return ['unknown', 'unexpected_status']
  // The vendor names an error: it did not take the message, although its status says nothing of it.
  if (judgement.hasError) return ['misconfigured', 'body_says_failure']
  return ['unknown', 'no_rule_reads_answer']
}

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

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(value: string | null, now = Date.now()): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value)
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}

const byFailure: Record<
  Exclude<TransportFailure, 'timeout' | 'connect'>,
  (out: boolean) => [OutcomeClass, OutcomeCode]
> = {
  dns: () => ['unavailable', 'dns_failed'],
  tls: () => ['unavailable', 'tls_failed'],
  reset: (out) => (out ? ['unknown', 'reset_after_sending'] : ['unavailable', 'reset_before_sending']),
  unrenderable: () => ['misconfigured', 'request_not_renderable'],
  unreadable: () => ['unknown', 'answer_unreadable'],
  cancelled: (out) =>
    out ? ['unknown', 'cancelled_after_sending'] : ['cancelled', 'cancelled_before_sending'],
  'too large': () => ['unknown', 'answer_too_large'],
  'refused address': () => ['misconfigured', 'address_refused'],
}

const byTimeout = {
  connect: ['unavailable', 'connect_timed_out'],
  tls: ['unavailable', 'tls_timed_out'],
  'first byte': ['unknown', 'first_byte_timed_out'],
  total: ['unknown', 'total_timed_out'],
} as const satisfies Record<string, [OutcomeClass, OutcomeCode]>

/** The outcome of an exchange without a full answer: what matters is whether a byte may have gone out. */
export function classifyFailure(error: TransportError, host: string, trace: ExchangeTrace): AttemptOutcome {
  const facts: OutcomeFacts = { host }
  if (error.systemCode) facts.systemCode = error.systemCode
  if (error.failure === 'too large') facts.limitBytes = answerLimitBytes
  if (error.failure === 'refused address') facts.reason = error.message
  if (error.failure === 'unrenderable') facts.reason = `The request cannot be sent: ${error.message}.`
  if (error.timeout) Object.assign(facts, { timeout: error.timeout.name, timeoutMs: error.timeout.ms })
  const [outcomeClass, code] = failureClass(error, trace.bytesOut)
  return { class: outcomeClass, code, facts }
}

function failureClass(error: TransportError, bytesOut: boolean): [OutcomeClass, OutcomeCode] {
  if (error.failure === 'connect') {
    return ['unavailable', error.systemCode === 'ECONNREFUSED' ? 'connection_refused' : unreachable(error)]
  }
  if (error.failure !== 'timeout') return byFailure[error.failure](bytesOut)
  const [outcomeClass, code] = byTimeout[error.timeout?.name ?? 'total']
  return outcomeClass === 'unknown' && !bytesOut ? ['unavailable', code] : [outcomeClass, code]
}

function unreachable(error: TransportError): OutcomeCode {
  return error.systemCode === 'ECONNRESET' ? 'reset_before_sending' : 'unreachable'
}
