import { describe, expect, it } from 'vitest'
import { emptyChoice } from '#shared/catalogue/compile.ts'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import { vendor, vendorOutcome, vendorRequest } from './vendor-request.ts'

const secrets = { apiKey: 'KEY0123456789ABCDEF' }
const messagingProfileId = '01234567-89ab-cdef-0123-456789abcdef'
const json = (value: unknown) => JSON.stringify(value, null, 2)

describe('the request to Telnyx', () => {
  it('posts JSON with a bearer token', () => {
    expect(vendorRequest('telnyx', { fields: { from: '+15550001111' }, secrets })).toEqual({
      method: 'POST',
      url: 'https://api.telnyx.com/v2/messages',
      headers: {
        accept: 'application/json',
        authorization: 'Bearer KEY0123456789ABCDEF',
        'content-type': 'application/json',
        'user-agent': 'test',
      },
      body: json({ from: '+15550001111', to: '+15550002222', text: 'Hi', type: 'SMS' }),
    })
  })

  it('sends all that was chosen', () => {
    const { body } = vendorRequest('telnyx', {
      fields: {
        from: 'ACME',
        messagingProfileId,
        callbackUrl: 'https://example.com/r',
        failoverUrl: 'https://example.org/r',
        useProfileWebhooks: 'false',
        publicKey: 'A'.repeat(43) + '=',
      },
      secrets,
      text: '"€"',
    })
    expect(body).toBe(
      json({
        from: 'ACME',
        to: '+15550002222',
        text: '"€"',
        messaging_profile_id: messagingProfileId,
        webhook_url: 'https://example.com/r',
        webhook_failover_url: 'https://example.org/r',
        use_profile_webhooks: false,
        type: 'SMS',
      }),
    )
  })

  it('takes a number, a profile or both', () => {
    const entry = vendor('telnyx')
    const issues = (fields: Record<string, string>) =>
      vendorIssues(entry, { ...emptyChoice(entry), fields }, { typed: secrets, isSet: () => false })
    expect(issues({ from: '+15550001111' })).toEqual([])
    expect(issues({ messagingProfileId })).toEqual([])
    expect(issues({ from: 'ACME', messagingProfileId })).toEqual([])
    expect(issues({})).toHaveLength(2)
  })
})

const id = '40385f64-5717-4562-b3fc-2c963f66afa6'
const refused = (code: string, title: string) => ({
  errors: [{ code, title, detail: 'Words', source: { pointer: '/to' }, meta: {} }],
})

it.each([
  [200, { data: { record_type: 'message', id, to: [], errors: [] } }, { class: 'accepted', id }],
  [422, refused('40310', "Invalid 'to' address"), { class: 'rejected', code: '40310' }],
  [400, refused('40300', 'Blocked due to STOP message'), { class: 'rejected', code: '40300' }],
  [422, refused('40305', "Invalid 'from' address"), { class: 'misconfigured', code: '40305' }],
  [401, refused('10009', 'Authentication failed'), { class: 'misconfigured', code: '10009' }],
  [403, refused('20100', 'Insufficient funds'), { class: 'misconfigured', code: '20100' }],
  [429, refused('10011', 'Too many requests'), { class: 'unavailable', code: '10011' }],
  [500, refused('10007', 'Unexpected error'), { class: 'unknown', code: '10007' }],
  [200, { errors: [] }, { class: 'unknown' }],
])('reads a Telnyx answer %i %j', (status, body, expected) => {
  expect(vendorOutcome('telnyx', status, body)).toMatchObject(expected)
})
