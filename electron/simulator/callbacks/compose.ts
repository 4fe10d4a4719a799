import { randomUUID } from 'node:crypto'
import type { CallbackKind, ReceiptState, VendorCallbacks } from '#shared/callbacks/format.ts'
import {
  imitateCallback,
  imitatedFor,
  imitatePlatform,
  statesOf,
  type ImitatedRequest,
  type Imitation,
} from '#shared/callbacks/imitate.ts'
import { signRequest } from '../../callbacks/signatures/verify.ts'
import type { OutgoingRequest } from '../../callbacks/signatures/way.ts'
import type { Home } from './home.ts'
import type { TakenMessage } from './taken.ts'
import type { Target } from './target.ts'
import { simulatedTelnyx, spoiltTelnyx } from '../../callbacks/signatures/simulated-telnyx.ts'

/** What a vendor says of a message. */
export interface Saying {
  kind: Extract<CallbackKind, 'receipt' | 'reply' | 'click'>
  state: ReceiptState | null
  code: string
  text: string
  url: string
  /** The same for the same saying, however often it is said. */
  uuid: string
  /** Epoch milliseconds. */
  at: number
  unknownId: boolean
}

/** How a vendor calls back; `vendor` is null with the generic provider. */
export interface Caller {
  vendor: VendorCallbacks | null
  api: string
  fields: Readonly<Record<string, string>>
}

/** The states that a vendor has a receipt for. */
export function receiptStatesOf({ vendor, api }: Caller): ReceiptState[] {
  return vendor === null
    ? ['delivered', 'undelivered', 'failed', 'rejected', 'expired']
    : statesOf(vendor, api)
}

/** Null where the vendor is not known to say such a thing. */
export function compose(
  { vendor, api, fields }: Caller,
  taken: TakenMessage,
  saying: Saying,
): { request: ImitatedRequest; signature: SignatureKindOf | null } | null {
  const imitation = imitationOf(taken, saying, fields)
  if (vendor === null) {
    const request = imitatePlatform(imitation)
    return request && { request, signature: null }
  }
  const found = imitatedFor(vendor, api, saying.kind, saying.state)
  if (!found) return null
  const signature = found.imitated.signature ?? vendor.signature?.kinds[0] ?? null
  return { request: imitateCallback(found.imitated, found.format, imitation), signature }
}

type SignatureKindOf = NonNullable<VendorCallbacks['signature']>['kinds'][number]

function imitationOf(taken: TakenMessage, saying: Saying, fields: Caller['fields']): Imitation {
  const { kind, state, code, text, url, uuid, at, unknownId } = saying
  const isReply = kind === 'reply'
  return {
    id: unknownId ? taken.newId() : taken.id,
    reference: unknownId && taken.reference !== '' ? randomUUID() : taken.reference,
    to: isReply ? taken.from : taken.to,
    from: isReply ? taken.to : taken.from,
    state,
    errorCode: code,
    errorText: '',
    text: isReply ? text : '',
    url: kind === 'click' ? url : '',
    shortUrl: kind === 'click' ? url : '',
    uuid,
    at,
    account: { ...taken.account, ...fields },
  }
}

/** The request as it goes out, signed as the vendor signs; without a key it is not. */
export function outgoing(
  { request, signature }: NonNullable<ReturnType<typeof compose>>,
  target: Target,
  { key, spoilt, now }: { key: string; spoilt: boolean; now: number },
): OutgoingRequest {
  const { method, query, contentType, body } = request
  const plain: OutgoingRequest = {
    method,
    url: query === '' ? target.url : `${target.url}${target.url.includes('?') ? '&' : '?'}${query}`,
    headers: contentType === '' ? {} : { 'content-type': contentType },
    body: Buffer.from(body),
  }
  const used = signingKey(signature, key, spoilt)
  return signature === null || used === '' ? plain : signRequest(signature, used, plain, now)
}

/** Telnyx signs with a key of its own, and others with the account's. */
function signingKey(signature: SignatureKindOf | null, key: string, spoilt: boolean): string {
  if (signature === 'telnyx') return spoilt ? spoiltTelnyx.privateKey : simulatedTelnyx.privateKey
  return spoilt ? `not ${key}` : key
}

/** What a tunnel adds, and by what the workbench's listener knows its simulator. */
export function addressed(
  request: OutgoingRequest,
  { forwarded, own }: Target,
  home: Home | null,
): OutgoingRequest {
  const headers = { ...request.headers }
  if (forwarded)
    Object.assign(headers, {
      host: forwarded.host,
      'x-forwarded-host': forwarded.host,
      'x-forwarded-proto': forwarded.proto,
      'x-forwarded-for': '127.0.0.1',
    })
  if (own && home) headers[home.mark.name] = home.mark.value
  return { ...request, headers }
}
