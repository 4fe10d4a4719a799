import type { AttemptOutcome, OutcomeClass, OutcomeCode, OutcomeFacts } from '#shared/outcome.ts'
import { answerLimitBytes, type ExchangeTrace } from './exchange.ts'
import type { TransportError, TransportFailure } from './transport-error.ts'

const byFailure: Record<
  Exclude<TransportFailure, 'timeout' | 'connect'>,
  (out: boolean) => [OutcomeClass, OutcomeCode]
> = {
  dns: () => ['unavailable', 'dns_failed'],
  tls: () => ['unavailable', 'tls_failed'],
  proxy: () => ['unavailable', 'proxy_failed'],
  'proxy unauthorized': () => ['misconfigured', 'proxy_unauthorized'],
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
  if (error.status !== null) facts.status = error.status
  if (error.names) facts.names = error.names
  if (error.failure === 'too large') facts.limitBytes = answerLimitBytes
  if (error.failure === 'refused address' || error.failure === 'proxy') facts.reason = error.message
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
