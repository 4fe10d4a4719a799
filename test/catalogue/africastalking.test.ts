import { describe, expect, it } from 'vitest'
import { vendorOutcome, vendorRequest } from './vendor-request.ts'

const secrets = { apiKey: 'atsk_0123' }

describe('Africa’s Talking', () => {
  it('asks the live address with the key in a header of its own', () => {
    const request = vendorRequest('africastalking', {
      fields: { username: 'shop', from: 'ACME' },
      secrets,
      to: '+254711222333',
      text: 'Habari & karibu + 1',
    })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.africastalking.com/version1/messaging')
    expect(request.headers).toMatchObject({
      apikey: 'atsk_0123',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(request.body).toBe(
      'username=shop&to=%2B254711222333&message=Habari+%26+karibu+%2B+1&from=ACME',
    )
  })

  it('asks the sandbox, and to queue', () => {
    const request = vendorRequest('africastalking', {
      fields: { environment: 'api.sandbox.africastalking.com', username: 'sandbox', enqueue: '1' },
      secrets,
    })
    expect(request.url).toBe('https://api.sandbox.africastalking.com/version1/messaging')
    expect(request.body).toBe('username=sandbox&to=%2B15550002222&message=Hi&enqueue=1')
  })

  const told = (statusCode: number, status: string, messageId = 'None') => ({
    SMSMessageData: {
      Message: 'Sent to 0/1 Total Cost: 0',
      Recipients: [{ cost: '0', messageId, number: '+254711222333', status, statusCode }],
    },
  })
  it.each([
    [201, told(101, 'Success', 'ATXid_1'), { class: 'accepted', id: 'ATXid_1' }],
    [201, told(100, 'Processed', 'ATXid_2'), { class: 'accepted', id: 'ATXid_2' }],
    [201, told(102, 'Queued', 'ATXid_3'), { class: 'accepted', id: 'ATXid_3' }],
    [201, told(403, 'InvalidPhoneNumber'), { class: 'rejected', code: '403', id: '' }],
    [201, told(406, 'UserInBlacklist'), { class: 'rejected', code: '406' }],
    [201, told(405, 'InsufficientBalance'), { class: 'misconfigured', code: '405' }],
    [201, told(402, 'InvalidSenderId'), { class: 'misconfigured', code: '402' }],
    [201, told(407, 'CouldNotRoute'), { class: 'unavailable', code: '407' }],
    [201, told(500, 'InternalServerError'), { class: 'unknown', code: '500' }],
    [401, 'The supplied authentication is invalid', { class: 'misconfigured' }],
    [429, 'Too many requests', { class: 'unavailable' }],
  ])('reads an answer %i %j', (status, body, expected) => {
    expect(vendorOutcome('africastalking', status, body)).toMatchObject(expected)
  })
})
