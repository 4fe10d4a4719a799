import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const secrets = { apiKey: 'k-1/2+3==' }

describe('Clickatell', () => {
  it('asks the Platform API with the bare key', () => {
    const request = vendorRequest('clickatell', { fields: {}, secrets })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://platform.clickatell.com/messages')
    expect(request.headers).toMatchObject({
      authorization: 'k-1/2+3==',
      'content-type': 'application/json',
      accept: 'application/json',
    })
    expect(JSON.parse(request.body)).toEqual({
      to: ['15550002222'],
      content: 'Hi',
      clientMessageId: messageId,
    })
  })

  it('asks the One API for one message of the SMS channel', () => {
    const { url, body } = vendorRequest('clickatell', {
      api: 'one',
      fields: { from: '15550001111' },
      secrets,
      text: 'a "b" \\ é',
    })
    expect(url).toBe('https://platform.clickatell.com/v1/message')
    expect(JSON.parse(body)).toEqual({
      messages: [
        {
          channel: 'sms',
          to: '15550002222',
          content: 'a "b" \\ é',
          from: '15550001111',
          clientMessageId: messageId,
        },
      ],
    })
  })

  it('puts all of it in the query with GET', () => {
    const request = vendorRequest('clickatell', {
      api: 'http',
      fields: { from: '15550001111' },
      secrets,
      text: 'a&b=c d+e',
    })
    expect(request.method).toBe('GET')
    expect(request.body).toBe('')
    expect(request.url).toBe(
      'https://platform.clickatell.com/messages/http/send?apiKey=k-1%2F2%2B3%3D%3D&to=15550002222' +
        '&content=a%26b%3Dc%20d%2Be&from=15550001111',
    )
  })

  const refused = (error: unknown, more: object = {}) => ({
    messages: [{ apiMessageId: null, accepted: false, to: '15550002222', error, ...more }],
    error: null,
  })
  it.each([
    [
      202,
      { messages: [{ apiMessageId: 'ab', accepted: true, error: null }] },
      { class: 'accepted', id: 'ab' },
    ],
    [
      200,
      { messages: [{ apiMessageId: 'cd', accepted: true, error: null }] },
      { class: 'accepted', id: 'cd' },
    ],
    [202, refused({ code: 105, description: 'Invalid destination' }), { class: 'rejected', code: '105' }],
    [202, refused(null, { errorCode: 25 }), { class: 'misconfigured', code: '25' }],
    [400, refused({ code: 100, description: 'Routing error' }), { class: 'unavailable', code: '100' }],
    [202, refused('Some words'), { class: 'misconfigured' }],
    [401, { messages: [], error: 'Invalid or missing integration API Key.' }, { class: 'misconfigured' }],
    [429, { messages: [], error: 'Too many requests.' }, { class: 'unavailable' }],
    [500, 'Internal server error', { class: 'unknown' }],
  ])('reads an answer %i %j', (status, body, expected) => {
    expect(vendorOutcome('clickatell', status, body)).toMatchObject(expected)
  })
})
