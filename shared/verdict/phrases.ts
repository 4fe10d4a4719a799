import type { OutcomeFacts } from '../outcome.ts'

/** A verdict in words: what happened, the likely cause, and what to try next. */
export interface Verdict {
  title: string
  cause: string
  next: string
}

export type Words = (facts: OutcomeFacts) => Verdict

export const host = (facts: OutcomeFacts) => facts.host ?? 'the provider'
export const number = (facts: OutcomeFacts) => facts.status ?? 'no status'
export const status = (facts: OutcomeFacts) =>
  facts.status === undefined ? 'no status' : `HTTP ${facts.status}`
export const limit = ({ timeoutMs }: OutcomeFacts) => {
  if (timeoutMs === undefined) return 'the time allowed'
  return timeoutMs % 1000 === 0 ? `${timeoutMs / 1000} s` : `${timeoutMs} ms`
}

/** The vendor's own words, where the answer had any. */
export function said(facts: OutcomeFacts): string {
  const { errorCode, errorText } = facts
  if (errorCode && errorText) return ` It says: ${errorText} (code ${errorCode}).`
  if (errorText) return saidInWords(facts)
  if (errorCode) return ` Its code is ${errorCode}.`
  return ''
}

/** The same where the code is named already. */
export function saidInWords({ errorText }: OutcomeFacts): string {
  return errorText ? ` It says: ${sentence(errorText)}` : ''
}

export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

/** When to come back, where the answer says. */
export function wait({ retryAfterSeconds: seconds }: OutcomeFacts): string {
  if (seconds === undefined) return 'Wait a while, then send another test.'
  const time =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7200
        ? `${Math.ceil(seconds / 60)} min`
        : `${Math.ceil(seconds / 3600)} h`
  return `Wait ${time}, as the answer asks, then send another test.`
}

export const checkEndpoint =
  'Check the endpoint against the provider’s documentation, then send another test.'
export const mayArrive =
  'The message may still arrive: check with the recipient or the provider before sending it again.'
