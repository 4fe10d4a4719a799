import twilio from 'twilio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHttpServer } from '../../../helpers/http-server.ts'
import { openSimulatedDesk, type SimulatedDesk } from '../../../helpers/simulated-provider.ts'

let desk: SimulatedDesk
beforeEach(async () => {
  desk = await openSimulatedDesk()
})
afterEach(() => desk.close())

const to = '+14155550123'
const authToken = 'fedcba9876543210'.repeat(2)
const account = `AC${'0'.repeat(32)}`

/** As somebody else's program would, without the workbench. */
async function post(fields: Record<string, string>): Promise<Response> {
  const { address } = await desk.call('simulator.status', undefined)
  return fetch(`${address}/twilio/2010-04-01/Accounts/${account}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${account}:${authToken}`).toString('base64')}` },
    body: new URLSearchParams({ To: to, From: '+15550001111', Body: 'Hello', ...fields }),
  })
}

describe('where callbacks go', () => {
  it('is the address that a request names, signed so that Twilio’s own library takes it', async () => {
    const app = await startHttpServer(() => ({ status: 204 }))
    const url = `http://127.0.0.1:${app.port}/receipts?of=one`
    await post({ StatusCallback: url })
    const [entry] = await desk.thread(to)
    expect(entry).toMatchObject({
      messageId: null,
      posts: [{ answer: 204 }, { answer: 204, outcome: 'taken' }],
    })
    expect(entry?.posts[0]?.target).toBe(`POST http://127.0.0.1:${app.port}/receipts?…`)
    expect(app.received).toHaveLength(2)
    for (const { headers, body, url: path } of app.received) {
      const fields = Object.fromEntries(new URLSearchParams(body))
      const signature = String(headers['x-twilio-signature'])
      expect(fields).toMatchObject({ AccountSid: account, To: to, From: '+15550001111' })
      expect(
        twilio.validateRequest(authToken, signature, `http://127.0.0.1:${app.port}${path}`, fields),
      ).toBe(true)
      expect(twilio.validateRequest(authToken, signature, url, { ...fields, To: '+1' })).toBe(false)
      // Only the workbench's own listener is told who asks.
      expect(Object.keys(headers).filter((name) => name.startsWith('x-workbench'))).toEqual([])
    }
    await app.close()
  })

  it('is the public address as a tunnel brings it, which Twilio’s library and the listener both take', async () => {
    const { settings } = await desk.call('listener.status', undefined)
    const publicUrl = 'https://hooks.example.test/base'
    await desk.call('listener.configure', { ...settings, publicUrl })
    const provider = await desk.vendor('twilio', { secrets: { authToken } })
    const address = (await desk.call('callbacks.address', { providerId: provider.id })).public ?? ''
    expect(address.startsWith(`${publicUrl}/c/`)).toBe(true)
    await desk.when((await desk.send(provider)).id, 'delivered')
    const all = await desk.callbacks(2)
    for (const { request, signature, origin } of all) {
      expect({ signature, origin }).toEqual({ signature: 'valid', origin: 'simulator' })
      const headers = Object.fromEntries(
        request.headers.map(({ name, value }) => [name.toLowerCase(), value]),
      )
      expect(headers).toMatchObject({ host: 'hooks.example.test', 'x-forwarded-proto': 'https' })
      const fields = Object.fromEntries(new URLSearchParams(request.body))
      expect(twilio.validateRequest(authToken, headers['x-twilio-signature'] ?? '', address, fields)).toBe(
        true,
      )
    }
  })

  it('is never another machine', async () => {
    await post({ StatusCallback: 'https://elsewhere.example.test/receipts' })
    await post({ StatusCallback: 'https://127.0.0.1:8443/receipts' })
    const [other, odd] = await desk.thread(to)
    expect(other?.posts).toMatchObject([{ reason: 'other_host' }, { reason: 'other_host' }])
    expect(other?.posts[0]?.why).toContain('elsewhere.example.test')
    expect(odd?.posts[0]).toMatchObject({ reason: 'other_host', why: expect.stringContaining('with http') })
  })

  it('is nowhere for a message of nobody’s, and for a request that nothing can be told of', async () => {
    await post({})
    expect((await desk.thread(to))[0]?.posts[0]).toMatchObject({ reason: 'no_address' })
    await desk.send(await desk.generic({ to: '$$To', text: '$$Body' }), { to: '+14155550199' })
    expect((await desk.thread('+14155550199'))[0]?.posts).toMatchObject([{ reason: 'vendor_sends_none' }])
  })

  it('finds whose message it is among several to one number', async () => {
    const providers = [
      await desk.vendor('infobip'),
      await desk.vendor('infobip'),
      await desk.vendor('bulksms'),
    ]
    const sent = await Promise.all(providers.map((provider) => desk.send(provider)))
    for (const { id } of sent) await desk.when(id, 'delivered')
    const ids = (await desk.thread(to)).map(({ messageId }) => messageId)
    expect(ids.toSorted()).toEqual(sent.map(({ id }) => id).toSorted())
    expect((await desk.callbacks(6)).every(({ effect }) => effect === 'counted' || effect === 'noted')).toBe(
      true,
    )
  })
})

