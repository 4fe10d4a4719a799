import { describe, expect, it } from 'vitest'
import { messageId, vendorOutcome, vendorRequest } from './vendor-request.ts'

const authKey = '123456Abcdefghijklmnopqrs'
const templateId = '5f3b1c2d4e5f6a7b8c9d0e1f'
const to = '+919000000001'

describe('MSG91', () => {
  it('sends a template whose variable holds the text', () => {
    const request = vendorRequest('msg91', { fields: { templateId }, secrets: { authKey }, to })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://control.msg91.com/api/v5/flow')
    expect(request.headers).toMatchObject({
      authkey: authKey,
      accept: 'application/json',
      'content-type': 'application/json',
    })
    expect(JSON.parse(request.body)).toEqual({
      template_id: templateId,
      CRQID: messageId,
      recipients: [{ mobiles: '919000000001', VAR1: 'Hi' }],
    })
  })

  it('names the variable as typed, takes the template of the message and adds the options', () => {
    const { body } = vendorRequest('msg91', {
      fields: {
        templateId: '$$TemplateID',
        variable: 'otp',
        senderId: 'ACMEIN',
        shortUrl: '1',
        shortUrlExpiry: '86400',
      },
      secrets: { authKey },
      to,
      text: 'नमस्ते "A"\n',
      values: { TemplateID: templateId },
    })
    expect(body).toBe(
      `{
  "template_id": "${templateId}",
  "short_url": "1",
  "short_url_expiry": "86400",
  "sender": "ACMEIN",
  "CRQID": "${messageId}",
  "recipients": [
    {
      "otp": "नमस्ते \\"A\\"\\n",
      "mobiles": "919000000001"
    }
  ]
}`,
    )
  })

  const free = { api: 'sendhttp', fields: { sender: 'ACMEIN' }, secrets: { authKey }, to }

  it('sends free text by the older API', () => {
    const request = vendorRequest('msg91', { ...free, text: 'Hi & bye' })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://api.msg91.com/api/sendhttp.php')
    expect(request.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect(request.body).toBe(
      `authkey=${authKey}&mobiles=919000000001&message=Hi+%26+bye&sender=ACMEIN&route=4&unicode=0&response=json`,
    )
  })

  it('says that a text is Unicode, and adds the registered template', () => {
    const fields = { sender: 'ACMEIN', route: '1', country: '91', dltTemplateId: '1107160000000000001' }
    expect(vendorRequest('msg91', { ...free, fields, text: 'नम' }).body).toBe(
      `authkey=${authKey}&mobiles=919000000001&message=%E0%A4%A8%E0%A4%AE&sender=ACMEIN&route=1&country=91&unicode=1&DLT_TE_ID=1107160000000000001&response=json`,
    )
  })

  it.each([
    [200, { type: 'success', message: '3763646c3058373530393938' }, 'accepted', undefined],
    [400, { type: 'error', message: 'template id missing' }, 'misconfigured', 'template'],
    [200, { type: 'error', message: 'Missing Authentication Key', code: '106' }, 'misconfigured', '106'],
    [401, { type: 'error', message: 'Invalid authkey' }, 'misconfigured', 'authkey'],
    [401, { type: 'error', message: 'Unauthorized' }, 'misconfigured', undefined],
    [200, { type: 'error', message: 'Invalid mobile number', code: '202' }, 'rejected', '202'],
    [400, { type: 'error', message: 'Please enter a valid mobile number' }, 'rejected', 'mobile'],
    [200, { type: 'error', message: 'No balance', code: 301 }, 'misconfigured', '301'],
    [418, { type: 'error', message: 'IP not whitelisted', code: '418' }, 'misconfigured', '418'],
    [200, { type: 'error', message: 'Route closed', code: '306' }, 'unavailable', '306'],
    [429, { type: 'error', message: 'Slow down' }, 'unavailable', undefined],
    [500, { type: 'error', message: 'Oops' }, 'unknown', undefined],
  ])('reads an answer %i %j as %s', (status, body, outcome, code) => {
    for (const api of ['flow', 'sendhttp']) {
      const read = vendorOutcome('msg91', status, body, api)
      expect(read).toMatchObject({ class: outcome, ...(code !== undefined && { code }) })
      expect(read.id).toBe(outcome === 'accepted' ? '3763646c3058373530393938' : '')
    }
  })
})
