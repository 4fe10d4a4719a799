import { tlsCause } from './tls-cause.ts'
import type { AttemptOutcome, OutcomeCode, OutcomeFacts } from './message.ts'

/** A verdict in words: what happened, the likely cause, and what to try next. */
export interface Verdict {
  title: string
  cause: string
  next: string
}

type Words = (facts: OutcomeFacts) => Verdict

const host = (facts: OutcomeFacts) => facts.host ?? 'the provider'
const number = (facts: OutcomeFacts) => facts.status ?? 'no status'
const status = (facts: OutcomeFacts) => (facts.status === undefined ? 'no status' : `HTTP ${facts.status}`)
const limit = ({ timeoutMs }: OutcomeFacts) => {
  if (timeoutMs === undefined) return 'the time allowed'
  return timeoutMs % 1000 === 0 ? `${timeoutMs / 1000} s` : `${timeoutMs} ms`
}

/** The vendor's own words, where the answer had any. */
function said(facts: OutcomeFacts): string {
  const { errorCode, errorText } = facts
  if (errorCode && errorText) return ` It says: ${errorText} (code ${errorCode}).`
  if (errorText) return ` It says: ${errorText}.`
  if (errorCode) return ` Its code is ${errorCode}.`
  return ''
}

const checkEndpoint = 'Check the endpoint against the provider’s documentation, then send another test.'
const mayArrive =
  'The message may still arrive: check with the recipient or the provider before sending it again.'

