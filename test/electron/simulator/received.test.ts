import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReceivedMessage } from '#shared/simulator.ts'
import { Received } from '../../../electron/simulator/received.ts'
import { imitatedVendor, imitation, startImitated } from '../../helpers/imitated-vendor.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

const secret = 'S3cr3t+/= "x"'
const basic = Buffer.from(`user:${secret}`).toString('base64')

describe('what is kept of a request', () => {
  const check = (at: string) => ({
    at,
    need: { credential: null },
    optional: true,
    answer: 'unauthorized',
    words: at,
  })
  const checks = [
    'header.x-own',
    'query.sig',
    'body.auth.pin',
    'body.pw',
    'path.hook',
    'basic.password',
    'bearer',
  ].map(check)

  it('holds no credential, wherever and in whatever type of body it came', async () => {
    const acme = await startImitated([imitatedVendor([imitation({ checks, paths: ['/hook/:hook/send'] })])])
    const path = `/acme/hook/${encodeURIComponent(secret)}/send?a=1&sig=${encodeURIComponent(secret)}&b=2`
    const json = JSON.stringify({ to: '1', auth: { pin: secret, user: 'me' }, 'api-key': secret }, null, 2)
    const form = new URLSearchParams({ to: '1', pw: secret, 'auth[pin]': secret, text: 'Hi' }).toString()
    const bodies = [
      json,
      form,
      json.slice(0, json.indexOf('x')),
      `<a><pw>${basic}</pw><b token="${basic}"/></a>`,
    ]
    const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'text/xml']
    for (const authorization of [`Basic ${basic}`, `Bearer ${basic}`, `AccessKey ${basic}`, basic]) {
      for (const body of bodies) {
        for (const type of types) {
          const headers = {
            authorization,
            'content-type': type,
            'x-own': basic,
            'x-api-key': basic,
            cookie: basic,
          }
          await acme.ask(path, { headers, body })
        }
      }
    }
    await acme.ask(`/generic/messages?token=${basic}&to=1`, {
      method: 'GET',
      headers: { authorization: basic },
    })
    expect(acme.received).toHaveLength(4 * 4 * 4 + 1)
    const kept = JSON.stringify(acme.received)
    for (const known of [basic, 'S3cr3t']) expect(kept).not.toContain(known)
    const [first] = acme.received
    expect(first?.request).toMatchObject({
      method: 'POST',
      path: '/acme/hook/[secret]/send?a=1&sig=[secret]&b=2',
    })
    expect(first?.request.headers).toContainEqual({ name: 'authorization', value: 'Basic [secret]' })
    expect(JSON.parse(first?.request.body ?? '')).toEqual({
      to: '1',
      auth: { pin: '[secret]', user: 'me' },
      'api-key': '[secret]',
    })
    expect(acme.received[5]?.request.body).toBe('to=1&pw=[secret]&auth%5Bpin%5D=[secret]&text=Hi')
    await acme.close()
  })

  it('holds none under names in codes or in lists, nor where an answer repeats it', async () => {
    const accepted = {
      status: 201,
      words: 'Taken',
      headers: { 'x-told': '{{body.pw}}' },
      body: { key: '{{header.x-own}}', pin: '{{body.auth.pin}}', pw: '{{body.pw}}', from: '{{from}}' },
    }
    const acme = await startImitated([imitatedVendor([imitation({ checks, answers: { accepted } })])])
    const [json, form] = ['application/json', 'application/x-www-form-urlencoded']
    const escaped = `{"to":"1","from":${JSON.stringify(secret)},"auth":{"p\\u0069n":[${JSON.stringify(secret)}]}}`
    const encoded = `to=1&p%77=${encodeURIComponent(secret)}&auth%5bpi%6e%5d=%53${encodeURIComponent(secret.slice(1))}`
    for (const [type, body] of [
      [json, escaped],
      [form, encoded],
    ] as const)
      await acme.ask('/acme/v1/accounts/one/messages', {
        headers: { 'content-type': type, 'x-own': secret },
        body,
      })
    expect(acme.received.map(({ accepted: taken }) => taken)).toEqual([true, true])
    expect(acme.received[1]?.response?.body).toBe(
      '{"key":"[secret]","pin":"[secret]","pw":"[secret]","from":""}',
    )
    const kept = JSON.stringify(acme.received)
    for (const known of [secret, JSON.stringify(secret).slice(1, -1), 'S3cr3t', '3cr3t'])
      expect(kept).not.toContain(known)
    await acme.close()
  })

  it('is what came and what was answered, with bodies cut to 20,000 characters', async () => {
    const acme = await startImitated([imitatedVendor()])
    const text = 'é'.repeat(30_000)
    await acme.ask('/acme/v1/accounts/one/messages', {
      body: JSON.stringify({ to: '+14155550123', text }),
      headers: { 'content-type': 'application/json' },
    })
    const [message] = acme.received
    expect(message).toMatchObject({
      vendor: 'acme',
      to: '+14155550123',
      status: 201,
      answer: 'Taken',
      accepted: true,
      fault: null,
    })
    expect(message?.at).toBe(acme.time.now)
    expect(message?.request.body).toHaveLength(20_000)
    expect(message?.response?.body).toMatch(/^\{"id":"ID[0-9a-f]{8}","to":"\+14155550123"\}$/)
    expect(message?.response?.headers).toContainEqual({
      name: 'content-type',
      value: 'application/json; charset=utf-8',
    })
    await acme.close()
  })
})

