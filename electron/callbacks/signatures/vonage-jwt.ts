import { makeToken, readToken } from './jwt.ts'
import { sha256, verdictOf, type SignatureWay } from './way.ts'

const bearer = /^bearer\s+([\w-]+\.[\w-]+\.[\w-]+)$/i

/** A token in the header Authorization, whose `payload_hash` covers the body. */
export const vonageJwt: SignatureWay = {
  verify({ headers, body, now }, key) {
    const token = bearer.exec(headers['authorization']?.trim() ?? '')?.[1]
    if (token === undefined) return 'absent'
    const claims = readToken(token, key, now)
    if (claims === null) return 'invalid'
    const hash = claims['payload_hash']
    if (hash === undefined) return body.length === 0 ? 'valid' : 'invalid'
    return verdictOf(String(hash).toLowerCase(), [sha256(body).toString('hex')])
  },

  sign(request, key, now) {
    const claims = { iss: 'Vonage', ...hashOf(request.body) }
    const token = makeToken({ ...claims, iat: Math.floor(now / 1000) }, key, now)
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }
  },
}

export const hashOf = (body: Buffer): { payload_hash?: string } =>
  body.length === 0 ? {} : { payload_hash: sha256(body).toString('hex') }
