import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { SignatureWay } from './way.ts'

const header = 'telnyx-signature-ed25519'
const timeHeader = 'telnyx-timestamp'
const toleranceSeconds = 300

/** What stands before 32 raw bytes of Ed25519 in DER: of a public key (SPKI), of a private one (PKCS #8). */
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Ed25519 over the time, a bar and the raw body; older than 300 seconds it holds no more. Verified with the public key,
 * 32 bytes in base64; signed with a private one of `telnyxKeys`.
 */
export const telnyx: SignatureWay = {
  verify({ headers, body, now }, key) {
    const given = headers[header]?.trim() ?? ''
    if (given === '') return 'absent'
    const time = headers[timeHeader]?.trim() ?? ''
    const age = Math.abs(now / 1000 - Number(time))
    if (!/^\d{1,12}$/.test(time) || age > toleranceSeconds) return 'invalid'
    const publicKey = publicKeyOf(key)
    if (publicKey === null) return 'invalid'
    const signature = Buffer.from(given, 'base64')
    // Base64 has several spellings of some bytes; the vendor writes one of them.
    if (signature.toString('base64') !== given) return 'invalid'
    return verify(null, covered(time, body), publicKey, signature) ? 'valid' : 'invalid'
  },

  sign(request, key, now) {
    const time = `${Math.floor(now / 1000)}`
    const privateKey = privateKeyOf(Buffer.from(key, 'base64'))
    const signature = sign(null, covered(time, request.body), privateKey).toString('base64')
    return { ...request, headers: { ...request.headers, [header]: signature, [timeHeader]: time } }
  },
}

/** A pair of keys, each 32 bytes in base64, made of 32 bytes of chance. */
export function telnyxKeys(seed: Buffer): { publicKey: string; privateKey: string } {
  const der = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' })
  return {
    publicKey: der.subarray(publicPrefix.length).toString('base64'),
    privateKey: seed.toString('base64'),
  }
}

const covered = (time: string, body: Buffer) => Buffer.concat([Buffer.from(`${time}|`), body])

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
}

/** Null for a key of another shape. */
function publicKeyOf(key: string): KeyObject | null {
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32) return null
  try {
    return createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}
