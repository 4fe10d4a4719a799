import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import { answering, type OutcomeCase } from '../../../helpers/outcome-cases.ts'

interface More {
  headers?: string[]
  body?: string
  cause?: string
  next?: string
}

function status(line: string, outcomeClass: OutcomeClass, code: OutcomeCode, more: More = {}): OutcomeCase {
  const { headers = [], body = '{"error":{"code":"E7","text":"No route to +1 415"}}', cause, next } = more
  const number = Number(line.slice(0, 3))
  return {
    name: `${line} ${headers.join(' ')}`,
    class: outcomeClass,
    code,
    bytesOut: true,
    provoke: async (stage) => ({
      ...(await answering(stage, line, body, headers)),
      reading: { messageId: '', errorCode: 'error.code', errorText: 'error.text' },
    }),
    facts: { status: number },
    ...(code === 'accepted' ? { cause: `HTTP ${number}` } : { title: `(${number})` }),
    ...(code === 'accepted' || code === 'redirected' ? {} : { cause: 'No route to +1 415 (code E7)' }),
    ...(cause && { cause }),
    ...(next && { next }),
  }
}

const inAMinute = () => new Date(Date.now() + 60_000).toUTCString()
const again = 'may still arrive'

/** Every status that has a meaning of its own, and one of each hundred that has none. */
export const statuses: OutcomeCase[] = [
  status('200 OK', 'accepted', 'accepted', { next: 'delivery receipt' }),
  status('202 Accepted', 'accepted', 'accepted'),
  status('301 Moved', 'misconfigured', 'redirected', {
    headers: ['Location: https://new.example.test/v2'],
    cause: 'https://new.example.test/v2',
    next: 'make it the endpoint',
  }),
  status('304 Not Modified', 'misconfigured', 'redirected', { body: '', cause: 'does not name the address' }),
  status('400 Bad Request', 'misconfigured', 'bad_request', { next: 'sample' }),
  status('401 Unauthorized', 'misconfigured', 'unauthorized', { next: 'credentials' }),
  status('402 Payment Required', 'misconfigured', 'payment_required', { next: 'Top up' }),
  status('403 Forbidden', 'misconfigured', 'forbidden', { next: 'permissions' }),
  status('404 Not Found', 'misconfigured', 'not_found', { next: 'endpoint' }),
  status('405 Method Not Allowed', 'misconfigured', 'method_not_allowed', { next: 'GET and POST' }),
  status('408 Request Timeout', 'unknown', 'status_408', { next: again }),
  status('413 Payload Too Large', 'misconfigured', 'payload_too_large', { next: 'Shorten' }),
  status('418 Teapot', 'misconfigured', 'other_client_error', { next: 'documentation' }),
  status('422 Unprocessable', 'misconfigured', 'unprocessable', { next: 'number format' }),
  status('429 Too Many Requests', 'unavailable', 'rate_limited', { next: 'Wait a while' }),
  status('429 Too Many Requests', 'unavailable', 'rate_limited', {
    headers: ['Retry-After: 42'],
    next: '42 s',
  }),
  status('429 Too Many Requests', 'unavailable', 'rate_limited', {
    headers: ['Retry-After: 86400'],
    next: '24 h',
  }),
  // Between 58 and 60 s are left when it is read.
  status('429 Too Many Requests', 'unavailable', 'rate_limited', {
    headers: [`Retry-After: ${inAMinute()}`],
    next: ' s, as the answer asks',
  }),
  status('500 Internal Server Error', 'unknown', 'server_error', { next: again }),
  status('502 Bad Gateway', 'unknown', 'bad_gateway', { next: again }),
  status('503 Service Unavailable', 'unavailable', 'service_unavailable', {
    headers: ['Retry-After: 7'],
    next: '7 s',
  }),
  status('504 Gateway Timeout', 'unknown', 'gateway_timed_out', { next: again }),
  status('599 Odd', 'unknown', 'server_error', { next: again }),
  {
    ...status('204 No Content', 'unknown', 'unexpected_status', { body: '' }),
    cause: 'another status',
    provoke: async (stage) => ({
      ...(await answering(stage, '204 No Content')),
      success: { statusFrom: 200, statusTo: 200, body: { kind: 'none' } },
    }),
  },
]
