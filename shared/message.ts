import { z } from 'zod'
import type { Encoding } from './segments.ts'
import { idSchema } from './id.ts'
import { providerDraftSchema } from './provider.ts'
import type { SkipReason, StopReason } from './failover/decide.ts'
import type { TimeoutName } from './timeouts.ts'

export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'cancelled',
] as const
export type MessageState = (typeof messageStates)[number]

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

/** How a secret was escaped where it stands, so that revealing shows the bytes that went out. */
export type SecretPlace = 'raw' | 'url' | 'form' | 'json' | 'xml' | 'cdata' | 'basic'

/**
 * Text in which a secret is named and not spelt out. `parts` is there for Basic credentials, which are encoded as a
 * whole: the user name as it went out, the colon, and the password's name.
 */
export type MaskedText = (string | { secret: string; place: SecretPlace; parts?: MaskedText })[]

export interface RecordedRequest {
  method: 'GET' | 'POST'
  url: MaskedText
  headers: { name: string; value: MaskedText }[]
  body: MaskedText
}

export interface RecordedResponse {
  status: number
  statusText: string
  headers: { name: string; value: string }[]
  body: string
  /** Bytes received. An answer that is too long is not kept at all. */
  bytes: number
}

/** Milliseconds of each phase on the monotonic clock; null where the phase did not happen. */
export interface Timings {
  dns: number | null
  connect: number | null
  /** Until a proxy had opened the way to the host; only where there was a proxy. */
  tunnel?: number | null
  tls: number | null
  /** From the first byte of the request to the first byte of the answer. */
  firstByte: number | null
  download: number | null
  total: number
  /** An open connection was used again, so there was nothing to look up or to connect. */
  reused: boolean
  remoteAddress: string | null
}

/** The message's id and the attempt's position in it, as in `0199…/1`. */
export const attemptIdSchema = z.string().regex(/^[0-9a-f-]{36}\/\d{1,4}$/)

/** Why a group's message came to this member, as it was decided before the attempt began. */
export interface AttemptWhy {
  /** Better members that were left out, the best first; `until` is epoch milliseconds, where it is known. */
  skipped: { providerId: string; reason: SkipReason; until: number | null }[]
  /** No member was fit, so all are tried in their order. */
  lastResort: boolean
  /** An earlier member may have taken the message: it may arrive twice. */
  mayArriveTwice: boolean
  /** The provider's circuit breaker as the attempt began, and whether the attempt was its probe. */
  breaker: 'closed' | 'open' | 'half_open'
  probe: boolean
}

/** What a group did after an attempt. */
export interface AttemptAfter {
  /** Null: it moved on to the next member. */
  stopped: StopReason | null
  /** The provider's circuit breaker afterwards. */
  breaker: 'closed' | 'open' | 'half_open'
}

export interface Attempt {
  id: string
  position: number
  providerId: string | null
  providerName: string
  startedAt: number
  finishedAt: number | null
  outcome: AttemptOutcome | null
  /** Whether any byte of the request may have gone out: it decides between unavailable and unknown. */
  bytesOut: boolean
  request: RecordedRequest | null
  response: RecordedResponse | null
  timings: Timings | null
  /** Both null for a message that no group sent. */
  why: AttemptWhy | null
  after: AttemptAfter | null
}

export interface MessageSummary {
  id: string
  createdAt: number
  test: boolean
  simulated: boolean
  to: string
  country: string | null
  text: string
  encoding: Encoding
  segments: number
  state: MessageState
  providerId: string | null
  providerName: string
  providerMessageId: string | null
  outcomeClass: OutcomeClass | null
  outcomeCode: OutcomeCode | null
  /** The group that it went through; null: a provider was chosen. */
  groupId: string | null
  groupName: string | null
  /** A later member took it after one of which nobody knows whether it did. */
  mayArriveTwice: boolean
  attempts: number
  /** Milliseconds that the last attempt took. */
  duration: number | null
  /** Segments times the provider's price when it was sent; null without a price, and until it is accepted. */
  cost: { amount: number; currency: string } | null
  /** The message that this one is another run of; it may have been deleted since. */
  runOf: string | null
  /** What somebody said became of it, as nobody could know; its attempts keep their own outcomes. */
  settled: { as: SettledAs; at: number } | null
}

export const settleChoices = ['sent', 'failed'] as const
export type SettledAs = (typeof settleChoices)[number]

/** The runs that a message has to do with: the one that it is another run of, and the later ones of itself. */
export interface MessageRuns {
  first: MessageSummary | null
  /** Oldest first. */
  later: MessageSummary[]
}

export interface MessageStory extends MessageSummary {
  from: string
  /** Values given for custom placeholders. */
  values: Record<string, string>
  story: Attempt[]
}

export const maximumTextLength = 10_000

export const sendInputSchema = z.object({
  /**
   * Chosen by the caller, once per intended message, and then the message's id: the same key again answers with the
   * first message's story. Who sends many uses UUIDs of version 7, which keep the index small to write.
   */
  key: idSchema,
  provider: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('saved'), id: idSchema }),
    /** What is typed in the form, saved or not; the secrets not typed are taken from the vault under its id. */
    z.object({ kind: z.literal('draft'), draft: providerDraftSchema }),
    z.object({ kind: z.literal('group'), id: idSchema }),
    /** The group that the number's country is routed by, else the default. */
    z.object({ kind: z.literal('route') }),
  ]),
  to: z.string().max(100),
  /** ISO 3166 code for a number typed in its national form. */
  country: z.string().length(2).nullable(),
  text: z
    .string()
    .min(1, 'Write the text of the message.')
    .max(maximumTextLength, `Keep the text to ${maximumTextLength} characters.`),
  /** Values for custom placeholders, and for `TemplateID`, `TemplateVariables`, `CampaignID` and `CallbackURL`. */
  values: z.record(z.string().max(100), z.string().max(10_000)),
  test: z.boolean(),
  /** The message that this is another run of. */
  runOf: idSchema.optional(),
})
export type SendInput = z.infer<typeof sendInputSchema>

/** A message for one provider, which the members of a group get one after the other. */
export type DirectInput = Omit<SendInput, 'provider'> & {
  provider: Extract<SendInput['provider'], { kind: 'saved' | 'draft' }>
}

/** `queued`: its turn is awaited, as the provider takes so many a second; `token`: an access token is fetched. */
export type SendPhase = 'queued' | 'token' | 'connecting' | 'waiting' | 'receiving'
