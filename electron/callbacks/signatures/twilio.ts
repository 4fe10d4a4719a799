import { isSameSecret } from '../../secret-compare.ts'
import type { Fields } from '#shared/callbacks/read/decode-form.ts'
import {
  formOf,
  hmac,
  listOf,
  queryOf,
  sha256,
  verdictOf,
  type IncomingRequest,
  type OutgoingRequest,
  type SignatureWay,
} from './way.ts'

const header = 'x-twilio-signature'
const bodyHash = /(?:^|&)bodySHA256=([0-9a-f]*)/i

/**
 * HMAC-SHA1 over the whole address and the sorted fields of a form. A body of another type is covered by its hash in the
 * address, and the address is signed alone.
 */
export const twilio: SignatureWay = {
  verify(request, key) {
    const given = request.headers[header]
    if (given === undefined || given === '') return 'absent'
    const expected = request.urls.flatMap((url) => {
      const fields = coveredFields(request, url)
      return fields === null ? [] : portsOf(url).map((one) => signatureOf(one, fields, key))
    })
    return verdictOf(given, expected)
  },

  sign(request, key) {
    const { url, fields } = signedParts(request)
    return { ...request, url, headers: { ...request.headers, [header]: signatureOf(url, fields, key) } }
  },
}

/** Null where the body is covered by nothing, or is not the one that the address names. */
function coveredFields(request: IncomingRequest, url: string): Fields | null {
  const hash = bodyHash.exec(queryOf(url))?.[1]
  if (hash !== undefined)
    return isSameSecret(hash.toLowerCase(), sha256(request.body).toString('hex')) ? {} : null
  return request.body.length === 0 ? {} : formOf(request)
}

function signatureOf(url: string, fields: Fields, key: string): string {
  const names = Object.keys(fields).toSorted()
  const pairs = names.flatMap((name) =>
    [...new Set(listOf(fields[name]))].toSorted().map((value) => name + value),
  )
  return hmac('sha1', key, url + pairs.join('')).toString('base64')
}

/** The vendor signs an address with its default port or without, whichever way it was entered. */
function portsOf(url: string): string[] {
  const [, scheme = '', host = '', port = '', rest = ''] =
    /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/is.exec(url) ?? []
  if (scheme === '') return [url]
  const usual = /^https/i.test(scheme) ? ':443' : ':80'
  return [scheme + host + rest, scheme + host + (port || usual) + rest]
}

function signedParts(request: OutgoingRequest): { url: string; fields: Fields } {
  const fields = request.body.length === 0 ? {} : formOf(request)
  if (fields !== null) return { url: request.url, fields }
  const joint = request.url.includes('?') ? '&' : '?'
  return { url: `${request.url}${joint}bodySHA256=${sha256(request.body).toString('hex')}`, fields: {} }
}
