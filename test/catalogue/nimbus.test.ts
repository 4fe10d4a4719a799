import { describe, expect, it } from 'vitest'
import { vendorOutcome, vendorRequest } from './vendor-request.ts'

const to = '+919000000001'
const secrets = { authkey: '92abcDEF', password: 'p&ss 1' }
const fields = { user: 'acmenet', sender: 'ACMEIN' }
const dlt = { entityId: '1101000000000000001', templateId: '$$TemplateID' }
const values = { TemplateID: '1107160000000000001' }

describe('Nimbus', () => {
  it('sends to nimbusit.net with everything in the address', () => {
    const request = vendorRequest('nimbus', { fields, secrets, to, text: 'Hi there & +' })
    expect(request.method).toBe('GET')
    expect(request.body).toBe('')
    expect(request.url).toBe(
      'https://nimbusit.net/api/pushsms?user=acmenet&authkey=92abcDEF&sender=ACMEIN&mobile=919000000001' +
        '&text=Hi%20there%20%26%20%2B&rpt=1&type=0&output=json',
    )
  })

  it('adds the DLT IDs, leaves the report out and says Unicode', () => {
    const typed = { ...fields, ...dlt, report: '' }
    expect(vendorRequest('nimbus', { fields: typed, secrets, to, text: 'नम', values }).url).toBe(
      'https://nimbusit.net/api/pushsms?user=acmenet&authkey=92abcDEF&sender=ACMEIN&mobile=919000000001' +
        '&text=%E0%A4%A8%E0%A4%AE&entityid=1101000000000000001&templateid=1107160000000000001' +
        '&type=1&output=json',
    )
  })

  it('sends to the other platforms by their own names', () => {
    const typed = { fields: { ...fields, ...dlt }, secrets, to, values }
    expect(vendorRequest('nimbus', { ...typed, api: 'biz' }).url).toBe(
      'https://nimbusit.biz/api/SmsApi/SendSingleApi?UserID=acmenet&Password=p%26ss%201&SenderID=ACMEIN' +
        '&Phno=919000000001&Msg=Hi&EntityID=1101000000000000001&TemplateID=1107160000000000001&FlashMsg=0',
    )
    expect(vendorRequest('nimbus', { ...typed, api: 'legacy' }).url).toBe(
      'http://nimbusit.co.in/api/swsend.asp?username=acmenet&password=p%26ss%201&sender=ACMEIN' +
        '&sendto=919000000001&message=Hi&entityID=1101000000000000001&templateID=1107160000000000001',
    )
  })

  const net = (INFO: string, STATUS = 'ERROR') => ({ STATUS, RESPONSE: { CODE: '100', INFO, UID: 'u-1' } })

  it('reads the id as JSON, from a sentence and as plain text', () => {
    const accepted = (id: string) => ({ class: 'accepted', code: undefined, id })
    expect(vendorOutcome('nimbus', 200, net('SUBMITTED', 'OK'))).toEqual(accepted('u-1'))
    const { STATUS, RESPONSE } = net('SUBMITTED', 'OK')
    expect(vendorOutcome('nimbus', 200, { RESPONSE, STATUS })).toEqual(accepted('u-1'))
    const sentence = { Status: 'OK', Response: { Message: 'Sent. Message ID: 1234567' } }
    expect(vendorOutcome('nimbus', 200, sentence, 'biz')).toEqual(accepted('1234567'))
    for (const api of ['net', 'biz', 'legacy']) {
      expect(vendorOutcome('nimbus', 200, ' 88001234\r\n', api)).toEqual(accepted('88001234'))
    }
  })

  it.each([
    ['Invalid mobile number', 'rejected', 'mobile'],
    ['Insufficient balance', 'misconfigured', 'balance'],
    ['Low credit', 'misconfigured', 'credit'],
    ['Wrong user', 'misconfigured', 'user'],
    ['Invalid Password', 'misconfigured', 'Password'],
    ['Template mismatch', 'misconfigured', 'Template'],
    ['Error in entity id', 'misconfigured', 'entity'],
    ['Something failed', 'misconfigured', '100'],
  ])('reads the error “%s” by its words, as JSON', (words, outcome, code) => {
    expect(vendorOutcome('nimbus', 200, net(words))).toMatchObject({ class: outcome })
    expect(vendorOutcome('nimbus', 200, net(words)).code).toBe(code)
  })

  it('never takes a plain text that names an error, nor a page, for an id', () => {
    for (const api of ['net', 'biz', 'legacy']) {
      expect(vendorOutcome('nimbus', 200, 'Invalid mobile no', api)).toEqual({
        class: 'rejected',
        code: 'mobile',
        id: '',
      })
      expect(vendorOutcome('nimbus', 502, 'Bad Gateway', api)).toMatchObject({ class: 'unknown', id: '' })
      expect(vendorOutcome('nimbus', 502, '502 Bad Gateway', api).id).toBe('')
      expect(vendorOutcome('nimbus', 200, 'Submitted', api)).toMatchObject({ class: 'accepted', id: '' })
      for (const body of ['', '<html><body>Welcome</body></html>', 'Request failed'])
        expect(vendorOutcome('nimbus', 200, body, api).class).not.toBe('accepted')
    }
  })
})
