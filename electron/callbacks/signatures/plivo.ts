import { randomBytes } from 'node:crypto'
import { readForm, type Fields } from '#shared/callbacks/read/decode-form.ts'
import {
  formOf,
  hmac,
  listOf,
  queryOf,
  verdictOf,
  withoutQuery,
  type IncomingRequest,
  type SignatureWay,
  type WayVerdict,
} from './way.ts'

/** HMAC-SHA256 over the address and a nonce: version 2, of messages, or version 3, which covers the fields as well. */
export const plivo: SignatureWay = {
  verify(request, key) {
    const verdicts = [
      verify(request, 'v2', key, (url) => withoutQuery(url)),
      verify(request, 'v3', key, (url) => coveredByV3(request, url)),
    ]
    if (verdicts.includes('valid')) return 'valid'
    return verdicts.includes('invalid') ? 'invalid' : 'absent'
  },

  sign(request, key) {
    const nonce = randomBytes(10).toString('hex')
    const second = hmac('sha256', key, withoutQuery(request.url) + nonce).toString('base64')
    const third = hmac('sha256', key, `${coveredByV3(request, request.url)}.${nonce}`).toString('base64')
    return {
      ...request,
      headers: { ...request.headers, ...headersOf('v2', second, nonce), ...headersOf('v3', third, nonce) },
    }
  },
}

const headersOf = (version: string, signature: string, nonce: string) => ({
  [`x-plivo-signature-${version}`]: signature,
  [`x-plivo-signature-ma-${version}`]: signature,
  [`x-plivo-signature-${version}-nonce`]: nonce,
})

/** Of the account's header and the main account's, which may each hold several signatures. */
function verify(
  { headers, urls }: IncomingRequest,
  version: 'v2' | 'v3',
  key: string,
  covered: (url: string) => string | null,
): WayVerdict {
  const names = [`x-plivo-signature-${version}`, `x-plivo-signature-ma-${version}`]
  const given = names.flatMap((name) => (headers[name] ?? '').split(',', 20)).map((one) => one.trim())
  const signatures = given.filter((one) => one !== '')
  if (signatures.length === 0) return 'absent'
  const nonce = headers[`x-plivo-signature-${version}-nonce`] ?? ''
  const expected = urls.flatMap((url) => {
    const text = covered(url)
    const joint = version === 'v2' ? '' : '.'
    return text === null ? [] : [hmac('sha256', key, text + joint + nonce).toString('base64')]
  })
  return signatures.some((one) => verdictOf(one, expected) === 'valid') ? 'valid' : 'invalid'
}

function coveredByV3(
  request: Pick<IncomingRequest, 'method' | 'headers' | 'body'>,
  url: string,
): string | null {
  const query = readForm(queryOf(url), null)
  const fields = request.method === 'POST' && request.body.length > 0 ? formOf(request) : {}
  if (query === null || fields === null) return null
  const asked = sorted(query, '=').join('&')
  const posted = sorted(fields, '').join('')
  // With fields the question mark stands there even where no query follows.
  const mark = asked !== '' || posted !== '' ? '?' : ''
  return withoutQuery(url) + mark + asked + (asked !== '' && posted !== '' ? '.' : '') + posted
}

function sorted(fields: Fields, between: string): string[] {
  return Object.keys(fields)
    .toSorted()
    .flatMap((name) =>
      listOf(fields[name])
        .toSorted()
        .map((value) => name + between + value),
    )
}
