import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const secrets = { apiKey: '0123456789abcdef-0123' }
const fields = { baseUrl: 'x1y2z3.api.infobip.com', from: 'InfoSMS' }
const json = (value: unknown) => JSON.stringify(value, null, 2)
const headers = {
  authorization: 'App 0123456789abcdef-0123',
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'test',
}
const destinations = [{ to: '15550002222', messageId }]

describe('the request to Infobip', () => {
  it('goes to version 3 at the account’s own host', () => {
    expect(vendorRequest('infobip', { fields, secrets })).toEqual({
      method: 'POST',
      url: 'https://x1y2z3.api.infobip.com/sms/3/messages',
      headers,
      body: json({ messages: [{ sender: 'InfoSMS', destinations, content: { text: 'Hi' } }] }),
    })
  })

  it('sends all that was chosen', () => {
    const { body } = vendorRequest('infobip', {
      fields: {
        ...fields,
        dltEntityId: '1101',
        dltTemplateId: '1107',
        callbackUrl: 'https://example.com/r',
        intermediateReport: 'true',
      },
      secrets,
      text: '"quoted" नमस्ते',
    })
    expect(body).toBe(
      json({
        messages: [
          {
            sender: 'InfoSMS',
            destinations,
            content: { text: '"quoted" नमस्ते' },
            webhooks: { delivery: { url: 'https://example.com/r', intermediateReport: true } },
            options: { regional: { indiaDlt: { principalEntityId: '1101', contentTemplateId: '1107' } } },
          },
        ],
      }),
    )
  })

  it('goes to version 2 in its own shape', () => {
    const request = vendorRequest('infobip', {
      api: 'v2',
      fields: {
        ...fields,
        validityPeriod: '720',
        callbackUrl: 'https://example.com/r',
        intermediateReport: 'false',
        dltEntityId: '1101',
      },
      secrets,
    })
    expect(request).toEqual({
      method: 'POST',
      url: 'https://x1y2z3.api.infobip.com/sms/2/text/advanced',
      headers,
      body: json({
        messages: [
          {
            from: 'InfoSMS',
            destinations,
            text: 'Hi',
            notifyUrl: 'https://example.com/r',
            intermediateReport: false,
            validityPeriod: 720,
            regional: { indiaDlt: { principalEntityId: '1101' } },
          },
        ],
      }),
    })
  })
})

const one = (groupId: number, id: number) => ({
  bulkId: 'b-1',
  messages: [
    {
      messageId: 'm-1',
      status: { groupId, groupName: 'GROUP', id, name: 'NAME', description: 'Words' },
      destination: '15550002222',
      details: { messageCount: 1 },
    },
  ],
})
const refused = (messageIdOfError: string) => ({
  requestError: { serviceException: { messageId: messageIdOfError, text: 'Words' } },
})

it.each([
  [200, one(1, 26), { class: 'accepted', id: 'm-1' }],
  [200, one(3, 5), { class: 'accepted', id: 'm-1' }],
  [200, one(0, 0), { class: 'accepted', id: 'm-1' }],
  [200, one(5, 52), { class: 'rejected', code: '52' }],
  [200, one(5, 10), { class: 'rejected', code: '10' }],
  [200, one(5, 12), { class: 'misconfigured', code: '12' }],
  [200, one(5, 19), { class: 'unavailable', code: '19' }],
  [401, refused('UNAUTHORIZED'), { class: 'misconfigured', code: 'UNAUTHORIZED' }],
  [429, refused('TOO_MANY_REQUESTS'), { class: 'unavailable', code: 'TOO_MANY_REQUESTS' }],
  [500, refused('GENERAL_ERROR'), { class: 'unknown', code: 'GENERAL_ERROR' }],
  [400, { errorCode: 'E400', description: 'Words' }, { class: 'misconfigured', code: 'E400' }],
])('reads an Infobip answer %i %j', (status, body, expected) => {
  expect(vendorOutcome('infobip', status, body)).toMatchObject(expected)
  expect(vendorOutcome('infobip', status, body, 'v2')).toMatchObject(expected)
})
