import type { TimeoutName } from './timeouts.ts'

/** The class of an attempt's outcome decides what happens next; see the failover table in the documentation. */
export const outcomeClasses = [
  'accepted',
  'rejected',
  'unavailable',
  'misconfigured',
  'unknown',
  'cancelled',
] as const
export type OutcomeClass = (typeof outcomeClasses)[number]

/** What exactly happened in an attempt; `shared/verdict.ts` has the words for each. */
export const outcomeCodes = [
  'accepted',
  'body_says_failure',
  'no_rule_reads_answer',
  'answer_not_of_its_type',
  'body_unreadable',
  'vendor_code',
  'request_not_renderable',
  'secret_missing',
  'simulator_stopped',
  'address_refused',
  'authorities_unreadable',
  'token_refused',
  'token_unavailable',
  'proxy_failed',
  'proxy_unauthorized',
  'dns_failed',
  'connection_refused',
  'unreachable',
  'connect_timed_out',
  'tls_failed',
  'tls_timed_out',
  'reset_before_sending',
  'reset_after_sending',
  'first_byte_timed_out',
  'total_timed_out',
  'answer_too_large',
  'answer_unreadable',
  'redirected',
  'bad_request',
  'unauthorized',
  'payment_required',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'status_408',
  'payload_too_large',
  'unprocessable',
  'rate_limited',
  'other_client_error',
  'server_error',
  'bad_gateway',
  'service_unavailable',
  'gateway_timed_out',
  'unexpected_status',
  'cancelled_before_sending',
  'cancelled_after_sending',
  'interrupted',
  'workbench_failed',
] as const
export type OutcomeCode = (typeof outcomeCodes)[number]

/** The particulars that a verdict's words are made of. */
export interface OutcomeFacts {
  status?: number
  host?: string
  /** Accepted for its status alone: no rule has looked at the body. */
  statusOnly?: true
  /** What the vendor's answer gave as its own code and text. */
  errorCode?: string
  errorText?: string
  /** What the settings said of the vendor's code when the answer came: why it happens, and what to do. */
  codeCause?: string
  codeNext?: string
  timeout?: TimeoutName
  timeoutMs?: number
  /** Node's or OpenSSL's name of the failure, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  systemCode?: string
  retryAfterSeconds?: number
  location?: string
  limitBytes?: number
  /** The answer's content type, and the one that the success rule reads. */
  contentType?: string
  expected?: 'JSON' | 'XML'
  /** The first access token was refused with a 401; this is what came of a second request with a fresh one. */
  tokenRenewed?: boolean
  /** The proxy that the request went through, as `host:port`. */
  proxy?: string
  /** The secrets that have no value; the names that a certificate is for. */
  names?: string[]
  reason?: string
}

export interface AttemptOutcome {
  class: OutcomeClass
  code: OutcomeCode
  facts: OutcomeFacts
}
