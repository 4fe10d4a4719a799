import { describe, expect, it } from 'vitest'
import { vendorOutcome, vendorRequest } from './vendor-request.ts'

const typed = { fields: { tokenId: 'TOKEN-1' }, secrets: { tokenSecret: 's:e cret' } }

const message = (type: string, subtype: string | null = null) => [
  {
    id: '2023081012345678901',
    type: 'SENT',
    from: '',
    to: '15550002222',
    body: 'Hi',
    encoding: 'TEXT',
    protocolId: 0,
    messageClass: 0,
    submission: { id: '1-00000000000000000000', date: '2025-07-01T10:00:00Z' },
    status: { id: `${type}.${subtype}`, type, subtype },
    relatedSentMessageId: null,
    userSuppliedId: null,
    numberOfParts: null,
    creditCost: null,
  },
]

const problem = (status: number, fragment: string, detail?: string) => ({
  type: `https://developer.bulksms.com/json/v1/errors#${fragment}`,
  title: 'A title',
  status,
  ...(detail !== undefined && { detail }),
})

describe('BulkSMS', () => {
  it('sends with the fewest fields', () => {
    const request = vendorRequest('bulksms', typed)
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.bulksms.com/v1/messages')
    expect(request.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('TOKEN-1:s:e cret').toString('base64')}`,
      accept: 'application/json',
      'content-type': 'application/json',
    })
    expect(request.body).toBe(
      `{
  "to": "+15550002222",
  "body": "Hi",
  "encoding": "TEXT"
}`,
    )
  })

  it('sends all that is filled in, numbers as numbers, as Unicode', () => {
    const { body } = vendorRequest('bulksms', {
      ...typed,
      fields: {
        tokenId: 'TOKEN-1',
        from: 'Acme',
        routingGroup: 'PREMIUM',
        longMessageMaxParts: '5',
        deliveryReports: 'ERRORS',
      },
      text: 'Dobrá práce ✓',
    })
    expect(JSON.parse(body)).toEqual({
      to: '+15550002222',
      body: 'Dobrá práce ✓',
      from: 'Acme',
      encoding: 'UNICODE',
      routingGroup: 'PREMIUM',
      longMessageMaxParts: 5,
      deliveryReports: 'ERRORS',
    })
  })

  it.each(['ACCEPTED', 'SCHEDULED'])('takes a message that is %s', (type) => {
    expect(vendorOutcome('bulksms', 201, message(type))).toEqual({
      class: 'accepted',
      code: undefined,
      id: '2023081012345678901',
    })
  })

  it('sees that a message failed although its request was taken', () => {
    expect(vendorOutcome('bulksms', 201, message('FAILED', 'BLOCKED'))).toMatchObject({
      class: 'rejected',
      code: 'BLOCKED',
    })
    expect(vendorOutcome('bulksms', 201, message('FAILED', 'NOT_SENT'))).toMatchObject({
      class: 'unavailable',
      code: 'NOT_SENT',
    })
  })

  it.each([
    [403, problem(403, 'insufficient-credits', 'Your balance is not sufficient'), 'insufficient-credits'],
    [403, problem(403, 'insufficient-credits'), 'insufficient-credits'],
    [401, problem(401, 'authentication-failed', 'Full authentication is required'), 'authentication-failed'],
    [400, problem(400, 'bad-request', 'The body has to be there'), 'bad-request'],
    [
      404,
      { ...problem(404, 'x'), type: 'https://developer.bulksms.com/json/v1/errors/#not-found' },
      'not-found',
    ],
  ])('takes a refusal %i %j for a fault of the settings', (status, body, code) => {
    expect(vendorOutcome('bulksms', status, body)).toEqual({ class: 'misconfigured', code, id: '' })
  })

  it.each([
    ["The property 'to' is not valid", 'to'],
    ['The property "to" is not valid', 'to'],
    ['Invalid recipient', 'recipient'],
    ['Not a phone number', 'phone number'],
  ])('tells a bad number by the detail “%s”', (detail, code) => {
    expect(vendorOutcome('bulksms', 400, problem(400, 'bad-request', detail))).toMatchObject({
      class: 'rejected',
      code,
    })
  })
})
