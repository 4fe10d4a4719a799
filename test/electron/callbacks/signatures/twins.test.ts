import fc from 'fast-check'
import plivo from 'plivo'
import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import { signRequest } from '../../../../electron/callbacks/signatures/verify.ts'
import { address, changed, check, fields, formType, now, requests, secret } from './some-requests.ts'

describe('beside the vendors’ own libraries', () => {
  it('says of Twilio’s requests what Twilio’s library says', () => {
    fc.assert(
      fc.property(requests, secret, fc.boolean(), (request, key, spoil) => {
        const signed = signRequest('twilio', key, request, now)
        const signature = spoil
          ? changed(signed.headers['x-twilio-signature'] ?? '', 3)
          : (signed.headers['x-twilio-signature'] ?? '')
        const isForm = request.headers['content-type'] === formType['content-type']
        const theirs = isForm
          ? twilio.validateRequest(key, signature, signed.url, listed(signed.body))
          : twilio.validateRequestWithBody(key, signature, signed.url, signed.body.toString())
        const ours = check('twilio', key, {
          ...signed,
          headers: { ...signed.headers, 'x-twilio-signature': signature },
        })
        expect(ours === 'valid').toBe(theirs)
        expect(theirs).toBe(signature === signed.headers['x-twilio-signature'])
      }),
      { numRuns: 500 },
    )
  })

  it('says of Plivo’s requests what Plivo’s library says', () => {
    const token = fc.stringMatching(/^[a-zA-Z0-9]{5,20}$/)
    const query = fc.array(
      fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[A-Za-z0-9 .]{0,8}$/)),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(
        address,
        query,
        fields,
        token,
        fc.constantFrom('GET', 'POST'),
        (url, asked, posted, key, method) => {
          const whole = asked.length === 0 ? url : `${url}?${new URLSearchParams(asked).toString()}`
          const body = Buffer.from(method === 'POST' ? new URLSearchParams(posted).toString() : '')
          const signed = signRequest('plivo', key, { method, url: whole, headers: formType, body }, now)
          const nonce = signed.headers['x-plivo-signature-v3-nonce'] ?? ''
          const second = signed.headers['x-plivo-signature-v2'] ?? ''
          expect(plivo.validateSignature(whole, nonce, second, key)).toBe(true)
          const params = method === 'POST' ? listed(body) : {}
          const third = signed.headers['x-plivo-signature-v3'] ?? ''
          for (const one of [third, `no,${third}`, changed(third, 4), second]) {
            const headers = { ...formType, 'x-plivo-signature-v3': one, 'x-plivo-signature-v3-nonce': nonce }
            const theirs = plivo.validateV3Signature(method, whole, nonce, key, one, params)
            expect(check('plivo', key, { method, url: whole, headers, body }) === 'valid').toBe(theirs)
            expect(theirs).toBe(one.endsWith(third))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** Fields as the libraries are given them: a list where a name is there several times. */
function listed(body: Buffer): Record<string, string | string[]> {
  const read = new URLSearchParams(body.toString())
  return Object.fromEntries(
    [...new Set(read.keys())].map((name) => {
      const all = read.getAll(name)
      return [name, all.length === 1 ? (all[0] ?? '') : all]
    }),
  )
}