describe('a listener that is stopped', () => {
  it('gets nothing, and gets it once it runs', async () => {
    await desk.call('listener.stop', undefined)
    const sent = await desk.send(await desk.vendor('infobip'))
    const [entry] = await desk.thread(to)
    expect(entry?.posts).toMatchObject([{ reason: 'listener_stopped' }, { reason: 'listener_stopped' }])
    await desk.call('listener.start', undefined)
    const again = { id: entry?.id ?? '', postId: entry?.posts[1]?.id ?? '' }
    const posted = await desk.call('phone.postAgain', again)
    expect(posted.posts[1]).toMatchObject({ outcome: 'taken', reason: null, why: null })
    await desk.when(sent.id, 'delivered')
  })
})

describe('what a request shows of its callbacks', () => {
  it('is what was sent, to where and how it was answered, without the address’s key', async () => {
    const provider = await desk.vendor('infobip')
    const { id } = await desk.send(provider)
    await desk.when(id, 'delivered')
    await desk.thread(to)
    const [received] = await desk.call('simulator.received', undefined)
    const posts = await desk.call('simulator.posts', { id: received?.id ?? '' })
    expect(posts).toMatchObject([
      { kind: 'receipt', state: 'sent', outcome: 'taken', answer: 200 },
      { kind: 'receipt', state: 'delivered', outcome: 'taken', answer: 200 },
    ])
    expect(posts[0]?.target).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/c\/…$/)
    expect(await desk.call('simulator.posts', { id: 'none' })).toEqual([])
  })

  it('is that of each recipient, and empty once all is cleared', async () => {
    const { address } = await desk.call('simulator.status', undefined)
    await fetch(`${address}/plivo/v1/Account/MA${'A'.repeat(18)}/Message/`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`MA${'A'.repeat(18)}:${'a'.repeat(40)}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ src: '+14155550100', dst: '+14155550111<+14155550112', text: 'Hello' }),
    })
    const [received] = await desk.call('simulator.received', undefined)
    expect(received?.accepted).toBe(true)
    const { numbers, total } = await desk.call('phone.numbers', { search: '', limit: 10 })
    expect([numbers.map(({ number }) => number).toSorted(), total]).toEqual([
      ['+14155550111', '+14155550112'],
      2,
    ])
    await desk.thread('+14155550112')
    expect(await desk.call('simulator.posts', { id: received?.id ?? '' })).toHaveLength(4)
    await desk.call('simulator.clear', undefined)
    expect(await desk.call('phone.numbers', { search: '', limit: 10 })).toEqual({ numbers: [], total: 0 })
    const refused = await desk.refusal('phone.reply', { number: '+14155550111', text: 'Hi', to: null })
    expect(refused.code).toBe('not_found')
  })
})
