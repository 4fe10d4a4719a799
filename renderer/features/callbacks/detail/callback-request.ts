import type { MaskedText, RecordedRequest } from '#shared/attempt.ts'
import type { CraftedRequest } from '#shared/callbacks/callback-commands.ts'
import type { CallbackDetails, CallbackRequest } from '#shared/callbacks/callback.ts'

/** What the connection adds by itself, and what only the way from the vendor added. */
const ofConnection = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'accept-encoding',
])
const maskedKey = '/c/…'

export function queryOf(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}

export function headerOf(headers: readonly { name: string; value: string }[], wanted: string): string {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
}

/** Whether bytes of the body are no text: then no command and no editor can hold it as it came. */
export const isCutByText = ({ body }: Pick<CallbackRequest, 'body'>) => body.includes('\uFFFD')

/**
 * The request as it would be sent to the provider's address on this machine again. The key in it is named and not spelt
 * out, unless `spelt`.
 */
export function recordedOf({ request }: CallbackDetails, address: string, spelt: boolean): RecordedRequest {
  const at = address.lastIndexOf('/')
  const key: MaskedText[number] = spelt
    ? address.slice(at + 1)
    : { secret: 'key of the address', place: 'raw' }
  const start = request.target.indexOf(maskedKey)
  const rest = start < 0 ? '' : request.target.slice(start + maskedKey.length)
  return {
    method: request.method === 'GET' ? 'GET' : 'POST',
    url: [address.slice(0, at + 1), key, rest].filter((part) => part !== ''),
    headers: ownHeaders(request.headers).map(({ name, value }) => ({ name, value: [value] })),
    body: request.body === '' ? [] : [request.body],
  }
}

/** The same request to be edited and taken again. Its signature would not fit what is edited, and none is needed. */
export function craftedOf(providerId: string, { request }: CallbackDetails): CraftedRequest {
  return {
    providerId,
    method: request.method === 'GET' ? 'GET' : 'POST',
    query: queryOf(request.target),
    headers: ownHeaders(request.headers).filter(({ name }) => !/signature|^authorization$/i.test(name)),
    body: request.body,
  }
}

function ownHeaders(headers: CallbackRequest['headers']): CallbackRequest['headers'] {
  return headers.filter(({ name }) => !ofConnection.has(name.toLowerCase()))
}
