import { createHash, createHmac } from 'node:crypto'
import { isSameSecret } from '../../secret-compare.ts'
import { readForm, type Fields } from '#shared/callbacks/read/decode-form.ts'

/** A request as it came. */
export interface IncomingRequest {
  method: string
  /** The whole addresses that the vendor may have signed, with their queries as they came. */
  urls: readonly string[]
  /** By names in small letters. */
  headers: Readonly<Record<string, string | undefined>>
  body: Buffer
  /** Epoch milliseconds. */
  now: number
}

/** A request before it is signed, and after: a way of signing may add to any of its parts. */
export interface OutgoingRequest {
  method: string
  url: string
  /** By names in small letters. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}

export type WayVerdict = 'valid' | 'invalid' | 'absent'

/** One of the ways in which vendors sign. Neither function throws, whatever the request holds. */
export interface SignatureWay {
  verify(request: IncomingRequest, key: string): WayVerdict
  sign(request: OutgoingRequest, key: string, now: number): OutgoingRequest
}

export function hmac(algorithm: string, key: string, ...parts: (string | Buffer)[]): Buffer {
  const made = createHmac(algorithm, key)
  for (const part of parts) made.update(part)
  return made.digest()
}

export const sha256 = (content: string | Buffer): Buffer => createHash('sha256').update(content).digest()

/** Whether one of several signatures is the expected one, in a time that tells nothing of it. */
export function verdictOf(given: string, expected: readonly string[]): WayVerdict {
  const matches = expected.filter((one) => isSameSecret(given, one))
  return matches.length > 0 ? 'valid' : 'invalid'
}

export function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1).replace(/#.*$/s, '')
}

export const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '')

/** The fields of a form in the body; null where it is something else, or has more fields than anyone sends. */
export function formOf({ headers, body }: Pick<IncomingRequest, 'headers' | 'body'>): Fields | null {
  const isForm = /x-www-form-urlencoded/i.test(headers['content-type'] ?? '')
  return isForm ? readForm(body.toString('utf8'), null) : null
}

export const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
