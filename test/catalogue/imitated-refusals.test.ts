import { describe, expect, it } from 'vitest'
import { Ids } from '../../electron/simulator/vendor/ids.ts'
import { VendorImitation } from '../../electron/simulator/vendor/imitation.ts'
import { vendor, vendorOutcome, vendorRequest } from './vendor-request.ts'

interface Case {
  id: string
  api: string
  fields: Record<string, string>
  /** What the imitation takes for the sender. */
  from: string
}

const cases: Case[] = [
  { id: 'msg91', api: 'flow', fields: { templateId: '5f3b1c2d4e5f6a7b8c9d0e1f', variable: 'otp' }, from: '' },
  { id: 'msg91', api: 'sendhttp', fields: { sender: 'ACMEIN' }, from: 'ACMEIN' },
  { id: 'exotel', api: 'sms', fields: { accountSid: 'acme1', from: '0800/ACMEIN' }, from: '0800/ACMEIN' },
  { id: 'textlocal', api: 'send', fields: { sender: 'Acme' }, from: 'Acme' },
  { id: 'bulksms', api: 'messages', fields: { tokenId: 'T-1', from: 'Acme' }, from: 'Acme' },
  ...['net', 'biz', 'legacy'].map((api) => nimbus(api)),
  ...['pushsms', 'mt', 'mtJson'].map((api) => ({
    id: 'smsindiahub',
    api,
    fields: { sid: 'ACMEIN' },
    from: 'ACMEIN',
  })),
  { id: 'gupshup', api: 'enterprise', fields: { userId: '2000000001', mask: 'ACMEIN' }, from: 'ACMEIN' },
  { id: 'gupshup', api: 'international', fields: { appId: 'app-1', source: 'ACMEIN' }, from: 'ACMEIN' },
  { id: 'kaleyra', api: 'messages', fields: { sid: 'HX1', sender: 'ACMEIN' }, from: 'ACMEIN' },
  { id: 'unifonic', api: 'rest', fields: { senderId: 'Acme' }, from: 'Acme' },
]

function nimbus(api: string): Case {
  return { id: 'nimbus', api, fields: { user: 'acme', sender: 'ACMEIN' }, from: 'ACMEIN' }
}

const imitationOf = (id: string) =>
  new VendorImitation(vendor(id), { now: () => Date.UTC(2026, 0, 1), ids: () => new Ids(1) })

interface Sent {
  secret?: string
  to?: string
  text?: string
  fields?: Record<string, string>
}

/** A request as the preset sends it, to the vendor's imitation, and what the preset makes of the answer. */
function exchange({ id, api, fields }: Case, sent: Sent = {}, imitation = imitationOf(id)) {
  const { secret = 'Abcdefghij0123456789', to = '+919000000001', text = 'Hello' } = sent
  const keys = vendor(id).fields.filter((field) => field.secret)
  const secrets = Object.fromEntries(keys.map(({ key }) => [key, secret]))
  const request = vendorRequest(id, { api, fields: { ...fields, ...sent.fields }, secrets, to, text })
  const { pathname, search } = new URL(request.url)
  const handling = imitation.handle({ ...request, url: pathname + search })
  if (handling.kind !== 'message') throw new Error(handling.reply.body)
  const decision = handling.exchange.decide()
  if (decision.kind !== 'reply') throw new Error(decision.kind)
  const { status, headers, body } = decision.reply
  const answer: unknown = headers['content-type']?.includes('json') ? JSON.parse(body) : body
  const message = { to: handling.exchange.to, from: handling.exchange.from, text: handling.exchange.text }
  return { ...vendorOutcome(id, status, answer, api), message, status, answer }
}

const caseOf = (id: string, api?: string) => {
  const found = cases.find((one) => one.id === id && (api === undefined || one.api === api))
  if (!found) throw new Error(`There is no case for ${id}.`)
  return found
}

describe.each(cases)('the imitation of $id ($api)', (one) => {
  it('takes what the preset sends, and reads number, sender and text', () => {
    const taken = exchange(one)
    expect(JSON.stringify(taken.answer)).not.toContain('{{')
    expect(taken.class).toBe('accepted')
    expect(taken.id).toMatch(/^[0-9a-zA-Z:-]{9,}$/)
    expect({ ...taken.message, to: taken.message.to.replace('+', '') }).toEqual({
      to: '919000000001',
      from: one.from,
      text: 'Hello',
    })
  })

  it('refuses credentials that begin with bad, before it looks at the number', () => {
    const refused = exchange(one, { secret: 'badSecret' })
    expect(refused).toMatchObject({ class: 'misconfigured', id: '' })
    expect(exchange(one, { secret: 'badSecret', to: '+1' }).answer).toEqual(refused.answer)
  })

  it('rejects a number that is none', () => {
    expect(exchange(one, { to: '+911' })).toMatchObject({ class: 'rejected', id: '' })
  })
})

