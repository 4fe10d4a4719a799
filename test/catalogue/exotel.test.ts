import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const secrets = { apiKey: 'a1b2c3d4e5f6', apiToken: 'f6e5d4c3b2a1' }
const base = { accountSid: 'acme1', from: '08000000000/ACMEIN' }
const to = '+919000000001'

const example = {
  SMSMessage: {
    Sid: '6dec1cb8e9f5f0f9c9f1e5d7d1b3a2c4',
    AccountSid: 'acme1',
    From: '0XXXXXX0000/WEBDEV',
    To: '0XXXXXXXXXX',
    DateCreated: '2025-07-01 10:00:00',
    DateUpdated: '2025-07-01 10:00:00',
    DateSent: null,
    Body: 'Hi',
    Direction: 'outbound-api',
    Uri: '/v1/Accounts/acme1/SMS/Messages/6dec1cb8e9f5f0f9c9f1e5d7d1b3a2c4.json',
    ApiVersion: null,
    Price: null,
    Status: 'queued',
    SmsUnits: null,
    DetailedStatusCode: 21010,
    DetailedStatus: 'PENDING_TO_OPERATOR',
  },
}

const refusal = (Status: number, Message: string, Code?: string) => ({
  RestException: { Status, Message, ...(Code !== undefined && { Code }) },
})

describe('Exotel', () => {
  it('sends with the fewest fields, to Singapore', () => {
    const request = vendorRequest('exotel', { fields: base, secrets, to })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.exotel.com/v1/Accounts/acme1/Sms/send.json')
    expect(request.headers).toMatchObject({
      authorization: 'Basic YTFiMmMzZDRlNWY2OmY2ZTVkNGMzYjJhMQ==',
      accept: 'application/json',
    })
    expect(request.body).toBe(
      `From=08000000000%2FACMEIN&To=%2B919000000001&Body=Hi&EncodingType=plain&CustomField=${messageId}`,
    )
  })

  it('sends all that is filled in, to Mumbai, as Unicode', () => {
    const request = vendorRequest('exotel', {
      fields: {
        ...base,
        host: 'api.in.exotel.com',
        smsType: 'transactional_opt_in',
        priority: 'high',
        dltEntityId: '1101000000000000001',
        dltTemplateId: '$$TemplateID',
        callbackUrl: 'https://sms.example.com/r?a=1&b=2',
        shortenUrl: 'true',
        shortenTracking: 'true',
        shortenHeader: 'ACMEIN',
      },
      secrets,
      to,
      text: 'नम',
      values: { TemplateID: '1107160000000000001' },
    })
    expect(request.url).toBe('https://api.in.exotel.com/v1/Accounts/acme1/Sms/send.json')
    expect(request.body).toBe(
      'From=08000000000%2FACMEIN&To=%2B919000000001&Body=%E0%A4%A8%E0%A4%AE&EncodingType=unicode' +
        '&Priority=high&SmsType=transactional_opt_in&DltEntityId=1101000000000000001' +
        '&DltTemplateId=1107160000000000001' +
        '&StatusCallback=https%3A%2F%2Fsms.example.com%2Fr%3Fa%3D1%26b%3D2' +
        `&CustomField=${messageId}&ShortenUrl=true` +
        '&ShortenUrlParams%5BTracking%5D=true&ShortenUrlParams%5BHeader%5D=ACMEIN',
    )
  })

  it.each([200, 202])('takes %i with a message that is queued', (status) => {
    expect(vendorOutcome('exotel', status, example)).toEqual({
      class: 'accepted',
      code: undefined,
      id: '6dec1cb8e9f5f0f9c9f1e5d7d1b3a2c4',
    })
  })

  it('sees that a message failed at once', () => {
    const failed = { ...example.SMSMessage, Status: 'failed-dnd', DetailedStatusCode: 23005 }
    expect(vendorOutcome('exotel', 200, { SMSMessage: failed })).toMatchObject({
      class: 'rejected',
      code: '23005',
    })
  })

  it.each([
    [401, refusal(401, 'Authentication is required', 'UNAUTHORIZED'), 'misconfigured', 'UNAUTHORIZED'],
    [400, refusal(400, 'Invalid Recipient [123]'), 'rejected', 'Invalid Recipient'],
    [400, refusal(400, 'Invalid Recipient [123]', 'BAD_REQUEST'), 'rejected', 'Invalid Recipient'],
    [400, refusal(400, 'Invalid Parameters'), 'misconfigured', '400'],
    [403, refusal(403, 'Insufficient balance to send the SMS'), 'misconfigured', '403'],
    [429, refusal(429, 'Too Many Requests'), 'unavailable', '429'],
    [500, refusal(500, 'Internal Server Error'), 'unknown', '500'],
  ])('reads a refusal %i %j as %s', (status, body, outcome, code) => {
    expect(vendorOutcome('exotel', status, body)).toMatchObject({ class: outcome, code })
  })
})
