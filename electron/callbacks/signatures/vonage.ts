import { createHash } from 'node:crypto'
import { asText } from '#shared/json-path.ts'
import { readForm, type Fields } from '#shared/callbacks/read/decode-form.ts'
import { readJson } from '#shared/callbacks/read/decode-json.ts'
import { formOf, hmac, listOf, queryOf, verdictOf, type IncomingRequest, type SignatureWay } from './way.ts'

/** As an account may be set; which of them it is shows in the signature only. */
export const vonageHashes = ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const
export type VonageHash = (typeof vonageHashes)[number]

/** The field `sig` of a query, a form or JSON, over the other fields. */
export const vonage: SignatureWay & { signWith: (hash: VonageHash) => SignatureWay['sign'] } = {
  verify(request, key) {
    const signed = signedFields(request)
    if (!Object.hasOwn(signed, 'sig')) return 'absent'
    const [given = ''] = listOf(signed['sig'])
    const expected = vonageHashes.map((hash) => signatureOf(signed, key, hash))
    return verdictOf(given.toLowerCase(), expected)
  },

  sign: (request, key, now) => vonage.signWith('md5hash')(request, key, now),

  signWith: (hash) => (request, key, now) => {
    const timestamp = `${Math.floor(now / 1000)}`
    const json = readJson(request.body.toString('utf8'))?.value as Record<string, unknown> | undefined
    if (json) {
      const signed = { ...json, timestamp }
      const sig = signatureOf(fieldsOfJson(signed), key, hash)
      return { ...request, body: Buffer.from(JSON.stringify({ ...signed, sig })) }
    }
    const inBody = request.method === 'POST' && request.body.length > 0
    const written = inBody ? request.body.toString('utf8') : queryOf(request.url)
    const stamped = `${written}${written === '' ? '' : '&'}timestamp=${timestamp}`
    const signed = `${stamped}&sig=${signatureOf(readForm(stamped, null) ?? {}, key, hash)}`
    return inBody
      ? { ...request, body: Buffer.from(signed) }
      : { ...request, url: `${request.url.replace(/[?#].*$/s, '')}?${signed}` }
  },
}

/** The fields that hold the signature: where there is a body, its own alone, or nothing would cover it. */
function signedFields({ urls, headers, body }: IncomingRequest): Fields {
  if (body.length === 0) {
    const queries = urls.map((url) => readForm(queryOf(url), null) ?? {})
    return queries.find((fields) => Object.hasOwn(fields, 'sig')) ?? {}
  }
  const json = readJson(body.toString('utf8'))?.value
  return json ? fieldsOfJson(json) : (formOf({ headers, body }) ?? {})
}

function fieldsOfJson(json: object): Fields {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, asText(value)]))
}

function signatureOf(fields: Fields, key: string, hash: VonageHash): string {
  const text = Object.keys(fields)
    .filter((name) => name !== 'sig')
    .toSorted()
    .map((name) => `&${name}=${(listOf(fields[name])[0] ?? '').replace(/[&=]/g, '_')}`)
    .join('')
  if (hash === 'md5hash')
    return createHash('md5')
      .update(text + key)
      .digest('hex')
  return hmac(hash, key, text).toString('hex')
}
