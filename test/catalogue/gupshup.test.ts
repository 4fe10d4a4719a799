import { describe, expect, it } from 'vitest'
import { vendorOutcome, vendorRequest } from './vendor-request.ts'

const typed = { fields: { userId: '2000000001' }, secrets: { password: 'p@ss word' }, to: '+919000000001' }
const head =
  'method=SendMessage&v=1.1&auth_scheme=plain&userid=2000000001&password=p%40ss+word&send_to=919000000001'
const answer = (status: string, id: string, details = '') => ({
  response: { id, phone: '919000000001', details, status },
})

describe('Gupshup', () => {
  it('sends by the enterprise gateway with the fewest fields', () => {
    const request = vendorRequest('gupshup', typed)
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://enterprise.smsgupshup.com/GatewayAPI/rest')
    expect(request.body).toBe(`${head}&msg=Hi&msg_type=TEXT&format=json`)
  })

  it('adds mask and DLT IDs, and says Unicode', () => {
    const fields = {
      userId: '2000000001',
      mask: 'ACMEIN',
      principalEntityId: '1101000000000000001',
      dltTemplateId: '$$TemplateID',
    }
    const values = { TemplateID: '1107160000000000001' }
    expect(vendorRequest('gupshup', { ...typed, fields, text: 'नम', values }).body).toBe(
      `${head}&msg=%E0%A4%A8%E0%A4%AE&msg_type=UNICODE_TEXT&format=json&mask=ACMEIN` +
        '&principalEntityId=1101000000000000001&dltTemplateId=1107160000000000001',
    )
  })

  it('sends by the international API with an app and a key', () => {
    const request = vendorRequest('gupshup', {
      api: 'international',
      fields: { appId: '168dcfd9-4461', source: 'ACMEIN' },
      secrets: { apiKey: 'abc123' },
      to: '+447700900123',
    })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.gupshup.io/sms/v1/message/168dcfd9-4461')
    expect(request.headers).toMatchObject({ authorization: 'abc123' })
    expect(request.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect(request.body).toBe('destination=447700900123&message=Hi&source=ACMEIN')
  })

  it('tells an id from a code, which stand in the same place', () => {
    const id = '4027894532190876543-123456789012345678'
    expect(vendorOutcome('gupshup', 200, answer('success', id))).toEqual({
      class: 'accepted',
      code: undefined,
      id,
    })
  })

  it.each([
    ['102', 'misconfigured'],
    ['105', 'rejected'],
    ['106', 'misconfigured'],
    ['175', 'misconfigured'],
    ['199', 'misconfigured'],
  ])('reads the error %s, which comes with 200, as %s', (code, outcome) => {
    expect(vendorOutcome('gupshup', 200, answer('error', code, 'Words'))).toEqual({
      class: outcome,
      code,
      id: '',
    })
  })

  it('reads what the international API answers', () => {
    const api = 'international'
    const submitted = { status: 'submitted', messageId: '888748c2-0049' }
    for (const status of [200, 202]) {
      expect(vendorOutcome('gupshup', status, submitted, api)).toMatchObject({
        class: 'accepted',
        id: '888748c2-0049',
      })
    }
    const refused = { status: 'error', message: 'Invalid Destination' }
    expect(vendorOutcome('gupshup', 400, refused, api).class).toBe('rejected')
    expect(vendorOutcome('gupshup', 401, { status: 'error', message: 'No' }, api).class).toBe('misconfigured')
  })
})
