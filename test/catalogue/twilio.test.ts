import { describe, expect, it } from 'vitest'
import { emptyChoice } from '#shared/catalogue/compile.ts'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import { vendor, vendorOutcome, vendorRequest } from './vendor-request.ts'

const accountSid = 'AC0123456789abcdef0123456789abcdef'
const apiKeySid = 'SK0123456789abcdef0123456789abcdef'
const messagingServiceSid = 'MG0123456789abcdef0123456789abcdef'
const authToken = '00112233445566778899aabbccddeeff'
const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`

describe('the request to Twilio', () => {
  it('posts a form to the account, with number and text', () => {
    expect(
      vendorRequest('twilio', { fields: { accountSid, from: '+15550001111' }, secrets: { authToken } }),
    ).toEqual({
      method: 'POST',
      url: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`,
      headers: {
        accept: 'application/json',
        authorization: basic(accountSid, authToken),
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'test',
      },
      body: 'To=%2B15550002222&From=%2B15550001111&Body=Hi',
    })
  })

  it('sends all that was chosen, through a Messaging Service and signed in with an API key', () => {
    const { url, headers, body } = vendorRequest('twilio', {
      fields: {
        accountSid,
        apiKeySid,
        messagingServiceSid,
        validityPeriod: '14400',
        smartEncoded: 'true',
        shortenUrls: 'false',
        riskCheck: 'disable',
        callbackUrl: 'https://example.com/r?a=1&b=2',
      },
      secrets: { authToken, apiKeySecret: 'Key:Secret' },
      text: 'a&b=c + ü €',
    })
    expect(url).toBe(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`)
    expect(headers['authorization']).toBe(basic(apiKeySid, 'Key:Secret'))
    expect(body).toBe(
      `To=%2B15550002222&MessagingServiceSid=${messagingServiceSid}&Body=a%26b%3Dc+%2B+%C3%BC+%E2%82%AC` +
        '&StatusCallback=https%3A%2F%2Fexample.com%2Fr%3Fa%3D1%26b%3D2&ValidityPeriod=14400&SmartEncoded=true' +
        '&ShortenUrls=false&RiskCheck=disable',
    )
  })

  it('waits for the Auth Token while no secret is set', () => {
    const { headers } = vendorRequest('twilio', { fields: { accountSid, from: '12345' }, secrets: {} })
    expect(headers['authorization']).toBe(basic(accountSid, 'no authToken'))
  })
})

describe('what is asked for', () => {
  const entry = vendor('twilio')
  const issues = (fields: Record<string, string>, typed: Record<string, string> = { authToken }) =>
    vendorIssues(entry, { ...emptyChoice(entry), fields }, { typed, isSet: () => false }).map(
      ({ path }) => path,
    )

  it('takes a From number or a Messaging Service, one of the two', () => {
    const both = ['vendor.fields.from', 'vendor.fields.messagingServiceSid']
    expect(issues({ accountSid, from: '+15550001111' })).toEqual([])
    expect(issues({ accountSid, messagingServiceSid })).toEqual([])
    expect(issues({ accountSid })).toEqual(both)
    expect(issues({ accountSid, from: '+15550001111', messagingServiceSid })).toEqual(both)
  })

  it('takes the Auth Token, or an API key with its secret', () => {
    const from = 'ACME 24'
    expect(issues({ accountSid, from }, {})).toEqual(['secrets.authToken', 'secrets.apiKeySecret'])
    expect(issues({ accountSid, from, apiKeySid }, { apiKeySecret: 'secret' })).toEqual([])
    expect(issues({ accountSid, from, apiKeySid })).toEqual(['secrets.apiKeySecret'])
  })

  it.each([
    [{ accountSid: `${accountSid}0` }, 'vendor.fields.accountSid'],
    [{ accountSid, from: '5550001111' }, 'vendor.fields.from'],
    [{ accountSid, from: '+15550001111', validityPeriod: '36001' }, 'vendor.fields.validityPeriod'],
    [{ accountSid, from: '+15550001111', callbackUrl: 'example.com' }, 'vendor.fields.callbackUrl'],
  ])('refuses %j', (fields, path) => {
    expect(issues(fields as Record<string, string>)).toContain(path)
  })
})

const sid = 'SM0123456789abcdef0123456789abcdef'
const refused = (code: number, message: string, status = 400) => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
  status,
})

it.each([
  [
    201,
    { sid, status: 'queued', error_code: null, error_message: null, num_segments: '1' },
    { class: 'accepted', id: sid },
  ],
  [201, { sid, status: 'accepted', from: null }, { class: 'accepted', id: sid }],
  [
    400,
    refused(21211, "The 'To' number is not a valid phone number."),
    { class: 'rejected', code: '21211', id: '' },
  ],
  [400, refused(21610, 'Attempt to send to unsubscribed recipient'), { class: 'rejected', code: '21610' }],
  [400, refused(21605, 'too long'), { class: 'rejected', code: '21605' }],
  [400, refused(21617, 'too long'), { class: 'rejected', code: '21617' }],
  [400, refused(21606, 'not a valid number'), { class: 'misconfigured', code: '21606' }],
  [401, refused(20003, 'Authenticate', 401), { class: 'misconfigured', code: '20003' }],
  [429, refused(20429, 'Too Many Requests', 429), { class: 'unavailable', code: '20429' }],
  [429, refused(21611, 'queue', 429), { class: 'unavailable', code: '21611' }],
  [500, refused(20500, 'Internal Server Error', 500), { class: 'unknown', code: '20500' }],
  [503, refused(20503, 'Service Unavailable', 503), { class: 'unavailable', code: '20503' }],
  [400, refused(29999, 'new'), { class: 'misconfigured', code: '29999' }],
  [201, '<html>portal</html>', { class: 'unknown' }],
])('reads a Twilio answer %i %j', (status, body, expected) => {
  expect(vendorOutcome('twilio', status, body)).toMatchObject(expected)
})
