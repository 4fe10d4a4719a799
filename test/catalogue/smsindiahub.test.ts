import { describe, expect, it } from 'vitest'
import { vendorOutcome, vendorRequest } from './vendor-request.ts'

const typed = { fields: { sid: 'ACMEIN' }, secrets: { apiKey: 'k+/=9' }, to: '+919000000001' }
const dlt = { peId: '1101000000000000001', dltTemplateId: '$$TemplateID' }
const values = { TemplateID: '1107160000000000001' }
const answer = (ErrorCode: string) => ({ ErrorCode, ErrorMessage: 'Words', JobId: null, MessageData: null })

describe('SMSINDIAHUB', () => {
  it('sends by pushsms with the fewest fields', () => {
    const request = vendorRequest('smsindiahub', typed)
    expect(request.method).toBe('GET')
    expect(request.body).toBe('')
    expect(request.url).toBe(
      'https://cloud.smsindiahub.in/vendorsms/pushsms.aspx?APIKey=k%2B%2F%3D9&msisdn=919000000001' +
        '&sid=ACMEIN&msg=Hi&fl=0&dc=0&gwid=2',
    )
  })

  it('calls the DLT parameters as the account does, and leaves the gateway out for promotions', () => {
    const fields = {
      ...typed.fields,
      ...dlt,
      gwid: '',
      flash: '1',
      peName: 'peid',
      templateName: 'templateid',
    }
    expect(vendorRequest('smsindiahub', { ...typed, fields, values, text: 'नम' }).url).toBe(
      'https://cloud.smsindiahub.in/vendorsms/pushsms.aspx?APIKey=k%2B%2F%3D9&msisdn=919000000001' +
        '&sid=ACMEIN&msg=%E0%A4%A8%E0%A4%AE&fl=1&dc=8&peid=1101000000000000001&templateid=1107160000000000001',
    )
  })

  it('sends by api/mt, as an address', () => {
    const fields = { ...typed.fields, ...dlt, channel: 'OTP', route: '8' }
    const request = vendorRequest('smsindiahub', { ...typed, api: 'mt', fields, values })
    expect(request.method).toBe('GET')
    expect(request.url).toBe(
      'https://cloud.smsindiahub.in/api/mt/SendSMS?APIKey=k%2B%2F%3D9&senderid=ACMEIN&channel=OTP&DCS=0' +
        '&flashsms=0&number=919000000001&text=Hi&route=8&DLTTemplateId=1107160000000000001' +
        '&PEId=1101000000000000001',
    )
  })

  it('sends by api/mt, as JSON', () => {
    const request = vendorRequest('smsindiahub', { ...typed, api: 'mtJson', text: 'नम' })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://cloud.smsindiahub.in/api/mt/SendSMS')
    expect(JSON.parse(request.body)).toEqual({
      Account: { APIKey: 'k+/=9', SenderId: 'ACMEIN', Channel: 'Trans', DCS: '8', FlashMessage: '0' },
      Messages: [{ Number: '919000000001', Text: 'नम' }],
    })
    const full = { ...typed, api: 'mtJson', fields: { ...typed.fields, ...dlt, route: '8' }, values }
    expect(JSON.parse(vendorRequest('smsindiahub', full).body)).toMatchObject({
      Account: { Route: '8', EntityId: '1101000000000000001' },
      Messages: [{ DLTTemplateId: '1107160000000000001' }],
    })
  })

  it('reads the id of the message, else of the job', () => {
    const MessageData = [{ Number: '919000000001', MessageId: 'm-1' }]
    const done = { ErrorCode: '000', ErrorMessage: 'Done', JobId: 'j-1', MessageData }
    expect(vendorOutcome('smsindiahub', 200, done)).toMatchObject({ class: 'accepted', id: 'm-1' })
    expect(vendorOutcome('smsindiahub', 200, { ...done, MessageData: null }).id).toBe('j-1')
  })

  it.each([
    ['001', 'misconfigured'],
    ['006', 'unavailable'],
    ['007', 'misconfigured'],
    ['013', 'rejected'],
    ['015', 'misconfigured'],
    ['021', 'misconfigured'],
    ['024', 'misconfigured'],
    ['999', 'misconfigured'],
  ])('reads the code %s, which comes with 200, as %s', (code, outcome) => {
    for (const api of ['pushsms', 'mt', 'mtJson']) {
      expect(vendorOutcome('smsindiahub', 200, answer(code), api)).toEqual({ class: outcome, code, id: '' })
    }
  })
})
