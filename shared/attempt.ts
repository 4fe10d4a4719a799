import { z } from 'zod'
import type { SkipReason, StopReason } from './failover/decide.ts'
import type { AttemptOutcome } from './outcome.ts'

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
  /** The attempt before this one was accepted, and no delivery receipt came within so many minutes. */
  noReceipt?: { providerId: string; minutes: number }
  /** The provider's circuit breaker as the attempt began, and whether the attempt was its probe. */
  breaker: 'closed' | 'open' | 'half_open'
  probe: boolean
}

/** What a group did after an attempt. */
export interface AttemptAfter {
  /** Null: it moved on to the next member. `receipt`: one told meanwhile that a provider has it. */
  stopped: StopReason | 'receipt' | null
  /** The provider's circuit breaker afterwards. */
  breaker: 'closed' | 'open' | 'half_open'
}

/** How the wait for a delivery receipt ended. `no_receipt`: none came, so the message counts as undelivered. */
export const waitEnds = [
  'no_receipt',
  'receipt',
  'switched_off',
  'group_deleted',
  'provider_deleted',
  'too_late',
  'stopped',
] as const
export type WaitEnd = (typeof waitEnds)[number]

/** What an accepted attempt of a group waits for; times are epoch milliseconds. */
export interface ReceiptWait {
  minutes: number
  until: number
  /** Null while it waits. */
  ended: { how: WaitEnd; at: number } | null
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
  /** Of one whose contents were taken away, status and size alone. */
  response: RecordedResponse | null
  /** Its request and what the answer held were taken away, as they are older than contents are kept. */
  cleared?: true
  timings: Timings | null
  /** Both null for a message that no group sent. */
  why: AttemptWhy | null
  after: AttemptAfter | null
  /** Null where the group waits for no receipt. */
  wait: ReceiptWait | null
}