const words: Record<OutcomeCode, Words> = {
  accepted: (facts) => ({
    title: 'The provider accepted the message',
    cause: `The answer (${status(facts)}) meets the success rule.`,
    next: 'A delivery receipt tells whether it arrived. A message to the simulator shows on its page.',
  }),
  body_says_failure: (facts) => ({
    title: 'The provider answered with a failure',
    cause: `The status is fine (${status(facts)}), but the body reports an error.${said(facts)}`,
    next: 'Mend what the error names. If this answer does mean success, change the success rule.',
  }),
  no_rule_reads_answer: (facts) => ({
    title: 'The answer does not meet the success rule',
    cause: `The status is ${status(facts)}, but the body is not what the rule expects, so nobody can tell whether the message was taken.`,
    next: `Compare the response with the success rule. ${mayArrive}`,
  }),
  request_not_renderable: (facts) => ({
    title: 'The request could not be built',
    cause: facts.reason ?? 'A value does not fit the place it would land in.',
    next: 'Mend the field, then send another test. Nothing was sent.',
  }),
  secret_missing: (facts) => ({
    title: 'A secret has no value',
    cause: `Not set: ${(facts.names ?? []).join(', ')}.`,
    next: 'Enter it in the provider’s settings, then send another test. Nothing was sent.',
  }),
  address_refused: (facts) => ({
    title: 'The address is not allowed',
    cause: facts.reason ?? `${host(facts)} is an address that the workbench never sends to.`,
    next: 'Use the provider’s public http or https address. Nothing was sent.',
  }),
  dns_failed: (facts) => ({
    title: `The name ${host(facts)} was not found`,
    cause: `The name look-up failed${facts.systemCode ? ` (${facts.systemCode})` : ''}: the name is misspelt, or this machine has no network.`,
    next: 'Check the host in the endpoint and the network connection.',
  }),
  connection_refused: (facts) => ({
    title: `${host(facts)} refused the connection`,
    cause: 'Nothing listens on that port, or a firewall rejects it.',
    next: 'Check the port in the endpoint. For a simulated provider, start the simulator.',
  }),
  unreachable: (facts) => ({
    title: `${host(facts)} cannot be reached`,
    cause: `The network has no way there${facts.systemCode ? ` (${facts.systemCode})` : ''}.`,
    next: 'Check the network connection, a VPN, and whether the provider limits access by address.',
  }),
  connect_timed_out: (facts) => ({
    title: 'Connect time-out',
    cause: `${host(facts)} did not take the connection within ${limit(facts)}. Nothing was sent.`,
    next: 'Check the address and any firewall; raise the connect time-out if the provider is known to be slow.',
  }),
  tls_failed: (facts) => ({
    title: 'No secure connection',
    cause: tlsCause(facts),
    next: 'Check the host name in the endpoint and this machine’s clock. Nothing was sent.',
  }),
  tls_timed_out: (facts) => ({
    title: 'TLS time-out',
    cause: `${host(facts)} did not finish the TLS handshake within ${limit(facts)}. Nothing was sent.`,
    next: 'Check that the endpoint’s port speaks https; raise the TLS time-out if the provider is slow.',
  }),
  reset_before_sending: (facts) => ({
    title: 'The connection was closed before anything was sent',
    cause: `${host(facts)} closed the connection at once.`,
    next: 'Send another test. If it happens again, check whether the port expects https.',
  }),
  reset_after_sending: (facts) => ({
    title: 'The connection broke before an answer came',
    cause: `${host(facts)} took the request and closed the connection without a full answer.`,
    next: mayArrive,
  }),
  first_byte_timed_out: (facts) => ({
    title: 'First byte time-out',
    cause: `The request went out, and no answer began within ${limit(facts)}.`,
    next: `${mayArrive} Raise the first byte time-out if the provider is known to be slow.`,
  }),
  total_timed_out: (facts) => ({
    title: 'Total time-out',
    cause: `The whole exchange took longer than ${limit(facts)}.`,
    next: mayArrive,
  }),
  answer_too_large: (facts) => ({
    title: 'The answer is too large',
    cause: `It is longer than ${Math.round((facts.limitBytes ?? 0) / 1024)} KiB, so reading stopped. An SMS API answers in a few hundred bytes.`,
    next: `${checkEndpoint} ${mayArrive}`,
  }),
  answer_unreadable: (facts) => ({
    title: 'The answer is not valid HTTP',
    cause: `What ${host(facts)} sent back cannot be read${facts.systemCode ? ` (${facts.systemCode})` : ''}.`,
    next: `${checkEndpoint} ${mayArrive}`,
  }),
  redirected: (facts) => ({
    title: `The provider redirects elsewhere (${number(facts)})`,
    cause: `It points to ${facts.location ?? 'another address'}. Redirects are not followed, as credentials would go along.`,
    next: 'If that address is the provider’s, make it the endpoint.',
  }),
  bad_request: (facts) => ({
    title: 'The provider did not understand the request (400)',
    cause: `A parameter is missing, misnamed or has a wrong shape.${said(facts)}`,
    next: 'Compare the request with the provider’s sample, then send another test.',
  }),
  unauthorized: (facts) => ({
    title: 'The provider refused the credentials (401)',
    cause: `The user name, password, key or token is wrong or expired.${said(facts)}`,
    next: 'Check the credentials, then send another test.',
  }),
  payment_required: (facts) => ({
    title: 'The account has no credit (402)',
    cause: `The provider wants payment first.${said(facts)}`,
    next: 'Top up the account at the provider, then send another test.',
  }),
  forbidden: (facts) => ({
    title: 'The provider does not permit this (403)',
    cause: `The credentials are known but may not do this: a wrong sender ID, a region that is not enabled, or an address that is not on an allow-list.${said(facts)}`,
    next: 'Check the account’s permissions at the provider.',
  }),
  not_found: (facts) => ({
    title: 'There is nothing at that address (404)',
    cause: `The path of the endpoint is wrong, or it holds an account id that does not exist.${said(facts)}`,
    next: checkEndpoint,
  }),
  method_not_allowed: (facts) => ({
    title: 'The provider does not take this method (405)',
    cause: `The endpoint exists, but not for this request type.${said(facts)}`,
    next: 'Switch between GET and POST, then send another test.',
  }),
  status_408: (facts) => ({
    title: 'The provider timed out (408)',
    cause: `It waited too long for something.${said(facts)}`,
    next: mayArrive,
  }),
  payload_too_large: (facts) => ({
    title: 'The request is too large (413)',
    cause: `The provider limits the size of what it takes.${said(facts)}`,
    next: 'Shorten the text or the parameters, then send another test.',
  }),
  unprocessable: (facts) => ({
    title: 'The provider cannot work with the values (422)',
    cause: `The request is readable, but a value is not acceptable.${said(facts)}`,
    next: 'Check number format, sender ID and template against the provider’s documentation.',
  }),
  rate_limited: (facts) => ({
    title: 'Too many requests (429)',
    cause: `The provider limits how fast it is called.${said(facts)}`,
    next:
      facts.retryAfterSeconds === undefined
        ? 'Wait a while, then send another test.'
        : `Wait ${facts.retryAfterSeconds} s, then send another test.`,
  }),
  other_client_error: (facts) => ({
    title: `The provider refused the request (${number(facts)})`,
    cause: `The status says that the request itself is at fault.${said(facts)}`,
    next: 'Compare the request with the provider’s documentation.',
  }),
  server_error: (facts) => ({
    title: `The provider failed (${number(facts)})`,
    cause: `The fault is on the provider’s side, at an unknown point of its work.${said(facts)}`,
    next: mayArrive,
  }),
  bad_gateway: (facts) => ({
    title: 'The provider’s gateway failed (502)',
    cause: `A machine in front of the provider got no proper answer from it.${said(facts)}`,
    next: mayArrive,
  }),
  service_unavailable: (facts) => ({
    title: 'The provider is unavailable (503)',
    cause: `It is overloaded or under maintenance.${said(facts)}`,
    next:
      facts.retryAfterSeconds === undefined
        ? 'Wait a while, then send another test.'
        : `Wait ${facts.retryAfterSeconds} s, then send another test.`,
  }),
  gateway_timed_out: (facts) => ({
    title: 'The provider’s gateway timed out (504)',
    cause: `A machine in front of the provider waited in vain for it.${said(facts)}`,
    next: mayArrive,
  }),
  unexpected_status: (facts) => ({
    title: `The status is outside the success rule (${number(facts)})`,
    cause: `The rule asks for another status.${said(facts)}`,
    next: `If this status means success, widen the rule. ${mayArrive}`,
  }),
  cancelled_before_sending: () => ({
    title: 'Cancelled',
    cause: 'It was stopped before anything was sent.',
    next: 'Send another test when ready.',
  }),
  cancelled_after_sending: () => ({
    title: 'Cancelled after the request went out',
    cause: 'It was stopped while the answer was awaited.',
    next: mayArrive,
  }),
  workbench_failed: () => ({
    title: 'The workbench failed while it handled the answer',
    cause: 'This is a fault of the workbench, not of the provider. The log holds the details.',
    next: mayArrive,
  }),
  interrupted: () => ({
    title: 'The workbench stopped during the attempt',
    cause: 'It was closed or killed after the attempt had begun, so the outcome was never seen.',
    next: `${mayArrive} It is never sent again by itself.`,
  }),
}

/** The words for an outcome, as the page, the command line and the notifications say them. */
export function verdictOf(outcome: AttemptOutcome): Verdict {
  // The clock for the whole may run out before a byte has gone out: the class tells.
  if (outcome.code === 'total_timed_out' && outcome.class === 'unavailable') {
    const verdict = words.total_timed_out(outcome.facts)
    return {
      ...verdict,
      next: 'Nothing was sent. Raise the total time-out, or check the address and the network.',
    }
  }
  return words[outcome.code](outcome.facts)
}
