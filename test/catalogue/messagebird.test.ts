import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const accessKey = 'test_0123456789abcdefABCDEF'
const workspaceId = '11111111-aaaa-4bbb-8ccc-222222222222'
const channelId = '33333333-aaaa-4bbb-8ccc-444444444444'

describe('MessageBird', () => {
  it('asks for a message with the fewest fields', () => {
    const request = vendorRequest('messagebird', { fields: { originator: 'Acme' }, secrets: { accessKey } })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://rest.messagebird.com/messages')
    expect(request.headers).toMatchObject({
      authorization: `AccessKey ${accessKey}`,
      accept: 'application/json',
      'content-type': 'application/json',
    })
    expect(JSON.parse(request.body)).toEqual({
      originator: 'Acme',
      recipients: ['15550002222'],
      body: 'Hi',
      reference: messageId,
      datacoding: 'auto',
    })
  })

  it('adds what is filled in, numbers as numbers', () => {
    const { body } = vendorRequest('messagebird', {
      fields: {
        originator: '15550001111',
        validity: '3600',
        datacoding: 'unicode',
        callbackUrl: 'https://sms.example.com/r?a=1&b=2',
      },
      secrets: { accessKey },
      text: 'Line “one”\nline two 🙂',
    })
    expect(body).toBe(
      `{
  "originator": "15550001111",
  "recipients": [
    "15550002222"
  ],
  "body": "Line “one”\\nline two 🙂",
  "reference": "${messageId}",
  "reportUrl": "https://sms.example.com/r?a=1&b=2",
  "datacoding": "unicode",
  "validity": 3600
}`,
    )
  })

  it('speaks to a channel of Bird', () => {
    const request = vendorRequest('messagebird', {
      api: 'bird',
      fields: { workspaceId, channelId },
      secrets: { accessKey },
    })
    expect(request.url).toBe(`https://api.bird.com/workspaces/${workspaceId}/channels/${channelId}/messages`)
    expect(JSON.parse(request.body)).toEqual({
      receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: '+15550002222' }] },
      body: { type: 'text', text: { text: 'Hi' } },
      reference: messageId,
    })
  })

  it.each([
    [201, { id: 'ab', recipients: {} }, { class: 'accepted', id: 'ab' }],
    [
      422,
      { errors: [{ code: 9, description: 'no (correct) recipients found', parameter: 'recipients' }] },
      { class: 'rejected', code: 'recipients' },
    ],
    [
      422,
      { errors: [{ code: 10, description: 'invalid url', parameter: 'reportUrl' }] },
      { class: 'misconfigured', code: '10' },
    ],
    [
      422,
      { errors: [{ parameter: 'originator', description: 'not allowed', code: 10 }, { code: 9 }] },
      { class: 'misconfigured', code: 'originator' },
    ],
    [
      401,
      { errors: [{ code: 2, description: 'Request not allowed', parameter: 'access_key' }] },
      { class: 'misconfigured', code: 'access_key' },
    ],
    [
      422,
      { errors: [{ code: 9, description: 'originator is invalid', parameter: 'originator' }] },
      { class: 'misconfigured', code: 'originator' },
    ],
    [
      402,
      { errors: [{ code: 25, description: 'Not enough balance', parameter: null }] },
      { class: 'misconfigured', code: '25' },
    ],
    [
      500,
      { errors: [{ code: 99, description: 'Internal error', parameter: null }] },
      { class: 'unknown', code: '99' },
    ],
    [429, { errors: [{ code: null, description: 'Too many requests' }] }, { class: 'unavailable' }],
  ])('reads an answer %i %j', (status, body, expected) => {
    expect(vendorOutcome('messagebird', status, body)).toMatchObject(expected)
  })

  it('reads what Bird answers', () => {
    expect(vendorOutcome('messagebird', 202, { id: 'x-1', status: 'accepted' }, 'bird')).toMatchObject({
      class: 'accepted',
      id: 'x-1',
    })
    expect(
      vendorOutcome('messagebird', 422, { code: 'InvalidPayload', message: 'no' }, 'bird'),
    ).toMatchObject({ class: 'misconfigured', code: 'InvalidPayload' })
  })
})
