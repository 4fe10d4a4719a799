import type { OutcomeCode, OutcomeFacts } from '../outcome.ts'
import {
  checkEndpoint,
  host,
  mayArrive,
  number,
  said,
  saidInWords,
  sentence,
  status,
  wait,
  type Words,
} from './phrases.ts'

function refusedCredentials({ tokenRenewed, reason }: OutcomeFacts): string {
  if (tokenRenewed)
    return 'The access token kept from before was refused, and a fresh access token was refused, too: the client may lack the scope for this.'
  if (reason) return `The access token was refused, and no other could be had: ${reason}`
  return 'The user name, password, key or token is wrong or expired.'
}

/** A full answer came, and this is what it means. */
export const answerWords = {
  accepted: (facts) => ({
    title: 'The provider accepted the message',
    cause: `The answer (${status(facts)}) meets the success rule.${facts.tokenRenewed ? ' The access token kept from before was refused (401), so a fresh one was fetched.' : ''}`,
    next: 'A delivery receipt tells whether it arrived.',
  }),
  body_says_failure: (facts) => ({
    title: 'The provider answered with a failure',
    cause: `The status is fine (${status(facts)}), but the body reports an error.${said(facts)}`,
    next: 'Mend what the error names. If this answer does mean success, change the success rule.',
  }),
  no_rule_reads_answer: (facts) => ({
    title: 'The answer does not meet the success rule',
    cause: facts.reason
      ? `The status is ${status(facts)}, but the success rule cannot be used, so nobody can tell whether the message was taken. ${facts.reason}`
      : `The status is ${status(facts)}, but the body is not what the rule expects, so nobody can tell whether the message was taken.`,
    next: facts.reason
      ? `Mend the success rule in the provider’s settings. ${mayArrive}`
      : `Compare the response with the success rule. ${mayArrive}`,
  }),
  answer_too_large: (facts) => ({
    title: 'The answer is too large',
    cause: `It is longer than ${Math.round((facts.limitBytes ?? 0) / 1024)} KiB, so reading stopped. An SMS API answers in a few hundred bytes.`,
    next: `${checkEndpoint} ${mayArrive}`,
  }),
  answer_unreadable: (facts) => ({
    title: 'The answer is not valid HTTP',
    cause: `What ${host(facts)} sent back cannot be read as an answer.`,
    next: `${checkEndpoint} ${mayArrive}`,
  }),
  redirected: (facts) =>
    facts.location === undefined
      ? {
          title: `The provider answers with a redirect (${number(facts)})`,
          cause: 'It does not name the address to go to, and redirects are not followed.',
          next: checkEndpoint,
        }
      : {
          title: `The provider redirects elsewhere (${number(facts)})`,
          cause: `It points to ${facts.location}. Redirects are not followed, as credentials would go along.`,
          next: 'If that address is the provider’s, make it the endpoint. The message was not taken.',
        },
  bad_request: (facts) => ({
    title: 'The provider did not understand the request (400)',
    cause: `A parameter is missing, misnamed or has a wrong shape.${said(facts)}`,
    next: 'Compare the request with the provider’s sample, then send another test.',
  }),
  unauthorized: (facts) => ({
    title: 'The provider refused the credentials (401)',
    cause: `${refusedCredentials(facts)}${said(facts)}`,
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
    next: `${wait(facts)} A rate limit of your own in the provider’s settings keeps below theirs.`,
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
    next: wait(facts),
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
  answer_not_of_its_type: (facts) => ({
    title: `The answer is not ${facts.expected ?? 'what the rule reads'}`,
    cause: `The status is ${status(facts)}, but the content type is ${facts.contentType || 'not given'}, so this may be a page of a gateway or a login.`,
    next: `${checkEndpoint} ${mayArrive}`,
  }),
  body_unreadable: (facts) => ({
    title: `The answer cannot be read as ${facts.expected ?? 'the rule asks'}`,
    cause: `The status is ${status(facts)}, but the body is empty, damaged or cut off, so nobody can tell whether the message was taken.`,
    next: `Look at the raw response. ${mayArrive}`,
  }),
  vendor_code: (facts) => ({
    title: `The provider answered with code ${facts.errorCode || 'of its own'}`,
    cause: facts.codeCause
      ? sentence(facts.codeCause) + saidInWords(facts)
      : `The provider’s settings say what this code means.${said(facts)}`,
    next: facts.codeNext ? sentence(facts.codeNext) : 'Mend what it names, then send another test.',
  }),
} satisfies Partial<Record<OutcomeCode, Words>>
