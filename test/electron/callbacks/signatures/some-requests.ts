import fc from 'fast-check'
import type { SignatureKind } from '#shared/callbacks/format.ts'
import { verifySignature } from '../../../../electron/callbacks/signatures/verify.ts'
import type { OutgoingRequest } from '../../../../electron/callbacks/signatures/way.ts'

export const now = Date.UTC(2026, 0, 2)

export const text = fc.string({ unit: 'grapheme', maxLength: 20 })
export const secret = fc.string({ minLength: 1, maxLength: 40 })
export const fields = fc.array(fc.tuple(fc.stringMatching(/^[A-Za-z_-]{1,12}$/), text), {
  minLength: 1,
  maxLength: 8,
})
export const address = fc
  .tuple(fc.webAuthority({ withPort: true }), fc.stringMatching(/^[A-Za-z0-9_-]{1,30}$/))
  .map(([host, key]) => `https://${host}/c/${key}`)
export const formType = { 'content-type': 'application/x-www-form-urlencoded' }
export const requests: fc.Arbitrary<OutgoingRequest> = fc
  .tuple(address, fields, fc.boolean())
  .map(([url, pairs, json]) => ({
    method: 'POST',
    url,
    headers: json ? { 'content-type': 'application/json' } : formType,
    body: Buffer.from(
      json ? JSON.stringify(Object.fromEntries(pairs)) : new URLSearchParams(pairs).toString(),
    ),
  }))

export function check(
  kind: SignatureKind,
  key: string,
  { method, url, headers, body }: OutgoingRequest,
  at = now,
) {
  return verifySignature([kind], [key], {
    method,
    urls: ['http://127.0.0.1:8025/c/x', url],
    headers,
    body,
    now: at,
  })
}

/** Another character in its place, so that it still reads as what it was. */
export const changed = (written: string, at: number) => {
  const place = at % written.length
  const other = written[place] === 'A' ? 'B' : 'A'
  return written.slice(0, place) + other + written.slice(place + 1)
}
