import { describe, expect, it } from 'vitest'
import { messageId, vendor, vendorOutcome, vendorRequest } from './vendor-request.ts'

const apiKey = 'abcd1234'
const secrets = { apiSecret: 'S3cret & more' }

describe('the request to Vonage', () => {
  it('posts a form with the credentials in it to the SMS API', () => {
    expect(vendorRequest('vonage', { fields: { apiKey, from: 'ACME' }, secrets })).toEqual({
      method: 'POST',
      url: 'https://rest.nexmo.com/sms/json',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'test',
      },
      body:
        'api_key=abcd1234&api_secret=S3cret+%26+more&from=ACME&to=15550002222&text=Hi&type=text' +
        `&client-ref=${messageId}&status-report-req=1`,
    })
  })

  it('asks for Unicode where the text needs it, and sends all that was chosen', () => {
    const { body } = vendorRequest('vonage', {
      fields: {
        apiKey,
        from: '15550001111',
        ttl: '3600000',
        callbackUrl: 'https://example.com/r',
        dltEntityId: '1101',
        dltContentId: '1107',
      },
      secrets,
      text: 'Привет',
    })
    expect(body).toBe(
      'api_key=abcd1234&api_secret=S3cret+%26+more&from=15550001111&to=15550002222' +
        '&text=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82&type=unicode' +
        `&client-ref=${messageId}&status-report-req=1` +
        '&callback=https%3A%2F%2Fexample.com%2Fr&ttl=3600000&entity-id=1101&content-id=1107',
    )
  })

  it('posts JSON to the Messages API, signed in by Basic', () => {
    const request = vendorRequest('vonage', {
      api: 'messages',
      fields: { apiKey, from: 'ACME', callbackUrl: 'https://example.com/r', ttl: '3600000' },
      secrets,
    })
    expect(request).toEqual({
      method: 'POST',
      url: 'https://api.nexmo.com/v1/messages',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${btoa(`${apiKey}:${secrets.apiSecret}`)}`,
        'content-type': 'application/json',
        'user-agent': 'test',
      },
      body: JSON.stringify(
        {
          message_type: 'text',
          channel: 'sms',
          from: 'ACME',
          to: '15550002222',
          text: 'Hi',
          client_ref: messageId,
          webhook_url: 'https://example.com/r',
        },
        null,
        2,
      ),
    })
  })
})

const answer = (status: string, more: object = {}) => ({
  'message-count': '1',
  messages: [{ status, ...more }],
})

it.each([
  [
    200,
    answer('0', { to: '15550002222', 'message-id': '0A0000000123ABCD', 'remaining-balance': '3.14' }),
    { class: 'accepted', id: '0A0000000123ABCD' },
  ],
  [200, answer('4', { 'error-text': 'Bad Credentials' }), { class: 'misconfigured', code: '4' }],
  [200, answer('1', { 'error-text': 'Throughput' }), { class: 'unavailable', code: '1' }],
  [200, answer('5'), { class: 'unknown', code: '5' }],
  [200, answer('6'), { class: 'rejected', code: '6' }],
  [200, answer('9'), { class: 'misconfigured', code: '9' }],
  [200, answer('12'), { class: 'rejected', code: '12' }],
  [200, answer('33'), { class: 'rejected', code: '33' }],
  [500, 'Internal Server Error', { class: 'unknown' }],
])('reads an answer of the SMS API %i %j', (status, body, expected) => {
  expect(vendorOutcome('vonage', status, body)).toMatchObject(expected)
})

const problem = (type: string) => ({
  type: `https://developer.vonage.com/api-errors${type}`,
  title: 'Problem',
  detail: 'What is wrong',
  instance: 'bf0ca0bf927b3b52e3cb03217e1a1ddf',
})

it.each([
  [202, { message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab' }, { class: 'accepted' }],
  [401, problem('#unauthorized'), { class: 'misconfigured', code: 'unauthorized' }],
  [402, problem('#low-balance'), { class: 'misconfigured', code: 'low-balance' }],
  [422, problem('/messages#1170'), { class: 'rejected', code: '1170' }],
  [422, problem('/messages#1120'), { class: 'misconfigured', code: '1120' }],
  [429, problem('/messages#1000'), { class: 'unavailable', code: '1000' }],
  [500, problem('/messages#1030'), { class: 'unknown', code: '1030' }],
])('reads an answer of the Messages API %i %j', (status, body, expected) => {
  expect(vendorOutcome('vonage', status, body, 'messages')).toMatchObject(expected)
})

it('tells the codes of receipts from those of answers', () => {
  const { codes, callbacks } = vendor('vonage')
  const causes = [codes, callbacks?.formats[0]?.codes ?? []].map(
    (list) => list.find(({ code }) => code === '6')?.cause,
  )
  expect(causes).toEqual([
    'The vendor cannot route to this number.',
    'The carrier took the message for spam.',
  ])
})