describe('a burst', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  const message = (id: number) => ({ id: String(id) }) as ReceivedMessage

  it('is told in part, with a word that there was more, and described no more than is wanted', () => {
    const told: string[] = []
    let more = 0
    let described = 0
    const received = new Received(
      ({ id }) => told.push(id),
      () => (more += 1),
    )
    const add = (id: number) => received.add(() => ((described += 1), message(id)))
    add(0)
    expect(told).toEqual(['0'])
    for (let id = 1; id <= 50; id += 1) add(id)
    expect(told).toHaveLength(1)
    vi.advanceTimersByTime(100)
    expect([told.length, told.at(-1), more]).toEqual([51, '50', 0])
    for (let id = 51; id <= 5050; id += 1) add(id)
    vi.advanceTimersByTime(100)
    expect([told.length, told.at(51), told.at(-1), more]).toEqual([151, '4951', '5050', 1])
    expect(described).toBe(151)
    expect(received.count).toBe(5051)
    const list = received.list()
    expect([list.length, list[0]?.id, list.at(-1)?.id]).toEqual([500, '5050', '4551'])
    vi.advanceTimersByTime(100)
    add(6000)
    expect(told.at(-1)).toBe('6000')
    received.clear()
    expect([received.list().length, received.count]).toEqual([0, 0])
    add(7000)
    received.close()
    vi.advanceTimersByTime(1000)
    expect(told.at(-1)).toBe('6000')
  })
})

describe('through the workbench', () => {
  it('names every vendor with its addresses, answers, numbers and credentials', async () => {
    const file = imitatedVendor([
      imitation({
        magic: [
          { party: 'to', number: '+15005550001', answer: 'missing' },
          { party: 'from', number: '+15005550001', answer: 'noCredit' },
        ],
        reads: [{ path: '/m/:id', checks: [], answer: { status: 200, words: 'It', body: {} } }],
      }),
    ])
    const desk = await openTestWorkbench({ vendorFiles: { '/acme.json': async () => file } })
    const [vendor, ...others] = await desk.call('simulator.vendors', undefined)
    expect(others).toEqual([])
    expect(vendor).toMatchObject({
      id: 'acme',
      name: 'Acme',
      apis: [
        {
          methods: ['POST'],
          paths: ['/acme/v1/accounts/:account/messages'],
          reads: ['/acme/m/:id'],
          credentials: 'X-Key is wrong.',
        },
      ],
    })
    const numbers = vendor?.apis[0]?.magicNumbers ?? []
    expect(numbers.filter(({ number }) => number === '+15005550001')).toEqual([
      { party: 'to', number: '+15005550001', outcome: 'Missing', answer: '400: Something is missing' },
      { party: 'from', number: '+15005550001', outcome: 'No credit', answer: '402: No credit' },
    ])
    expect(numbers.find(({ number }) => number === '+15005550007')).toMatchObject({ answer: '429: Too fast' })
    expect(vendor?.apis[0]?.answers).toContainEqual({ name: 'rateLimited', words: 'Too fast', status: 429 })
    const { address } = await desk.call('simulator.start', undefined)
    const answer = await fetch(`${address}/acme/v1/accounts/one/messages`, {
      method: 'POST',
      headers: { 'x-key': 'good' },
      body: new URLSearchParams({ to: '+14155550123' }),
    })
    expect(answer.status).toBe(201)
    expect(await desk.call('simulator.received', undefined)).toMatchObject([
      { vendor: 'acme', accepted: true },
    ])
    expect(desk.events.findLast(({ name }) => name === 'simulator.received')).toMatchObject({
      name: 'simulator.received',
      payload: { vendor: 'acme' },
    })
    expect(await desk.call('simulator.status', undefined)).toMatchObject({ received: 1 })
    await desk.call('simulator.clear', undefined)
    expect(await desk.call('simulator.received', undefined)).toEqual([])
    await desk.close()
  })
})
