import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const servicePlanId = '0123456789abcdef0123456789abcdef'
const secrets = { apiToken: 'fedcba98765432100123456789abcdef' }
const json = (value: unknown) => JSON.stringify(value, null, 2)

describe('the request to Sinch', () => {
  it('posts a batch of one to the region of the service plan', () => {
    expect(vendorRequest('sinch', { fields: { servicePlanId, from: '15550001111' }, secrets })).toEqual({
      method: 'POST',
      url: `https://us.sms.api.sinch.com/xms/v1/${servicePlanId}/batches`,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${secrets.apiToken}`,
        'content-type': 'application/json',
        'user-agent': 'test',
      },
      body: json({
        from: '15550001111',
        to: ['+15550002222'],
        body: 'Hi',
        type: 'mt_text',
        delivery_report: 'per_recipient',
        client_reference: messageId,
      }),
    })
  })

  it('sends all that was chosen', () => {
    const { url, body } = vendorRequest('sinch', {
      fields: {
        servicePlanId,
        region: 'eu',
        deliveryReport: 'summary',
        callbackUrl: 'https://example.com/r',
        feedbackEnabled: 'true',
      },
      secrets,
      text: 'Olá "você"',
    })
    expect(url).toBe(`https://eu.sms.api.sinch.com/xms/v1/${servicePlanId}/batches`)
    expect(body).toBe(
      json({
        to: ['+15550002222'],
        body: 'Olá "você"',
        type: 'mt_text',
        delivery_report: 'summary',
        callback_url: 'https://example.com/r',
        client_reference: messageId,
        feedback_enabled: true,
      }),
    )
  })
})

const id = '01FC66621XXXXX119Z8PMV1QPQ'

it.each([
  [201, { id, to: ['15550002222'], canceled: false, type: 'mt_text' }, { class: 'accepted', id }],
  [
    400,
    { code: 'syntax_invalid_parameter_format', text: 'The request is invalid' },
    { class: 'rejected', code: 'syntax_invalid_parameter_format' },
  ],
  [400, { code: 'syntax_invalid_json', text: 'Words' }, { class: 'misconfigured' }],
  [403, { code: 'unauthorized_something', text: 'Words' }, { class: 'misconfigured' }],
  [403, { code: 'blocked_account', text: 'Words' }, { class: 'misconfigured', code: 'blocked_account' }],
  // A status inside of the body is none of the codes that receipts have.
  [403, { error: { code: 402, message: 'Words' } }, { class: 'misconfigured', code: '402' }],
  [401, '', { class: 'misconfigured' }],
  [429, { code: 'too_many_requests', text: 'Words' }, { class: 'unavailable' }],
  [500, '', { class: 'unknown' }],
])('reads a Sinch answer %i %j', (status, body, expected) => {
  expect(vendorOutcome('sinch', status, body)).toMatchObject(expected)
})
