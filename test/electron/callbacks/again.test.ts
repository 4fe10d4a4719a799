import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formRows } from '../../helpers/settings.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

const all = {
  providerId: null,
  kind: null,
  effects: [],
  troubled: false,
  search: '',
  cursor: null,
  limit: 500,
}

describe('a callback that was kept', () => {
  it('is there as it came, and can be replayed through all that a new one goes through', async () => {
    const message = await scene.send()
    const { callback } = await scene.post({ id: message.providerMessageId, status: 'DELIVRD', extra: 'é' })
    expect(callback.request).toMatchObject({
      method: 'POST',
      target: '/c/…',
      remote: '127.0.0.1',
      body: JSON.stringify({
        id: message.providerMessageId,
        status: 'DELIVRD',
        extra: 'é',
      }),
    })
    expect(callback.request.headers.map(({ name }) => name.toLowerCase())).toContain('content-type')
    const [again] = await scene.call('callbacks.replay', { ids: [callback.id] })
    expect(again).toMatchObject({ origin: 'replay', effect: 'repeat', messageId: message.id })
    expect(await scene.call('callbacks.get', { id: again?.id ?? '' })).toMatchObject({
      replayOf: callback.id,
    })
    expect(await scene.figures()).toMatchObject({ delivered: 1 })
  })

  it('is found by its provider, its kind, its effect, and by part of an id, a number or its body', async () => {
    const other = await scene.addProvider({ name: 'Other' })
    const message = await scene.send()
    await scene.post({ id: message.providerMessageId, status: 'DELIVRD', note: 'needle 100%' })
    await scene.post({ msisdn: '+33612345678', message: 'Bonjour' }, other.address)
    await scene.post('{ not json', other.address)
    const found = async (filter: object) =>
      (await scene.call('callbacks.list', { ...all, ...filter })).callbacks.map(({ bodyBytes }) => bodyBytes)
        .length
    expect(await found({})).toBe(3)
    expect(await found({ providerId: other.provider.id })).toBe(2)
    expect(await found({ kind: 'reply' })).toBe(1)
    expect(await found({ effects: ['counted', 'noted'] })).toBe(1)
    expect(await found({ effects: ['unmatched'] })).toBe(1)
    expect(await found({ troubled: true })).toBe(1)
    expect(await found({ search: 'needle 100%' })).toBe(1)
    expect(await found({ search: '0%_' })).toBe(0)
    expect(await found({ search: '336123' })).toBe(1)
    expect(await found({ search: message.providerMessageId })).toBe(1)
  })

  it('is found by the number of its message, where it carries an id alone', async () => {
    const found = async (search: string) =>
      (await scene.call('callbacks.list', { ...all, search })).callbacks.map(({ messageId }) => messageId)
    const [first, second] = [
      await scene.send({ to: '+447700900123' }),
      await scene.send({ to: '+14155550123' }),
    ]
    for (const { providerMessageId: id } of [first, second]) await scene.post({ id, status: 'DELIVRD' })
    expect(await found('+447700900123')).toEqual([first.id])
    expect(await found('+44 7700 900-123')).toEqual([first.id])
    expect(await found('0044 7700')).toEqual([first.id])
    expect(await found('5550123')).toEqual([second.id])
    expect(await found('+447700900124')).toEqual([])
  })

  it('is counted by what is asked for, and by what came since', async () => {
    const message = await scene.send()
    await scene.post({ id: message.providerMessageId, status: 'DELIVRD' })
    for (let index = 0; index < 6; index += 1) await scene.post({ id: `nobody-${index}`, status: 'DELIVRD' })
    const count = (filter = {}) => scene.call('callbacks.count', { ...all, after: 0, ...filter })
    const before = await count()
    expect(before).toMatchObject({ count: 7, more: false })
    expect(await count({ effects: ['counted'] })).toMatchObject({ count: 1, more: false })
    expect(await count({ search: 'nobody' })).toMatchObject({ count: 6, more: false })
    await scene.post({ id: 'new', status: 'DELIVRD' })
    expect(await count({ after: before.newest ?? 0 })).toMatchObject({ count: 1, more: false })
    expect(await count({ effects: ['counted'], after: before.newest ?? 0 })).toMatchObject({
      count: 0,
      newest: null,
    })
  })

  it('is paged by its place, however much comes meanwhile', async () => {
    for (let index = 0; index < 7; index += 1) await scene.post({ id: `nobody-${index}`, status: 'DELIVRD' })
    const first = await scene.call('callbacks.list', { ...all, limit: 3 })
    await scene.post({ id: 'new', status: 'DELIVRD' })
    const second = await scene.call('callbacks.list', { ...all, limit: 3, cursor: first.cursor })
    const third = await scene.call('callbacks.list', { ...all, limit: 3, cursor: second.cursor })
    expect([first.more, second.more, third.more]).toEqual([true, true, false])
    const ids = [first, second, third].flatMap(({ callbacks }) => callbacks.map(({ id }) => id))
    expect(new Set(ids).size).toBe(7)
  })

  it('goes when all are cleared, and nothing is counted again by one that comes again', async () => {
    const message = await scene.send()
    await scene.post({ id: message.providerMessageId, status: 'DELIVRD' })
    await scene.call('callbacks.clear', undefined)
    expect((await scene.call('callbacks.list', all)).callbacks).toEqual([])
    const { callback } = await scene.post({ id: message.providerMessageId, status: 'DELIVRD' })
    expect(callback.effect).toBe('noted')
    expect(await scene.figures()).toMatchObject({ delivered: 1 })
  })
})

