import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import type { SignatureKind } from '#shared/callbacks/format.ts'
import { signRequest, verifySignature } from '../../../../electron/callbacks/signatures/verify.ts'

/** Published in the test suites of the vendors’ own libraries. */
const twilioUrl = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const twilioForm = new URLSearchParams({
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
}).toString()
const twilioJson = '{"property": "value", "boolean": true}'
const jsonHash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620'
const vonageFields = {
  'message-timestamp': '2013-11-21 15:27:30',
  messageId: '020000001B0FE827',
  msisdn: '14843472194',
  text: 'Test again',
  timestamp: '1385047698',
  to: '13239877404',
  type: 'text',
}
const vonageSigs = {
  md5hash: 'd2e7b1dc968737c5998ad624e02f90b7',
  md5: 'DDEBD46008C2D4E93CCE578A332A52D5',
  sha1: '27D0D05C2876C7CB1720DBCDBA4D492E1E55C09A',
  sha256: 'DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330',
}

interface Vector {
  kind: SignatureKind
  key: string
  url: string
  headers: Record<string, string>
  body: string
}

const vectors: [string, Vector][] = [
  [
    'Twilio, a form',
    {
      kind: 'twilio',
      key: '12345',
      url: twilioUrl,
      headers: { ...form, 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
      body: twilioForm,
    },
  ],
  [
    'Twilio, JSON',
    {
      kind: 'twilio',
      key: '12345',
      url: `${twilioUrl}&bodySHA256=${jsonHash}`,
      headers: { 'content-type': 'application/json', 'x-twilio-signature': 'a9nBmqA0ju/hNViExpshrM61xv4=' },
      body: twilioJson,
    },
  ],
  [
    'Plivo, version 2',
    {
      kind: 'plivo',
      key: 'my_auth_token',
      url: 'https://answer.url',
      headers: {
        'x-plivo-signature-v2': 'ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=',
        'x-plivo-signature-v2-nonce': '12345',
      },
      body: '',
    },
  ],
  ...Object.entries(vonageSigs).map(([hash, sig]): [string, Vector] => [
    `Vonage, ${hash}`,
    {
      kind: 'vonage',
      key: 'my_secret_key_for_testing',
      url: 'https://hooks.example/c/1',
      headers: form,
      body: new URLSearchParams({ ...vonageFields, sig }).toString(),
    },
  ]),
]

function verify({ kind, key, url, headers, body }: Vector) {
  const request = { method: 'POST', urls: [url], headers, body: Buffer.from(body), now: 0 }
  return verifySignature([kind], [key], request)
}

it.each(vectors)('takes the published signature of %s, and no other', (_name, vector) => {
  expect(verify(vector)).toBe('valid')
  expect(verify({ ...vector, key: `${vector.key}x` })).toBe('invalid')
  expect(verify({ ...vector, key: '' })).toBe('unchecked')
})

it('takes Vonage’s fields from a query and from JSON as well', () => {
  const signed = { ...vonageFields, sig: vonageSigs.sha256 }
  const common = { kind: 'vonage', key: 'my_secret_key_for_testing', headers: {} } as const
  const query = new URLSearchParams(signed).toString()
  expect(verify({ ...common, url: `https://hooks.example/c/1?${query}`, body: '' })).toBe('valid')
  expect(verify({ ...common, url: 'https://hooks.example/c/1', body: JSON.stringify(signed) })).toBe('valid')
  // A signed query covers nothing of a body that somebody put beside it.
  expect(verify({ ...common, url: `https://hooks.example/c/1?${query}`, body: '{"messageId":"1"}' })).toBe(
    'absent',
  )
})

it('does not take Twilio’s signature of an address for one of the body', () => {
  const [, vector] = vectors[0] ?? []
  if (!vector) throw new Error('The first vector is missing.')
  expect(verify({ ...vector, headers: { ...vector.headers, 'content-type': 'text/plain' } })).toBe('invalid')
  expect(verify({ ...vector, url: `${twilioUrl}&bodySHA256=${jsonHash}` })).toBe('invalid')
})

it('does not take a signature of an address alone for one of a body that came to it', () => {
  const url = 'https://hooks.example/c/1'
  const bare = { method: 'GET', url, headers: {}, body: Buffer.alloc(0) }
  const { headers } = signRequest('twilio', '12345', bare, 0)
  const common = { kind: 'twilio', key: '12345', url } as const
  expect(verify({ ...common, headers, body: '' })).toBe('valid')
  for (const type of ['application/json', 'text/plain', '']) {
    const other = { ...headers, 'content-type': type }
    expect(verify({ ...common, headers: other, body: '{"MessageStatus":"delivered"}' })).toBe('invalid')
  }
})

it('takes a token of HS256 only', () => {
  const written = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const token = (alg: string) => {
    const signed = `${written({ alg })}.${written({ iss: 'x' })}`
    return `${signed}.${createHmac('sha256', 'k').update(signed).digest('base64url')}`
  }
  const common = { kind: 'vonageJwt', key: 'k', url: 'https://hooks.example/c/1', body: '' } as const
  expect(verify({ ...common, headers: { authorization: `Bearer ${token('HS256')}` } })).toBe('valid')
  expect(verify({ ...common, headers: { authorization: `Bearer ${token('none')}` } })).toBe('invalid')
  expect(
    verify({ ...common, headers: { authorization: `Bearer ${token('HS256').replace(/\.[^.]*$/, '.')}` } }),
  ).toBe('absent')
  expect(verify({ ...common, headers: { authorization: 'Basic YTpi' } })).toBe('absent')
})
