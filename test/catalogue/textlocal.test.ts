import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const secrets = { apiKey: 'NmE1ZjA4-x+/=' }
const to = '+919000000001'

const example = {
  balance: 100,
  batch_id: 100000001,
  cost: 1,
  num_messages: 1,
  message: { num_parts: 1, sender: 'TXTLCL', content: 'Hi' },
  receipt_url: '',
  custom: '',
  messages: [{ id: '1', recipient: '91XXXXXXXXXX' }],
  status: 'success',
}

const failure = (code: number, message: string) => ({ errors: [{ code, message }], status: 'failure' })

describe('TextLocal', () => {
  it('sends with the fewest fields, to India', () => {
    const request = vendorRequest('textlocal', { fields: {}, secrets, to })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.textlocal.in/send/')
    expect(request.body).toBe(
      `apikey=NmE1ZjA4-x%2B%2F%3D&numbers=919000000001&message=Hi&unicode=false&custom=${messageId}`,
    )
  })

  it('sends all that is filled in, to the UK, as Unicode', () => {
    const request = vendorRequest('textlocal', {
      fields: {
        host: 'api.txtlocal.com',
        sender: 'Jims Autos',
        callbackUrl: 'https://sms.example.com/r',
        test: 'true',
      },
      secrets,
      to: '+447700900123',
      text: 'naïve ✓',
    })
    expect(request.url).toBe('https://api.txtlocal.com/send/')
    expect(request.body).toBe(
      'apikey=NmE1ZjA4-x%2B%2F%3D&numbers=447700900123&message=na%C3%AFve+%E2%9C%93&sender=Jims+Autos' +
        `&unicode=true&custom=${messageId}&receipt_url=https%3A%2F%2Fsms.example.com%2Fr&test=true`,
    )
  })

  it('reads the id of the message, else of the batch', () => {
    expect(vendorOutcome('textlocal', 200, example)).toEqual({ class: 'accepted', code: undefined, id: '1' })
    expect(vendorOutcome('textlocal', 200, { ...example, messages: [] }).id).toBe('100000001')
  })

  it('is not misled by warnings beside a success', () => {
    const warned = { ...example, warnings: [{ message: 'Number is in DND', numbers: '91XXXXXXXXXX' }] }
    expect(vendorOutcome('textlocal', 200, warned).class).toBe('accepted')
  })

  it.each([
    [3, 'misconfigured'],
    [6, 'rejected'],
    [7, 'misconfigured'],
    [32, 'rejected'],
    [43, 'misconfigured'],
    [51, 'rejected'],
    [192, 'unavailable'],
    [204, 'misconfigured'],
  ])('reads the failure %i, which comes with 200, as %s', (code, outcome) => {
    const read = vendorOutcome('textlocal', 200, failure(code, 'Words'))
    expect(read).toEqual({ class: outcome, code: String(code), id: '' })
  })

  it('takes a code that is not known for a fault of the settings', () => {
    expect(vendorOutcome('textlocal', 200, failure(999, 'New'))).toMatchObject({ class: 'misconfigured' })
  })
})
