import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorSchema } from '#shared/catalogue/entry.ts'
import { startImitated, type ImitatedServer } from '../helpers/imitated-vendor.ts'

const files = import.meta.glob<unknown>('../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})

let desk: ImitatedServer
beforeAll(async () => {
  desk = await startImitated(Object.values(files).map((file) => vendorSchema.parse(file)))
})
afterAll(() => desk.close())

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})
const inParts = (fields: Record<string, string>) => ({
  headers: { 'content-type': 'multipart/form-data; boundary="--X1"' },
  body: `${Object.entries(fields)
    .map(([name, value]) => `----X1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}----X1--\r\n`,
})
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }

describe('what vendors’ own libraries send', () => {
  it('to Africa’s Talking: numbers joined by commas, each with a message of its own; then the inbox', async () => {
    const headers = { apikey: 'atsk_0123456789' }
    const sent = await desk.ask('/africastalking/version1/messaging', {
      headers,
      body: { username: 'app', to: '+254711000111,+254711000112', message: 'Hi', bulkSMSMode: '1' },
    })
    const { Message, Recipients } = (sent.json as { SMSMessageData: Record<string, unknown> }).SMSMessageData
    expect([sent.status, Message]).toEqual([201, expect.stringMatching(/^Sent to 2\/2 /)])
    const [one, two] = Recipients as Record<string, unknown>[]
    expect([one?.['number'], two?.['number']]).toEqual(['+254711000111', '+254711000112'])
    expect(one?.['messageId']).not.toBe(two?.['messageId'])
    const inbox = await desk.ask('/africastalking/version1/messaging?username=app&lastReceivedId=0', {
      method: 'GET',
      headers,
    })
    expect(inbox).toMatchObject({ status: 200, json: { SMSMessageData: { Messages: [] } } })
  })

  it('to MSG91: JSON that calls itself a form, with flow_id and mobile, alone or in a list', async () => {
    const headers = { ...urlencoded, authkey: '123456ABCdef0123456789P1' }
    const flow_id = '5f0123456789abcdef012345'
    const ask = (fields: object) =>
      desk.ask('/msg91/api/v5/flow/?pluginsource=1100', {
        headers,
        body: JSON.stringify({ flow_id, ...fields }),
      })
    const alone = await ask({ mobile: '919000000001', mobiles: '919000000001', name: 'Ann' })
    expect(alone).toMatchObject({ status: 200, json: { type: 'success' } })
    expect(desk.received.at(-1)).toMatchObject({ to: '919000000001' })
    expect((await ask({ recipients: [{ mobile: '919000000002' }] })).status).toBe(200)
    expect(desk.received.at(-1)).toMatchObject({ to: '919000000002' })
    expect((await ask({ name: 'Ann' })).json).toMatchObject({ message: 'Missing mobile no.' })
  })

  it('to TextLocal: a form in parts, several numbers, a user name with a hash', async () => {
    const fields = { numbers: '919000000001,919000000002', message: 'Hi\r\n\r\nyou', sender: 'INBOXX' }
    const sent = await desk.ask('/textlocal/send/', inParts({ apikey: 'TheSecretKey', ...fields }))
    expect(sent.json).toMatchObject({
      status: 'success',
      num_messages: 2,
      message: { content: 'Hi\r\n\r\nyou' },
      messages: [{ recipient: '919000000001' }, { recipient: '919000000002' }],
    })
    expect(JSON.stringify(desk.received.at(-1))).not.toContain('TheSecretKey')
    const login = (more: Record<string, string>) =>
      desk.ask('/textlocal/send/', { body: { username: 'me@example.com', ...more, ...fields } })
    expect((await login({ hash: '0123456789abcdef' })).json).toMatchObject({ status: 'success' })
    expect((await login({})).json).toMatchObject({ status: 'failure', errors: [{ code: 3 }] })
    expect((await login({ hash: 'bad' })).json).toMatchObject({ errors: [{ code: 3 }] })
  })

  it('to Clickatell: a list of numbers, or one text with commas', async () => {
    const key = 'AbCdEfGhIjKlMnOpQrStUg=='
    const messages = [{ to: '14155550123' }, { to: '14155550124' }]
    const byRest = await desk.ask('/clickatell/messages', {
      headers: { 'content-type': 'application/json', authorization: key },
      body: JSON.stringify({ content: 'Hi', to: messages.map(({ to }) => to) }),
    })
    expect(byRest.json).toMatchObject({ messages })
    const query = new URLSearchParams({
      apiKey: key,
      content: 'Hi',
      to: '14155550123,14155550124',
    }).toString()
    const byHttp = await desk.ask(`/clickatell/messages/http/send?${query}`, { method: 'GET' })
    expect(byHttp.json).toMatchObject({ messages })
  })

  it('to Plivo: numbers joined by “<”, each message to be read back', async () => {
    const authId = 'MA0123456789ABCDEFGH'
    const headers = basic(authId, 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk')
    const sent = await desk.ask(`/plivo/v1/Account/${authId}/Message/`, {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ src: '15550001111', dst: '14155550123<14155550124', text: 'Hi' }),
    })
    const ids = (sent.json as { message_uuid: string[] }).message_uuid
    const found = await Promise.all(
      ids.map((id) => desk.ask(`/plivo/v1/Account/${authId}/Message/${id}/`, { method: 'GET', headers })),
    )
    expect(found.map(({ json }) => (json as Record<string, unknown>)['to_number'])).toEqual([
      '14155550123',
      '14155550124',
    ])
  })

  it('to MessageBird: numbers as numbers, one message to all of them', async () => {
    const headers = { authorization: 'AccessKey live_0123456789abcdefghijABCDE' }
    const sent = await desk.ask('/messagebird/messages', {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ originator: 'Inbox', body: 'Hi', recipients: [14155550123, 14155550124] }),
    })
    const { id } = sent.json as { id: string }
    const both = { totalCount: 2, items: [{ recipient: 14155550123 }, { recipient: 14155550124 }] }
    expect(sent.json).toMatchObject({ recipients: both })
    const found = await desk.ask(`/messagebird/messages/${id}`, { method: 'GET', headers })
    expect(found.json).toMatchObject({ id, recipients: both })
    const listed = await desk.ask('/messagebird/messages', { method: 'GET', headers })
    expect((listed.json as { items: unknown[] }).items).toHaveLength(1)
  })

  it('to Twilio: a form in parts; then the balance', async () => {
    const sid = 'AC0123456789abcdef0123456789abcdef'
    const headers = basic(sid, '00112233445566778899aabbccddeeff')
    const form = inParts({ From: '+15550001111', To: '+14155550123', Body: 'Hello €' })
    const sent = await desk.ask(`/twilio/2010-04-01/Accounts/${sid}/Messages.json`, {
      headers: { ...headers, ...form.headers },
      body: form.body,
    })
    expect(sent).toMatchObject({ status: 201, json: { to: '+14155550123', body: 'Hello €' } })
    const balance = await desk.ask(`/twilio/2010-04-01/Accounts/${sid}/Balance.json`, {
      method: 'GET',
      headers,
    })
    expect(balance.json).toEqual({ account_sid: sid, balance: '100.00', currency: 'USD' })
  })

  it('to Vonage: the balance, with the key in the query string or as Basic credentials', async () => {
    const ask = (query: string, headers: Record<string, string> = {}) =>
      desk.ask(`/vonage/account/get-balance${query}`, { method: 'GET', headers })
    expect((await ask('?api_key=abcd1234&api_secret=AbCdEfGh12345678')).json).toEqual({
      value: 100,
      autoReload: false,
    })
    expect((await ask('', basic('abcd1234', 'AbCdEfGh12345678'))).status).toBe(200)
    expect(await ask('?api_key=abcd1234&api_secret=bad')).toMatchObject({
      status: 401,
      json: { 'error-code': '401' },
    })
  })

  it('refuses several numbers of which one is bad, and heeds a magic number among them', async () => {
    const ask = (numbers: string) =>
      desk.ask('/textlocal/send/', { body: { apikey: 'key', message: 'Hi', numbers } })
    expect((await ask('919000000001,12')).json).toMatchObject({ errors: [{ code: 32 }] })
    expect((await ask('919000000001, 15005550003')).json).toMatchObject({ errors: [{ code: 7 }] })
    expect((await ask(',')).json).toMatchObject({ status: 'failure' })
  })
})