describe('clearing all callbacks', () => {
  it('goes by steps, and keeps what comes meanwhile', async () => {
    const post = (id: string) => fetch(scene.address, { method: 'POST', body: JSON.stringify({ id }) })
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 50 }, (_, index) => post(`old-${round}-${index}`)))
    const clearing = scene.call('callbacks.clear', undefined)
    const during = Promise.all(Array.from({ length: 10 }, (_, index) => post(`new-${index}`)))
    await Promise.all([clearing, during])
    const found = async (search: string) =>
      (await scene.call('callbacks.list', { ...all, search })).callbacks.length
    expect(await found('old-')).toBe(0)
    const message = await scene.send()
    await scene.post({ id: message.providerMessageId, status: 'DELIVRD' })
    expect(await scene.story(message.id)).toMatchObject({ state: 'delivered', callbacks: [{}] })
  })
})

describe('a callback made by hand', () => {
  it('is taken as if it had come, whether the listener runs or not', async () => {
    const message = await scene.send()
    await scene.call('listener.stop', undefined)
    const crafted = await scene.call('callbacks.craft', {
      providerId: scene.provider.id,
      method: 'POST',
      query: '',
      headers: [],
      body: JSON.stringify({
        id: message.providerMessageId,
        status: 'FAILED',
      }),
    })
    expect(crafted).toMatchObject({ origin: 'crafted', effect: 'counted', state: 'failed' })
    expect(await scene.story(message.id)).toMatchObject({ state: 'undelivered' })
  })

  it('can pretend what a message’s vendor would say', async () => {
    const message = await scene.send()
    const pretended = async (pretend: Parameters<typeof scene.call<'callbacks.pretend'>>[1]['pretend']) =>
      scene.call('callbacks.craft', await scene.call('callbacks.pretend', { id: message.id, pretend }))
    expect(await pretended({ kind: 'click', url: 'https://example.com' })).toMatchObject({
      effect: 'counted',
    })
    expect(await pretended({ kind: 'receipt', state: 'rejected', errorCode: '' })).toMatchObject({
      effect: 'counted',
      format: 'Platform’s JSON',
    })
    const reply = await pretended({ kind: 'reply', text: 'STOP' })
    expect(reply).toMatchObject({ effect: 'counted', messageId: message.id })
    const { conversations } = await scene.call('conversations.list', { search: '', cursor: null, limit: 9 })
    expect(conversations).toMatchObject([{ optedOut: { word: 'STOP' } }])
    expect(
      await scene.refusal('callbacks.pretend', {
        id: message.id,
        pretend: { kind: 'receipt', state: 'queued', errorCode: '' },
      }),
    ).toMatchObject({ code: 'invalid_input' })
  })

  it('is read by a mapping that is being made, and nothing is kept', async () => {
    const read = await scene.call('callbacks.readSample', {
      mapping: scene.provider.settings.callbacks,
      vendor: null,
      method: 'POST',
      query: '',
      contentType: 'application/json',
      body: '{"id":"a","status":"DELIVRD"}',
    })
    expect(read).toMatchObject({
      trouble: null,
      items: [{ kind: 'receipt', vendorId: 'a', state: 'delivered' }],
    })
    // A vendor's own formats are tried after the mapping.
    const vendor = { kind: 'twilio', api: '' }
    const form = 'MessageSid=SM1&MessageStatus=delivered&AccountSid=AC1&To=%2B14155550123'
    const type = 'application/x-www-form-urlencoded'
    const sample = { mapping: null, method: 'POST' as const, query: '', contentType: type, body: form }
    expect(await scene.call('callbacks.readSample', { ...sample, vendor })).toMatchObject({
      format: 'Status callback',
      items: [{ vendorId: 'SM1', state: 'delivered' }],
    })
    expect(await scene.call('callbacks.readSample', { ...sample, vendor: null })).toMatchObject({
      format: null,
      trouble: 'no_known_format',
    })
    expect((await scene.call('callbacks.list', all)).callbacks).toEqual([])
  })
})

describe('$$CallbackURL', () => {
  it('is the provider’s own address where nothing is given for it, and is not kept as a value', async () => {
    const parameters = formRows({ to: '$$To', text: '$$Body', hook: '$$CallbackURL' })
    const settings = { ...scene.provider.settings, parameters }
    await scene.call('providers.save', { ...scene.provider, settings })
    const message = await scene.send()
    expect(scene.server.received.at(-1)).toContain(`hook=${encodeURIComponent(scene.address)}`)
    expect(message.values).toEqual({})
    const { settings: listener } = await scene.call('listener.status', undefined)
    await scene.call('listener.configure', { ...listener, publicUrl: 'https://abc.example.net' })
    await scene.send()
    expect(scene.server.received.join('')).toContain('hook=https%3A%2F%2Fabc.example.net%2Fc%2F')
    await scene.send({ values: { CallbackURL: 'https://own.example/x' } })
    expect(scene.server.received.join('')).toContain('hook=https%3A%2F%2Fown.example%2Fx')
  })
})
