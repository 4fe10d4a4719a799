import { describe, expect, it } from 'vitest'
import { Ids } from '../../electron/simulator/vendor/ids.ts'
import { VendorImitation } from '../../electron/simulator/vendor/imitation.ts'
import { vendor, vendorRequest } from './vendor-request.ts'

interface Case {
  id: string
  api: string
  fields: Record<string, string>
  secrets: Record<string, string>
}

const presets = {
  twilio: {
    id: 'twilio',
    api: 'messages',
    fields: { accountSid: `AC${'0'.repeat(32)}`, from: '+15550001111' },
    secrets: { authToken: '0'.repeat(32) },
  },
  plivo: {
    id: 'plivo',
    api: 'messages',
    fields: { authId: 'MA0123456789ABCDEFGH', src: '15550001111' },
    secrets: { authToken: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk' },
  },
  vonageSms: {
    id: 'vonage',
    api: 'sms',
    fields: { apiKey: 'abcd1234', from: 'ACME' },
    secrets: { apiSecret: '0123456789abcdef' },
  },
  vonageMessages: {
    id: 'vonage',
    api: 'messages',
    fields: { apiKey: 'abcd1234', from: 'ACME' },
    secrets: { apiSecret: '0123456789abcdef' },
  },
  infobip: {
    id: 'infobip',
    api: 'v3',
    fields: { baseUrl: 'x1.api.infobip.com', from: 'InfoSMS' },
    secrets: { apiKey: '0123456789abcdef-0123' },
  },
  telnyx: {
    id: 'telnyx',
    api: 'messages',
    fields: { from: '+15550001111' },
    secrets: { apiKey: 'KEY0123456789ABCDEF' },
  },
  sinch: {
    id: 'sinch',
    api: 'batches',
    fields: { servicePlanId: 'plan1234', from: '15550001111' },
    secrets: { apiToken: '0123456789abcdef' },
  },
} satisfies Record<string, Case>

type Changes = Record<string, unknown>

/** Undefined takes a field away. */
function changed(body: string, contentType: string, changes: Changes): string {
  if (contentType.includes('json')) return JSON.stringify({ ...(JSON.parse(body) as object), ...changes })
  const form = new URLSearchParams(body)
  for (const [name, value] of Object.entries(changes)) {
    form.delete(name)
    if (value !== undefined) form.set(name, String(value))
  }
  return String(form)
}

/** The preset's request with another body, and how the vendor's imitation answers to it. */
function ask(preset: Case, changes: Changes, secret?: string) {
  const secrets = secret === undefined ? preset.secrets : mapped(preset.secrets, secret)
  const request = vendorRequest(preset.id, { ...preset, secrets })
  const imitation = new VendorImitation(vendor(preset.id), { now: () => 0, ids: () => new Ids(1) })
  const body = changed(request.body, request.headers['content-type'] ?? '', changes)
  const handling = imitation.handle({ ...request, body, url: new URL(request.url).pathname })
  if (handling.kind !== 'message') return handling.reply
  const decision = handling.exchange.decide()
  if (decision.kind !== 'reply') throw new Error(decision.kind)
  return decision.reply
}

const mapped = (secrets: Record<string, string>, value: string) =>
  Object.fromEntries(Object.keys(secrets).map((key) => [key, value]))

const to = (number: unknown) => ({
  messages: [{ sender: 'A', destinations: [{ to: number }], content: { text: 'Hi' } }],
})

describe('each vendor’s own refusals, in its own order', () => {
  it.each<[keyof typeof presets, Changes, number, string]>([
    ['twilio', {}, 201, '"status":"queued"'],
    ['twilio', { StatusCallback: 'https://a_b.example.com/' }, 400, '"code":21609'],
    ['twilio', { ValidityPeriod: '36001' }, 400, '"code":21624'],
    ['twilio', { From: undefined, MessagingServiceSid: 'MG1' }, 400, '"code":21705'],
    // Without a sender nobody asks for the text, and without a text nobody looks at the number.
    ['twilio', { From: undefined, Body: undefined }, 400, '"code":21603'],
    ['twilio', { Body: undefined, To: '12' }, 400, '"code":21602'],
    ['plivo', {}, 202, '"message":"message(s) queued"'],
    ['plivo', { src: undefined }, 400, 'src or powerpack_uuid'],
    ['plivo', { src: undefined, powerpack_uuid: 'pool' }, 400, 'powerpack_uuid parameter is invalid'],
    ['plivo', { dst: undefined }, 400, 'dst parameter is required'],
    ['plivo', { dst: '12' }, 400, '"error":"dst parameter is invalid"'],
    ['plivo', { text: undefined }, 400, 'text parameter is required'],
    ['vonageSms', {}, 200, '"status":"0"'],
    ['vonageSms', { from: undefined }, 200, '"status":"2","error-text":"Missing from param"'],
    ['vonageSms', { text: undefined, to: '12' }, 200, '"status":"2","error-text":"Missing text param"'],
    ['vonageSms', { type: 'wap' }, 200, '"status":"3"'],
    ['vonageSms', { from: 'A name that is too long' }, 200, '"status":"15"'],
    ['vonageSms', { callback: 'example.com' }, 200, '"status":"23"'],
    ['vonageSms', { to: '12' }, 200, '"status":"6"'],
    ['vonageMessages', {}, 202, '{"message_uuid":"'],
    ['vonageMessages', { channel: 'fax' }, 422, 'messages#1020'],
    ['vonageMessages', { text: undefined }, 422, 'messages#1020'],
    ['vonageMessages', { from: 'A name that is too long' }, 422, 'messages#1120'],
    ['vonageMessages', { to: '12' }, 422, 'messages#1170'],
    ['infobip', {}, 200, '"groupId":1'],
    ['infobip', { messages: [] }, 400, '"messageId":"BAD_REQUEST"'],
    ['infobip', to(undefined), 200, '"groupId":5,"groupName":"REJECTED","id":51'],
    ['infobip', to('12'), 200, '"groupId":5,"groupName":"REJECTED","id":52'],
    ['telnyx', {}, 200, '"record_type":"message"'],
    ['telnyx', { to: undefined }, 422, '"code":"10004"'],
    ['telnyx', { from: undefined }, 422, '"code":"10004"'],
    ['telnyx', { from: 'A name that is too long' }, 422, '"code":"40305"'],
    // Digits alone are no E.164 number to it.
    ['telnyx', { to: '14155550123' }, 422, '"code":"40310"'],
    ['sinch', {}, 201, '"type":"mt_text"'],
    ['sinch', { to: [] }, 400, '"code":"syntax_constraint_violation"'],
    ['sinch', { delivery_report: 'all' }, 400, '"code":"syntax_constraint_violation"'],
    ['sinch', { to: ['12'] }, 400, '"code":"syntax_invalid_parameter_format"'],
  ])('%s with %j', (name, changes, status, part) => {
    const reply = ask(presets[name], changes)
    expect(reply.body).toContain(part)
    expect(reply.status).toBe(status)
  })

  it.each<[keyof typeof presets, number, string]>([
    ['twilio', 401, '"code":20003'],
    ['plivo', 401, 'Could not verify your access level'],
    ['vonageSms', 200, '"status":"4"'],
    ['vonageMessages', 401, 'api-errors#unauthorized'],
    ['infobip', 401, '"messageId":"UNAUTHORIZED"'],
    ['telnyx', 401, '"code":"10009"'],
    ['sinch', 401, ''],
  ])('%s looks at the credentials before all else', (name, status, part) => {
    const nothing = { To: undefined, dst: undefined, to: undefined, text: undefined, messages: undefined }
    const reply = ask(presets[name], nothing, 'wrong secret')
    expect(reply.status).toBe(status)
    expect(reply.body).toContain(part)
  })

  it('keeps the id that a request to Infobip brings, also where it is refused', () => {
    const own = (number: string) => ({
      messages: [
        { sender: 'A', destinations: [{ to: number, messageId: 'mine-1' }], content: { text: 'Hi' } },
      ],
    })
    expect(ask(presets.infobip, own('15550002222')).body).toContain('"messageId":"mine-1"')
    expect(ask(presets.infobip, own('12')).body).toContain('"messageId":"mine-1"')
  })

  it('says nothing of receipts that were not asked of Sinch', () => {
    expect(ask(presets.sinch, { delivery_report: undefined }).body).toContain('"delivery_report":"none"')
    expect(ask(presets.sinch, {}).body).toContain('"delivery_report":"per_recipient"')
  })
})
