import { randomUUID } from 'node:crypto'
import { isSameSecret } from '../../secret-compare.ts'
import { hmac } from './way.ts'

export type Claims = Record<string, unknown>

/** Clocks differ by so much. */
const leewaySeconds = 60

/** The claims of a token of HS256 whose signature is right and which holds now; null for any other. */
export function readToken(token: string, key: string, now: number): Claims | null {
  const [head = '', payload = '', signature = '', ...more] = token.split('.', 5)
  if (more.length > 0 || !isSameSecret(signature, signatureOf(head, payload, key))) return null
  const header = claimsIn(head)
  const claims = claimsIn(payload)
  if (header?.['alg'] !== 'HS256' || claims === null) return null
  const seconds = now / 1000
  const { exp, nbf } = claims
  if (typeof exp === 'number' && exp + leewaySeconds < seconds) return null
  if (typeof nbf === 'number' && nbf - leewaySeconds > seconds) return null
  return claims
}

/** A token that holds for a minute from now on. */
export function makeToken(claims: Claims, key: string, now: number): string {
  const issued = Math.floor(now / 1000)
  const head = written({ alg: 'HS256', typ: 'JWT' })
  const payload = written({ ...claims, nbf: issued, exp: issued + 60, jti: randomUUID() })
  return `${head}.${payload}.${signatureOf(head, payload, key)}`
}

const signatureOf = (head: string, payload: string, key: string) =>
  hmac('sha256', key, `${head}.${payload}`).toString('base64url')

const written = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function claimsIn(part: string): Claims | null {
  try {
    const read = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown
    return typeof read === 'object' && read !== null ? (read as Claims) : null
  } catch {
    return null
  }
}
