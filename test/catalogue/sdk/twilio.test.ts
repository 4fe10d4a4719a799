import twilio from 'twilio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

/** The SDK's own client of HTTP; only the host that it asks is another. */
class LocalClient extends twilio.RequestClient {
  private readonly address: string

  constructor(address: string) {
    super()
    this.address = address
  }

  override request<Data>(options: Parameters<twilio.RequestClient['request']>[0]) {
    const uri = options.uri.replace('https://api.twilio.com', this.address)
    return super.request<Data>({ ...options, uri } as never)
  }
}

const accountSid = 'AC0123456789abcdef0123456789abcdef'
const apiKeySid = 'SK0123456789abcdef0123456789abcdef'
const authToken = '00112233445566778899aabbccddeeff'
const from = '+15550001111'
const to = '+14155550123'

let test: TestWorkbench
let address: string
beforeAll(async () => {
  test = await openTestWorkbench()
  address = `${(await test.call('simulator.start', undefined)).address}/twilio`
})
afterAll(() => test.close())

const client = (user = accountSid, password = authToken) =>
  twilio(user, password, { accountSid, httpClient: new LocalClient(address) })

const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => null,
    (error: unknown) => error,
  )

describe('Twilio’s own SDK', () => {
  it('sends a message and reads it back', async () => {
    const sent = await client().messages.create({ to, from, body: 'Hello €' })
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/)
    expect(sent).toMatchObject({
      accountSid,
      apiVersion: '2010-04-01',
      body: 'Hello €',
      direction: 'outbound-api',
      errorCode: null,
      errorMessage: null,
      from,
      messagingServiceSid: null,
      numMedia: '0',
      numSegments: '1',
      price: null,
      priceUnit: 'USD',
      status: 'queued',
      to,
    })
    expect(sent.dateCreated.getTime()).toBeGreaterThan(0)
    const fetched = await client().messages(sent.sid).fetch()
    expect(fetched).toMatchObject({ sid: sent.sid, body: 'Hello €', from, to, numSegments: '1' })
    expect(fetched.dateCreated).toEqual(sent.dateCreated)
  })

  it('lists what was sent, the newest first', async () => {
    const first = await client().messages.create({ to, from, body: 'One' })
    const second = await client().messages.create({ to, from, body: 'Two' })
    const [newest, next] = await client().messages.list({ limit: 2 })
    expect([newest?.sid, newest?.body]).toEqual([second.sid, 'Two'])
    expect([next?.sid, next?.body]).toEqual([first.sid, 'One'])
  })

  it('sends through a Messaging Service, which picks the sender later', async () => {
    const messagingServiceSid = 'MG0123456789abcdef0123456789abcdef'
    const sent = await client().messages.create({ to, messagingServiceSid, body: 'Hi' })
    expect(sent).toMatchObject({ status: 'accepted', from: null, messagingServiceSid, numSegments: '0' })
  })

  it('signs in with an API key, and reads its account', async () => {
    const keyed = client(apiKeySid, 'AbCdEfGhIjKlMnOpQrStUvWxYz012345')
    expect((await keyed.messages.create({ to, from, body: 'Hi' })).status).toBe('queued')
    expect(await keyed.api.v2010.accounts(accountSid).fetch()).toMatchObject({
      sid: accountSid,
      status: 'active',
      type: 'Full',
    })
  })

  it.each([
    ['bad credentials', { to, from, body: 'Hi' }, 'not-the-token', 401, 20003],
    ['a bad number', { to: '12', from, body: 'Hi' }, authToken, 400, 21211],
    ['its own bad number', { to: '+15005550001', from, body: 'Hi' }, authToken, 400, 21211],
    ['a number that cannot be reached', { to: '+15005550002', from, body: 'Hi' }, authToken, 400, 21612],
    ['a region that is not enabled', { to: '+15005550003', from, body: 'Hi' }, authToken, 400, 21408],
    ['a number that opted out', { to: '+15005550004', from, body: 'Hi' }, authToken, 400, 21610],
    ['a number that is not mobile', { to: '+15005550009', from, body: 'Hi' }, authToken, 400, 21614],
    ['a sender that is not valid', { to, from: '+15005550001', body: 'Hi' }, authToken, 400, 21212],
    ['a sender of somebody else', { to, from: '+15005550007', body: 'Hi' }, authToken, 400, 21606],
    ['a full queue', { to, from: '+15005550008', body: 'Hi' }, authToken, 429, 21611],
    ['no sender', { to, body: 'Hi' }, authToken, 400, 21603],
    ['no text', { to, from }, authToken, 400, 21602],
    ['a text that is too long', { to, from, body: 'x'.repeat(1601) }, authToken, 400, 21617],
  ])('is told of %s', async (_name, message, password, status, code) => {
    const error = await failure(client(accountSid, password).messages.create(message))
    expect(error).toBeInstanceOf(twilio.RestException)
    expect(error).toMatchObject({ status, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` })
  })

  it('finds no message that was not sent', async () => {
    const error = await failure(client().messages('SM00000000000000000000000000000000').fetch())
    expect(error).toMatchObject({ status: 404, code: 20404 })
  })
})
