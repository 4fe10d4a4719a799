import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { sendInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

const none = { sent: 0, delivered: 0, undelivered: 0, errors: 0, clicks: 0, clicked: 0, replies: 0 }

const effectOf = async (body: unknown, to?: string) => {
  const { callback } = await scene.post(body, to)
  return callback.items.map(({ effect, reason }) => (reason === null ? effect : `${effect}: ${reason}`))
}

describe('a receipt', () => {
  it('makes its message delivered, by the vendor’s id or by ours, and is counted where the message was', async () => {
    const [first, second] = [await scene.send(), await scene.send()]
    const answer = await scene.post({ id: first.providerMessageId, status: 'DELIVRD', at: '1700000000' })
    expect(answer).toMatchObject({ status: 200, body: 'OK' })
    expect(answer.callback).toMatchObject({
      providerId: scene.provider.id,
      effect: 'counted',
      messageId: first.id,
      signature: 'unchecked',
      request: { method: 'POST', target: '/c/…' },
      items: [{ effect: 'counted', attempt: 1, word: 'DELIVRD', at: 1_700_000_000_000 }],
    })
    expect(await effectOf({ reference: second.id, status: 'DELIVRD' })).toEqual(['counted'])
    for (const { id } of [first, second])
      expect(await scene.story(id)).toMatchObject({ state: 'delivered', callbacks: [{ effect: 'counted' }] })
    expect(await scene.figures()).toEqual({ ...none, sent: 2, delivered: 2 })
  })

  it('makes it undelivered by whatever bad end, which counts as an error, too', async () => {
    const { id, providerMessageId } = await scene.send()
    expect(await effectOf({ id: providerMessageId, status: 'EXPIRED', code: '916' })).toEqual(['counted'])
    const format = 'Your receipts'
    expect(await scene.story(id)).toMatchObject({
      state: 'undelivered',
      callbacks: [{ errorCode: '916', format }],
    })
    const { messages } = await scene.call('messages.list', { providerId: null, before: null, limit: 10 })
    expect(messages).toMatchObject([{ id, receipt: { word: 'EXPIRED', code: '916' } }])
    expect(await scene.figures()).toEqual({ ...none, sent: 1, undelivered: 1, errors: 1 })
  })

  it('never moves an end: what comes again, late or against it is told as such', async () => {
    const { id, providerMessageId } = await scene.send()
    const of = (status: string) => effectOf({ id: providerMessageId, status })
    expect(await of('QUEUED')).toEqual(['noted'])
    expect(await of('SENT')).toEqual(['noted'])
    expect(await of('QUEUED')).toEqual(['repeat'])
    expect(await of('DELIVRD')).toEqual(['counted'])
    expect(await of('DELIVRD')).toEqual(['repeat'])
    expect(await of('READ')).toEqual(['noted'])
    expect(await of('SENT')).toEqual(['repeat'])
    expect(await of('UNDELIV')).toEqual(['conflict'])
    expect(await of('NEW WORD')).toEqual(['noted'])
    expect(await scene.story(id)).toMatchObject({ state: 'delivered' })
    expect(await scene.figures()).toEqual({ ...none, sent: 1, delivered: 1 })
    const { callbacks } = await scene.call('callbacks.list', {
      ...everything,
      effects: ['conflict'],
    })
    expect(callbacks.map(({ word }) => word)).toEqual(['UNDELIV'])
  })

  it('counts once, however often it comes', async () => {
    const { id } = await scene.send()
    await scene.post({ reference: id, status: 'DELIVRD' })
    const record = { ts: 1_700_000_000, meta: id, description: 'Delivered' }
    const { callback } = await scene.post([
      { event: 'delivered', data: Array.from({ length: 1000 }, () => record) },
    ])
    expect(callback).toMatchObject({ count: 1000, effect: 'repeat' })
    expect(await scene.figures()).toEqual({ ...none, sent: 1, delivered: 1 })
  })

  it('of an attempt of which nobody knew settles it', async () => {
    scene.answers.push(reply('500 Broken', '{}'), reply('500 Broken', '{}'))
    const [arrived, lost] = [await scene.send(), await scene.send()]
    expect(arrived).toMatchObject({ state: 'failed', outcomeClass: 'unknown' })
    expect(await scene.figures()).toEqual({ ...none, errors: 2 })
    expect(await effectOf({ reference: arrived.id, status: 'SENT' })).toEqual(['counted'])
    expect(await scene.story(arrived.id)).toMatchObject({ state: 'sent' })
    expect(await effectOf({ reference: arrived.id, status: 'DELIVRD' })).toEqual(['counted'])
    expect(await effectOf({ reference: lost.id, status: 'UNDELIV' })).toEqual(['counted'])
    expect(await scene.story(lost.id)).toMatchObject({ state: 'undelivered' })
    expect(await scene.figures()).toEqual({ ...none, sent: 2, delivered: 1, undelivered: 1, errors: 1 })
  })

  it('that comes before the answer waits for it, and is matched then', async () => {
    const key = newId()
    const early: string[] = []
    const slow = await scene.addProvider({ name: 'Slow' })
    const server = await startRawServer({
      onRequest: (socket) => {
        void effectOf({ reference: key, status: 'SENT' }, slow.address)
          .then((first) => early.push(...first))
          .then(() => effectOf({ id: 'late-1', status: 'DELIVRD' }, slow.address))
          .then((second) => early.push(...second))
          .then(() => socket.write(reply('200 OK', '{"id":"late-1"}')))
      },
    })
    const settings = { ...slow.provider.settings, endpoint: `http://127.0.0.1:${server.port}/` }
    await scene.call('providers.save', { ...slow.provider, settings })
    const sent = await scene.call('messages.send', sendInput(slow.provider.id, { key, test: false }))
    expect(sent.state).toBe('sent')
    expect(early).toEqual(['waiting', 'waiting: no_such_id'])
    await stateOf(sent.id, 'delivered')
    const { callbacks } = await scene.story(sent.id)
    expect(callbacks.map(({ effect }) => effect)).toEqual(['noted', 'counted'])
    expect(await scene.figures(slow.provider.id)).toEqual({ ...none, sent: 1, delivered: 1 })
    await server.close()
  })

  it('says why it belongs to no message', async () => {
    const other = await scene.addProvider({ name: 'Other' })
    const { id, providerMessageId } = await scene.send({ to: '+14155550123' })
    expect(await effectOf({ status: 'DELIVRD', to: '+14155550123' })).toEqual(['unmatched: no_id'])
    expect(await effectOf({ id: 'nobody', status: 'DELIVRD' })).toEqual(['waiting: no_such_id'])
    expect(await effectOf({ id: providerMessageId, status: 'DELIVRD' }, other.address)).toEqual([
      'unmatched: other_provider',
    ])
    expect(await effectOf({ reference: id, status: 'DELIVRD' }, other.address)).toEqual([
      'unmatched: other_provider',
    ])
    expect(await effectOf({ id: providerMessageId, to: '+33612345678', status: 'DELIVRD' })).toEqual([
      'unmatched: no_such_number',
    ])
    expect(await scene.story(id)).toMatchObject({ state: 'sent', callbacks: [] })
    expect(await scene.figures(other.provider.id)).toEqual(none)
  })
})

describe('a click', () => {
  it('counts each time, and its message once; the same told twice is one', async () => {
    const { id, providerMessageId } = await scene.send()
    const click = { id: providerMessageId, clicked: 'https://example.com/a' }
    expect(await effectOf({ ...click, at: '1700000000' })).toEqual(['counted'])
    expect(await effectOf({ ...click, at: '1700000000' })).toEqual(['repeat'])
    expect(await effectOf({ ...click, at: '1700000009' })).toEqual(['counted'])
    expect(await scene.figures()).toEqual({ ...none, sent: 1, clicks: 2, clicked: 1 })
    const number = '+14155550123'
    const { entries } = await scene.call('conversations.get', { number, cursor: null, limit: 9 })
    expect(entries).toMatchObject([{ messageId: id, clicks: 2 }])
  })
})

const everything = {
  providerId: null,
  kind: null,
  effects: [],
  troubled: false,
  search: '',
  cursor: null,
  limit: 50,
}

/** Waits until a message is told to be in a state. */
async function stateOf(id: string, state: string): Promise<void> {
  while ((await scene.story(id)).state !== state) await new Promise(setImmediate)
}
