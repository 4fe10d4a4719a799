import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signatureKinds, type SignatureKind } from '#shared/callbacks/format.ts'
import { telnyxKeys } from '../../../../electron/callbacks/signatures/telnyx.ts'
import { signRequest, verifySignature } from '../../../../electron/callbacks/signatures/verify.ts'
import { vonage, vonageHashes } from '../../../../electron/callbacks/signatures/vonage.ts'
import { changed, check, formType, now, requests, secret, text } from './some-requests.ts'

const pair = telnyxKeys(Buffer.alloc(32, 7))
const keysOf = (kind: SignatureKind, key: string) =>
  kind === 'telnyx' ? { sign: pair.privateKey, verify: pair.publicKey } : { sign: key, verify: key }

/** What of a request each way covers: what is changed in it shows. */
const covers: Record<SignatureKind, { url: boolean; body: boolean }> = {
  twilio: { url: true, body: true },
  plivo: { url: true, body: false },
  vonage: { url: false, body: true },
  vonageJwt: { url: false, body: true },
  messagebird: { url: true, body: true },
  messagebirdLegacy: { url: false, body: true },
  bird: { url: true, body: true },
  sinch: { url: false, body: true },
  telnyx: { url: false, body: true },
}

describe.each(signatureKinds)('%s', (kind) => {
  it('takes what it signed', () => {
    fc.assert(
      fc.property(requests, secret, (request, key) => {
        const keys = keysOf(kind, key)
        const signed = signRequest(kind, keys.sign, request, now)
        expect(check(kind, keys.verify, signed)).toBe('valid')
        expect(
          check(
            kind,
            kind === 'telnyx' ? telnyxKeys(Buffer.alloc(32, 8)).publicKey : `${keys.verify}x`,
            signed,
          ),
        ).toBe('invalid')
        expect(check(kind, keys.verify, request)).toBe('absent')
      }),
    )
  })

  it('refuses it where what it covers was changed', () => {
    fc.assert(
      fc.property(requests, secret, fc.nat(), fc.nat(255), (request, key, at, byte) => {
        const keys = keysOf(kind, key)
        const signed = signRequest(kind, keys.sign, request, now)
        if (covers[kind].body && kind !== 'vonage') {
          const place = at % signed.body.length
          const body = Buffer.from(signed.body)
          body[place] = body[place] === byte ? (byte + 1) % 256 : byte
          // `+` and `%20`, or `&` at the end, are other spellings of the same fields.
          const isSame = kind === 'twilio' && sameFields(body, signed.body, signed.headers)
          if (!isSame) expect(check(kind, keys.verify, { ...signed, body })).toBe('invalid')
          if (kind !== 'twilio')
            expect(
              check(kind, keys.verify, { ...signed, body: Buffer.concat([signed.body, Buffer.from(' ')]) }),
            ).toBe('invalid')
        }
        if (covers[kind].url) {
          const url = changed(signed.url.replace(/\?.*$/, ''), signed.url.indexOf('/c/') + 3 + (at % 3))
          const moved = signed.url.replace(/^[^?]*/, url)
          if (moved !== signed.url)
            expect(check(kind, keys.verify, { ...signed, url: moved })).toBe('invalid')
        }
      }),
      { numRuns: 200 },
    )
  })

  it('never throws, whatever the headers hold', () => {
    const headers = fc.dictionary(
      fc.constantFrom(
        'authorization',
        'content-type',
        'x-twilio-signature',
        'x-plivo-signature-v2',
        'x-plivo-signature-v3',
        'messagebird-signature-jwt',
        'messagebird-signature',
        'messagebird-request-timestamp',
        'x-sinch-webhook-signature',
        'telnyx-signature-ed25519',
        'telnyx-timestamp',
      ),
      fc.oneof(text, fc.constant('Bearer a.b.c'), fc.constant(`${now / 1000}`), fc.base64String()),
    )
    fc.assert(
      fc.property(headers, fc.uint8Array({ maxLength: 200 }), text, text, (given, body, url, key) => {
        const state = verifySignature([kind], [key], {
          method: 'POST',
          urls: [url],
          headers: given,
          body: Buffer.from(body),
          now,
        })
        expect(['invalid', 'absent', 'unchecked']).toContain(state)
      }),
    )
  })
})

function sameFields(one: Buffer, other: Buffer, headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-type'] !== formType['content-type']) return false
  const read = (body: Buffer) => JSON.stringify([...new URLSearchParams(body.toString('utf8'))].toSorted())
  return read(one) === read(other)
}

it('signs for Vonage in any of its hashes, and sees a changed field', () => {
  fc.assert(
    fc.property(requests, secret, fc.constantFrom(...vonageHashes), (request, key, hash) => {
      const signed = vonage.signWith(hash)(request, key, now)
      expect(check('vonage', key, signed)).toBe('valid')
      const isJson = signed.body[0] === 0x7b
      const altered = isJson
        ? JSON.stringify({ ...(JSON.parse(signed.body.toString()) as object), timestamp: '1' })
        : signed.body.toString().replace(/timestamp=\d+/, 'timestamp=1')
      expect(check('vonage', key, { ...signed, body: Buffer.from(altered) })).toBe('invalid')
      const got = vonage.signWith(hash)(
        { ...request, method: 'GET', body: Buffer.alloc(0), url: `${request.url}?a=1` },
        key,
        now,
      )
      expect(check('vonage', key, got)).toBe('valid')
      expect(check('vonage', key, { ...got, url: got.url.replace('a=1', 'a=2') })).toBe('invalid')
    }),
  )
})

it('holds Telnyx’s signatures for five minutes, and tokens for their own time', () => {
  const request = { method: 'POST', url: 'https://a.example/c/1', headers: {}, body: Buffer.from('{}') }
  const telnyx = signRequest('telnyx', pair.privateKey, request, now)
  expect(
    [299_000, -299_000, 301_000, -301_000].map((later) =>
      check('telnyx', pair.publicKey, telnyx, now + later),
    ),
  ).toEqual(['valid', 'valid', 'invalid', 'invalid'])
  for (const kind of ['vonageJwt', 'messagebird'] as const) {
    const signed = signRequest(kind, 'k', request, now)
    expect([0, 100_000, 200_000].map((later) => check(kind, 'k', signed, now + later))).toEqual([
      'valid',
      'valid',
      'invalid',
    ])
  }
  expect(check('bird', 'k', signRequest('bird', 'k', request, now), now + 86_400_000)).toBe('valid')
})

it('takes one of several ways and of several keys', () => {
  const request = { method: 'POST', url: 'https://a.example/c/1', headers: {}, body: Buffer.from('{}') }
  const { url, headers, body } = signRequest('bird', 'second', request, now)
  const kinds = ['messagebird', 'messagebirdLegacy', 'bird'] as const
  const incoming = { method: 'POST', urls: [url], headers, body, now }
  expect(verifySignature(kinds, ['first', 'second'], incoming)).toBe('valid')
  expect(verifySignature(kinds, ['first'], incoming)).toBe('invalid')
  expect(verifySignature([], ['first'], incoming)).toBe('unchecked')
})
