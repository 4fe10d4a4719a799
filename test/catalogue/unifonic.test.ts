import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const typed = { fields: {}, secrets: { appSid: 'abcdefghijklmnopqrstuvwxyz0123' }, to: '+966500000001' }

const example = {
  success: true,
  message: '',
  errorCode: 'ER-00',
  data: {
    MessageID: '3200017890310',
    CorrelationID: '',
    Status: 'Queued',
    NumberOfUnits: '1',
    Cost: 0,
    Balance: '0',
    Recipient: '9665XXXXXXXX',
    TimeCreated: '2025-07-01 10:00:00',
    CurrencyCode: 'USD',
  },
}

describe('Unifonic', () => {
  it('sends with the fewest fields', () => {
    const request = vendorRequest('unifonic', typed)
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://el.cloud.unifonic.com/rest/SMS/messages')
    expect(request.headers).toMatchObject({ accept: 'application/json' })
    expect(request.body).toBe(
      `AppSid=abcdefghijklmnopqrstuvwxyz0123&Recipient=966500000001&Body=Hi&responseType=JSON&CorrelationID=${messageId}`,
    )
  })

  it('sends a Unicode text with a sender', () => {
    const { body } = vendorRequest('unifonic', { ...typed, fields: { senderId: 'Acme' }, text: 'مرحبا' })
    expect(body).toBe(
      'AppSid=abcdefghijklmnopqrstuvwxyz0123&Recipient=966500000001' +
        '&Body=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7&SenderID=Acme' +
        `&responseType=JSON&CorrelationID=${messageId}`,
    )
  })

  it.each([true, 'true'])('takes success as %j', (success) => {
    expect(vendorOutcome('unifonic', 200, { ...example, success })).toEqual({
      class: 'accepted',
      code: undefined,
      id: '3200017890310',
    })
  })

  it.each([
    ['ER-01', 'misconfigured'],
    ['ER-02', 'rejected'],
    ['ER-04', 'rejected'],
    ['ER-05', 'unavailable'],
    ['ER-07', 'unavailable'],
    ['ER-08', 'misconfigured'],
    ['401', 'misconfigured'],
    ['482', 'rejected'],
    ['999', 'misconfigured'],
  ])('reads the error %s, which comes with 200, as %s', (errorCode, outcome) => {
    for (const success of [false, 'false']) {
      const body = { success, message: 'Words', errorCode }
      expect(vendorOutcome('unifonic', 200, body)).toEqual({ class: outcome, code: errorCode, id: '' })
    }
  })
})
