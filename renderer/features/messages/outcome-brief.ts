import type { OutcomeCode } from '#shared/outcome.ts'

/** The codes that one status of HTTP always means. */
const statuses: Partial<Record<OutcomeCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  status_408: 408,
  payload_too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  bad_gateway: 502,
  service_unavailable: 503,
  gateway_timed_out: 504,
  proxy_unauthorized: 407,
}

const words: Partial<Record<OutcomeCode, string>> = {
  accepted: 'Success rule holds',
  no_rule_reads_answer: 'Rule not met',
  dns_failed: 'Name not found',
  tls_failed: 'TLS failed',
  tls_timed_out: 'TLS time-out',
  connect_timed_out: 'Connect time-out',
  first_byte_timed_out: 'First byte time-out',
  total_timed_out: 'Total time-out',
  status_408: 'Request time-out',
  vendor_code: 'Code of the provider',
}

/** What happened in two or three words, for a column; the story has the whole of it. */
export function outcomeBrief(code: OutcomeCode): string {
  const plain = code.replaceAll('_', ' ')
  const brief = words[code] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
  const status = statuses[code]
  return status === undefined ? brief : `${brief} (${status})`
}