describe('refusals in the vendors’ own words', () => {
  const failure = (code: number, message: string) => ({ errors: [{ code, message }], status: 'failure' })
  it.each<[string, string, Sent, number, unknown]>([
    ['msg91', 'flow', { fields: { templateId: '' } }, 400, { type: 'error', message: 'template id missing' }],
    [
      'msg91',
      'sendhttp',
      { fields: { sender: '' } },
      200,
      { type: 'error', message: 'Missing sender', code: '103' },
    ],
    ['textlocal', 'send', { secret: 'wrong' }, 200, failure(3, 'Invalid login details')],
    ['textlocal', 'send', { text: 'x'.repeat(767) }, 200, failure(6, 'Message too long')],
    [
      'smsindiahub',
      'mtJson',
      { secret: 'wrong' },
      200,
      { ErrorCode: '007', ErrorMessage: 'Invalid user or password', JobId: null, MessageData: null },
    ],
    [
      'gupshup',
      'enterprise',
      { to: '+911' },
      200,
      { response: { id: '105', phone: '', details: 'The phone number is not valid.', status: 'error' } },
    ],
    ['kaleyra', 'messages', { to: '+911' }, 400, { error: { to: 'invalid number' } }],
    [
      'unifonic',
      'rest',
      { to: '+911' },
      200,
      { success: 'false', message: 'Destination number too short', errorCode: 'ER-04' },
    ],
    [
      'exotel',
      'sms',
      { secret: 'wrong' },
      401,
      { RestException: { Status: 401, Message: 'Authentication is required', Code: 'UNAUTHORIZED' } },
    ],
  ])('%s (%s) with %j', (id, api, sent, status, answer) => {
    expect(exchange(caseOf(id, api), sent)).toMatchObject({ status, answer })
  })

  it.each<[string, Sent, string, string]>([
    ['exotel', { text: 'x'.repeat(2001) }, 'misconfigured', '400'],
    ['exotel', { to: '+911' }, 'rejected', 'Invalid Recipient'],
    ['bulksms', { fields: { routingGroup: 'CHEAP' } }, 'misconfigured', 'bad-request'],
    ['bulksms', { text: '' }, 'misconfigured', 'bad-request'],
    ['kaleyra', { fields: { type: 'NEWS' } }, 'misconfigured', 'type'],
    ['unifonic', { text: '' }, 'misconfigured', 'ER-06'],
    ['unifonic', { to: '+9190000000011234' }, 'rejected', 'ER-03'],
    ['nimbus', { fields: { templateId: '12' } }, 'misconfigured', 'template'],
  ])('%s with %j is %s by %s', (id, sent, outcome, code) => {
    expect(exchange(caseOf(id), sent)).toMatchObject({ class: outcome, code })
  })
})

describe('what can be read back', () => {
  const authorization = `Basic ${Buffer.from('T-1:secret').toString('base64')}`
  const get = (
    imitation: VendorImitation,
    url: string,
    headers: Record<string, string> = { authorization },
  ) => {
    const handling = imitation.handle({ method: 'GET', url, headers, body: '' })
    if (handling.kind !== 'answered') throw new Error('This is a message.')
    return { status: handling.reply.status, body: JSON.parse(handling.reply.body) as unknown }
  }

  it('tells how far a message of Exotel is, of its own account only', () => {
    const imitation = imitationOf('exotel')
    const { id } = exchange(caseOf('exotel'), {}, imitation)
    const at = (account: string) => get(imitation, `/v1/Accounts/${account}/SMS/Messages/${id}.json`)
    expect(at('acme1')).toMatchObject({
      status: 200,
      body: { SMSMessage: { Sid: id, Status: 'queued', To: '+919000000001', Body: 'Hello' } },
    })
    expect(at('other')).toMatchObject({ status: 404, body: { RestException: { Status: 404 } } })
  })

  it('lists the messages of BulkSMS, and the credits of the account', () => {
    const imitation = imitationOf('bulksms')
    const { id } = exchange(caseOf('bulksms'), {}, imitation)
    const message = { id, status: { id: 'ACCEPTED.null' }, encoding: 'TEXT', body: 'Hello' }
    expect(get(imitation, '/v1/messages')).toMatchObject({ status: 200, body: [message] })
    expect(get(imitation, `/v1/messages/${id}`)).toMatchObject({ status: 200, body: message })
    expect(get(imitation, '/v1/messages/1').status).toBe(404)
    expect(get(imitation, '/v1/profile')).toMatchObject({
      status: 200,
      body: { username: 'T-1', credits: { balance: 100 } },
    })
    expect(get(imitation, '/v1/profile', {}).status).toBe(401)
  })

  it('lets an account of Exotel make 200 requests a minute', () => {
    const imitation = imitationOf('exotel')
    for (let count = 0; count < 200; count += 1) exchange(caseOf('exotel'), {}, imitation)
    expect(exchange(caseOf('exotel'), {}, imitation)).toMatchObject({ class: 'unavailable', status: 429 })
  })
})
