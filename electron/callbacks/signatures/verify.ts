import type { SignatureState } from '#shared/callbacks/callback.ts'
import type { SignatureKind } from '#shared/callbacks/format.ts'
import { bird, messagebird, messagebirdLegacy } from './messagebird.ts'
import { plivo } from './plivo.ts'
import { sinch } from './sinch.ts'
import { telnyx } from './telnyx.ts'
import { twilio } from './twilio.ts'
import { vonage } from './vonage.ts'
import { vonageJwt } from './vonage-jwt.ts'
import type { IncomingRequest, OutgoingRequest, SignatureWay } from './way.ts'

const ways: Record<SignatureKind, SignatureWay> = {
  twilio,
  plivo,
  vonage,
  vonageJwt,
  messagebird,
  messagebirdLegacy,
  bird,
  sinch,
  telnyx,
}

/**
 * Whether a request is signed as its vendor signs, in any of the ways that it may. Several keys: any of them. `unchecked`
 * where there is no way or no key. Never throws.
 */
export function verifySignature(
  kinds: readonly SignatureKind[],
  keys: readonly string[],
  request: IncomingRequest,
): SignatureState {
  const known = keys.filter((key) => key !== '')
  if (kinds.length === 0 || known.length === 0) return 'unchecked'
  const verdicts = kinds.flatMap((kind) => known.map((key) => ways[kind].verify(request, key)))
  if (verdicts.includes('valid')) return 'valid'
  return verdicts.includes('invalid') ? 'invalid' : 'absent'
}

/** A request as the vendor would send it, signed at `now`. */
export function signRequest(
  kind: SignatureKind,
  key: string,
  request: OutgoingRequest,
  now: number,
): OutgoingRequest {
  return ways[kind].sign(request, key, now)
}
