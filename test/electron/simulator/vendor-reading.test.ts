import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  imitatedVendor,
  imitation,
  startImitated,
  type ImitatedServer,
} from '../../helpers/imitated-vendor.ts'

const messages = '/acme/v1/accounts/one/messages'
const about = {
  id: '{{id}}',
  state: '{{state}}',
  to: '{{to}}',
  at: '{{now.seconds}}',
  ref: { $value: 'body.ref' },
}

let acme: ImitatedServer
beforeEach(async () => {
  const reads = [
    {
      path: '/v1/accounts/:account/messages/:id.json',
      checks: [0],
      answer: { status: 200, words: 'The message', body: { ...about, uuid: '{{uuid}}' } },
      notFound: { status: 404, words: 'None', body: { error: 'none', why: '{{why}}' } },
    },
    {
      path: '/v1/accounts/:account/messages',
      checks: [0],
      answer: {
        status: 200,
        words: 'All',
        body: { account: '{{path.account}}', messages: { $messages: about } },
      },
    },
    {
      path: '/balance',
      checks: [],
      answer: { status: 200, words: 'Balance', body: { balance: 100, at: '{{now.seconds}}' } },
    },
    { path: '/plain/:id', checks: [], answer: { status: 200, words: 'The message', body: about } },
  ]
  const states = [
    { afterMs: 2000, word: 'delivered' },
    { afterMs: 0, word: 'queued' },
    { afterMs: 500, word: 'sent' },
  ]
  const accepted = { status: 201, words: 'Ok', body: { id: '{{id}}', state: '{{state}}', uuid: '{{uuid}}' } }
  acme = await startImitated([imitatedVendor([imitation({ reads, states, answers: { accepted } })])])
})
afterEach(() => acme.close())

async function send(ref: string, account = 'one'): Promise<{ id: string; state: string; uuid: string }> {
  const body = { to: '+14155550123', text: 'Hi', ref }
  const { status, json } = await acme.ask(`/acme/v1/accounts/${account}/messages`, { body })
  expect(status).toBe(201)
  return json as { id: string; state: string; uuid: string }
}
const read = async (path: string, headers: Record<string, string> = {}) =>
  acme.ask(`/acme${path}`, { method: 'GET', headers })

describe('a message that was taken', () => {
  it('is read back, and gets on as time passes', async () => {
    const sent = await send('r1')
    const sentAt = String(Math.floor(acme.time.now / 1000))
    expect(sent.state).toBe('queued')
    for (const [ms, state] of [
      [0, 'queued'],
      [499, 'queued'],
      [1, 'sent'],
      [1499, 'sent'],
      [1, 'delivered'],
      [9e9, 'delivered'],
    ] as const) {
      acme.time.now += ms
      const { status, json } = await read(`/v1/accounts/one/messages/${sent.id}.json`)
      expect({ status, json }).toEqual({
        status: 200,
        json: { id: sent.id, state, to: '+14155550123', at: sentAt, ref: 'r1', uuid: sent.uuid },
      })
    }
  })

  it('is asked for with credentials, by its own account and by an id that is known', async () => {
    const { id } = await send('r1')
    expect((await read(`/v1/accounts/one/messages/${id}.json`, { 'x-key': 'bad-key' })).json).toMatchObject({
      why: 'X-Key is wrong',
    })
    expect((await read(`/v1/accounts/two/messages/${id}.json`)).status).toBe(404)
    expect((await read('/v1/accounts/one/messages/IDnone.json')).json).toEqual({
      error: 'none',
      why: 'There is no message IDnone',
    })
    expect(await read('/plain/none')).toMatchObject({ status: 404, text: 'There is no message none.\n' })
    expect((await acme.ask(`/acme/plain/${id}`, { method: 'HEAD' })).status).toBe(200)
    expect((await acme.ask(`/acme/plain/${id}`, { method: 'POST' })).status).toBe(405)
  })

  it('is listed, the newest first, with those of its account', async () => {
    const [first, , third] = [await send('r1'), await send('r2', 'two'), await send('r3')]
    const { json } = await read('/v1/accounts/one/messages/')
    expect(json).toMatchObject({
      account: 'one',
      messages: [
        { id: third.id, ref: 'r3' },
        { id: first.id, ref: 'r1' },
      ],
    })
    expect((json as { messages: unknown[] }).messages).toHaveLength(2)
    const at = Math.floor((acme.time.now += 60_000) / 1000)
    expect((await read('/balance')).json).toEqual({ balance: 100, at: String(at) })
  })

  it('is kept among the newest 2,000, and no refused one is', async () => {
    await acme.ask(messages, { body: { to: '+15005550001' } })
    expect((await read('/v1/accounts/one/messages')).json).toMatchObject({ messages: [] })
    const first = await send('first')
    const second = await send('second')
    for (let count = 0; count < 1999; count += 50)
      await Promise.all(Array.from({ length: Math.min(50, 1999 - count) }, () => send('more')))
    expect((await read(`/plain/${first.id}`)).status).toBe(404)
    expect((await read(`/plain/${second.id}`)).status).toBe(200)
    const { json } = await read('/v1/accounts/one/messages')
    expect((json as { messages: unknown[] }).messages).toHaveLength(50)
  })

  it('is kept for less long where messages are long', async () => {
    const first = await send('first')
    for (let count = 0; count < 40; count += 1) await send('x'.repeat(220_000))
    expect((await read(`/plain/${first.id}`)).status).toBe(404)
    const last = await send('last')
    expect((await read(`/plain/${last.id}`)).status).toBe(200)
  })

  it('is not a message on the phone when it is read', async () => {
    const { id } = await send('r1')
    await read(`/plain/${id}`)
    expect(acme.received).toHaveLength(1)
  })
})
