import type { CallbackKind, ReceiptState } from './format.ts'

/** A request to the listener, as it came. */
export interface CallbackRequest {
  method: string
  /** Path and query as they came, the provider's key masked. */
  target: string
  /** In the order in which they came, names as they were written. */
  headers: { name: string; value: string }[]
  /** As text; bytes that are no UTF-8 stand as U+FFFD, and `bodyBytes` says how many there were. */
  body: string
  bodyBytes: number
  /** The address that it came from. */
  remote: string
  /** Query, headers and body were taken away, as they are older than contents are kept. */
  cleared?: true
}

export const signatureStates = ['valid', 'invalid', 'absent', 'unchecked'] as const
/** `unchecked`: the vendor has none, or the key is missing. */
export type SignatureState = (typeof signatureStates)[number]

export const callbackOrigins = ['network', 'simulator', 'replay', 'crafted'] as const
export type CallbackOrigin = (typeof callbackOrigins)[number]

/** Why a request was answered but not read, or not taken at all. */
export const callbackTroubles = [
  'no_such_address',
  'deleted_provider',
  'signature_invalid',
  'unreadable',
  'no_known_format',
  'empty',
] as const
export type CallbackTrouble = (typeof callbackTroubles)[number]

/**
 * What a record of a callback did. `counted`: the message changed by it. `noted`: it says no more than was known.
 * `repeat`: the same had come before. `late`: an earlier state than the message has. `conflict`: another end than the one
 * it has, which stays. `waiting`: nothing fits yet; looked at again for 24 hours. `unmatched`: nothing fitted in that time.
 * `refused`: a record of the platform's JSON that lacks what it needs.
 */
export const itemEffects = [
  'counted',
  'noted',
  'repeat',
  'late',
  'conflict',
  'waiting',
  'unmatched',
  'refused',
] as const
export type ItemEffect = (typeof itemEffects)[number]

/** Why a record belongs to no message. */
export const unmatchedReasons = [
  'no_id',
  'no_such_id',
  'deleted_message',
  'other_provider',
  'no_such_number',
] as const
export type UnmatchedReason = (typeof unmatchedReasons)[number]

/** One record read from a request, before anything is looked up. Pure. */
export interface ReadItem {
  kind: CallbackKind
  /** The vendor's message id, as it is written. */
  vendorId: string | null
  reference: string | null
  /** E.164 where it can be told, else as it is written. */
  to: string | null
  from: string | null
  text: string | null
  url: string | null
  shortUrl: string | null
  /** The vendor's word, and what it means; null state: the word is not known. */
  word: string | null
  state: ReceiptState | null
  errorCode: string | null
  errorText: string | null
  /** Epoch milliseconds, as the vendor says; null: it says nothing that can be read. */
  at: number | null
  /** Only of the platform's JSON: what the record lacks, in words. */
  lacks: string | null
  idMayBeLonger: boolean
}

export interface ReadCallback {
  /** The name of the format; null: none fitted. */
  format: string | null
  items: ReadItem[]
  trouble: Extract<CallbackTrouble, 'unreadable' | 'no_known_format' | 'empty'> | null
  /** Why, in words with the place, as in "The JSON ends at character 12". */
  why: string | null
}

/** A record as a page shows it. */
export interface CallbackItem extends Omit<ReadItem, 'idMayBeLonger' | 'lacks'> {
  id: string
  effect: ItemEffect
  reason: UnmatchedReason | null
  /** What it lacks, or whose message it is, in words. */
  why: string | null
  messageId: string | null
  /** Of the message, from 1; null: not known which. */
  attempt: number | null
}

/** A row of the inspector. */
export interface CallbackSummary {
  id: string
  receivedAt: number
  providerId: string | null
  providerName: string | null
  origin: CallbackOrigin
  simulated: boolean
  method: string
  bodyBytes: number
  signature: SignatureState
  /** What we answered. */
  status: number
  format: string | null
  trouble: CallbackTrouble | null
  /** Kinds of its records, each once, and how many records there are. */
  kinds: CallbackKind[]
  count: number
  /** The worst of its records for the reader: conflict, unmatched, waiting, refused, late, repeat, noted, counted. */
  effect: ItemEffect | null
  /** Of its first record; where that names no number, its message's. */
  messageId: string | null
  number: string | null
  word: string | null
  state: ReceiptState | null
  text: string | null
}

export interface CallbackDetails extends CallbackSummary {
  request: CallbackRequest
  answer: { status: number; contentType: string; body: string }
  items: CallbackItem[]
  why: string | null
  /** The callback that it repeats, when it was replayed. */
  replayOf: string | null
}

/** A receipt, reply, click or opt-out on a message's time line. */
export interface StoryCallback extends CallbackItem {
  callbackId: string
  receivedAt: number
  /** The name of the format that it was read by. */
  format: string | null
  signature: SignatureState
  origin: CallbackOrigin
  /** Of a bundle, which keeps its callbacks itself; their `callbackId` is empty. */
  received?: { request: CallbackRequest; status: number }
}
