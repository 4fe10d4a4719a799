import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const typed = {
  fields: { sid: 'HXIN0000000001IN', sender: 'ACMEIN' },
  secrets: { apiKey: 'A0123456789abcdef' },
  to: '+919000000001',
}
const uuid = '09b3dfa7-e05d-4d84-ab2d-6ed654272000'

const example = {
  body: 'Hi',
  sender: 'ACMEIN',
  type: 'TXN',
  source: 'API',
  id: uuid,
  createdDateTime: '2025-07-01 10:00:00+00:00',
  totalCount: 1,
  data: [{ message_id: `${uuid}:1`, recipient: '91XXXXXXXXXX' }],
  error: {},
}

describe('Kaleyra', () => {
  it('sends with the fewest fields', () => {
    const request = vendorRequest('kaleyra', typed)
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.kaleyra.io/v1/HXIN0000000001IN/messages')
    expect(request.headers).toMatchObject({ 'api-key': 'A0123456789abcdef', accept: 'application/json' })
    expect(request.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect(request.body).toBe(
      `to=%2B919000000001&sender=ACMEIN&body=Hi&type=TXN&source=API&ref=${messageId}&unicode=0`,
    )
  })

  it('sends all that is filled in, to India, as Unicode', () => {
    const fields = {
      ...typed.fields,
      host: 'api.in.kaleyra.io',
      type: 'OTP',
      templateId: '$$TemplateID',
      callbackUrl: 'https://sms.example.com/r?a=1&b=2',
      callbackProfileId: 'IN_09b3dfa7',
    }
    const request = vendorRequest('kaleyra', {
      ...typed,
      fields,
      text: 'नम',
      values: { TemplateID: '1107160000000000001' },
    })
    expect(request.url).toBe('https://api.in.kaleyra.io/v1/HXIN0000000001IN/messages')
    expect(request.body).toBe(
      'to=%2B919000000001&sender=ACMEIN&body=%E0%A4%A8%E0%A4%AE&type=OTP&source=API' +
        `&template_id=1107160000000000001&ref=${messageId}&unicode=1` +
        '&callback=%7B%22url%22%3A%22https%3A%2F%2Fsms.example.com%2Fr%3Fa%3D1%26b%3D2%22%2C%22method%22%3A%22POST%22%7D' +
        '&callback_profile_id=IN_09b3dfa7',
    )
    const callback = new URLSearchParams(request.body).get('callback')
    expect(JSON.parse(callback ?? '')).toEqual({ url: fields.callbackUrl, method: 'POST' })
  })

  it.each([200, 202])('takes %i with a message', (status) => {
    expect(vendorOutcome('kaleyra', status, example)).toEqual({
      class: 'accepted',
      code: undefined,
      id: `${uuid}:1`,
    })
  })

  it.each([
    [400, { error: { to: 'invalid number' } }, 'rejected', 'to'],
    [202, { ...example, data: [], error: { to: 'invalid number' } }, 'rejected', 'to'],
    [400, { error: { sender: 'invalid sender' } }, 'misconfigured', 'sender'],
    [400, { error: { code: 'OPT-OUT', message: 'Opted out' } }, 'rejected', 'OPT-OUT'],
    [402, { error: { code: 'NO-CREDITS', message: 'No credits' } }, 'misconfigured', 'NO-CREDITS'],
    [401, { error: { message: 'Unauthorized' } }, 'misconfigured', undefined],
    [429, { error: { message: 'Too many' } }, 'unavailable', undefined],
    [500, { message: 'Oops' }, 'unknown', undefined],
  ])('reads a failure %i %j as %s', (status, body, outcome, code) => {
    expect(vendorOutcome('kaleyra', status, body)).toMatchObject({ class: outcome, code })
  })
})
