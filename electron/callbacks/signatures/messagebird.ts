import { makeToken, readToken } from './jwt.ts'
import { hashOf } from './vonage-jwt.ts'
import { hmac, queryOf, sha256, verdictOf, type IncomingRequest, type SignatureWay } from './way.ts'

const tokenHeader = 'messagebird-signature-jwt'
const signatureHeader = 'messagebird-signature'
const timeHeader = 'messagebird-request-timestamp'

/** A token whose `url_hash` covers the whole address, and `payload_hash` the body. */
export const messagebird: SignatureWay = {
  verify({ headers, urls, body, now }, key) {
    const token = headers[tokenHeader]?.trim() ?? ''
    if (token === '') return 'absent'
    const claims = readToken(token, key, now)
    if (claims === null || claims['iss'] !== 'MessageBird') return 'invalid'
    const hashes = urls.map((url) => sha256(url).toString('hex'))
    if (verdictOf(textOf(claims['url_hash']), hashes) === 'invalid') return 'invalid'
    const expected = hashOf(body).payload_hash
    return verdictOf(textOf(claims['payload_hash']), [expected ?? '', sha256(body).toString('hex')])
  },

  sign(request, key, now) {
    const claims = {
      iss: 'MessageBird',
      url_hash: sha256(request.url).toString('hex'),
      ...hashOf(request.body),
    }
    return { ...request, headers: { ...request.headers, [tokenHeader]: makeToken(claims, key, now) } }
  },
}

const textOf = (claim: unknown): string => (typeof claim === 'string' ? claim.toLowerCase() : '')

/** The time, the sorted query and the body’s hash, with a line between each. */
export const messagebirdLegacy: SignatureWay = stamped((url) => {
  const query = queryOf(url)
  const sorted = query.split('&').toSorted().join('&')
  const fields = new URLSearchParams(query)
  fields.sort()
  return [sorted, fields.toString()]
})

/** The time, the whole address and the body’s hash; repeats keep the first time, so no age is too great. */
export const bird: SignatureWay = stamped((url) => [url])

/** `covered` gives the ways in which an address may stand in what is signed; the first is the usual one. */
function stamped(covered: (url: string) => string[]): SignatureWay {
  const signatureOf = (time: string, text: string, body: Buffer, key: string) =>
    hmac('sha256', key, `${time}\n${text}\n`, sha256(body)).toString('base64')
  return {
    verify({ headers, urls, body }: IncomingRequest, key) {
      const given = headers[signatureHeader]?.trim() ?? ''
      if (given === '') return 'absent'
      const time = headers[timeHeader]?.trim() ?? ''
      const expected = urls.flatMap(covered).map((text) => signatureOf(time, text, body, key))
      return verdictOf(given, expected)
    },

    sign(request, key, now) {
      const time = `${Math.floor(now / 1000)}`
      const [text = ''] = covered(request.url)
      const signature = signatureOf(time, text, request.body, key)
      return {
        ...request,
        headers: { ...request.headers, [signatureHeader]: signature, [timeHeader]: time },
      }
    },
  }
}
