import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handClock, type HandClock } from '../../../helpers/hand-clock.ts'
import { openSimulatedDesk, type SimulatedDesk } from '../../../helpers/simulated-provider.ts'

let desk: SimulatedDesk
beforeEach(async () => {
  desk = await openSimulatedDesk()
})
afterEach(() => desk.close())

const to = '+14155550123'
const twilio = { secrets: { authToken: '0123456789abcdef'.repeat(2) } }
const effects = (callbacks: { state: string | null; effect: string }[]) =>
  callbacks.map(({ state, effect }) => `${state} ${effect}`)

describe('faults of receipts', () => {
  it('brings each twice, and the second changes nothing', async () => {
    const provider = await desk.vendor('twilio', twilio)
    await desk.fault({ kind: 'receiptsTwice' })
    const { id } = await desk.send(provider)
    await desk.callbacks(4)
    const { callbacks } = await desk.when(id, 'delivered')
    expect(effects(callbacks)).toEqual(['sent noted', 'sent repeat', 'delivered counted', 'delivered repeat'])
  })

  it('brings the last one first', async () => {
    const provider = await desk.generic()
    const vendor = await desk.vendor('twilio', twilio)
    await desk.fault({ kind: 'receiptsOutOfOrder' })
    const { id } = await desk.send(vendor)
    await desk.callbacks(2)
    const { callbacks } = await desk.when(id, 'delivered')
    expect(effects(callbacks)).toEqual(['delivered counted', 'sent late'])
    // One receipt has no order.
    await desk.when((await desk.send(provider)).id, 'delivered')
  })

  it('brings none', async () => {
    const provider = await desk.vendor('twilio', twilio)
    await desk.fault({ kind: 'receiptsMissing' })
    await desk.send(provider)
    const [entry] = await desk.thread(to)
    expect(entry?.posts).toMatchObject([{ outcome: 'failed', reason: 'fault', answer: null }])
    await desk.fault(null)
    await desk.when((await desk.send(provider)).id, 'delivered')
    expect(await desk.callbacks(2)).toHaveLength(2)
  })

  it.each(['twilio', 'plivo', 'telnyx', 'sinch', 'vonage', 'messagebird'])(
    'signs wrongly for %s, which is refused and shown',
    async (id) => {
      const keys = {
        twilio,
        plivo: { secrets: { authToken: 'a'.repeat(40) } },
        telnyx: { fields: { publicKey: Buffer.alloc(32, 7).toString('base64') } },
        sinch: { secrets: { webhookSecret: 'the-secret' } },
        vonage: { secrets: { signatureSecret: 'the-secret' } },
        messagebird: { secrets: { signingKey: 'the-secret' } },
      }
      const provider = await desk.vendor(id, keys[id as keyof typeof keys])
      await desk.fault({ kind: 'receiptsWrongSignature' })
      const sent = await desk.send(provider)
      const [came] = await desk.callbacks(2)
      expect(came).toMatchObject({ signature: 'invalid', trouble: 'signature_invalid', status: 403 })
      const [entry] = await desk.thread(to)
      expect(entry?.posts[0]).toMatchObject({ outcome: 'failed', reason: 'refused', answer: 403 })
      expect((await desk.call('messages.get', { id: sent.id })).state).toBe('sent')
    },
  )

  it('tells of an id that nobody knows', async () => {
    const provider = await desk.vendor('textlocal')
    await desk.fault({ kind: 'receiptsUnknownId' })
    const sent = await desk.send(provider, { to: '+447700900123' })
    const [came] = await desk.callbacks(1)
    expect(came?.items[0]).toMatchObject({ messageId: null, reason: 'no_such_id' })
    expect((await desk.call('messages.get', { id: sent.id })).state).toBe('sent')
  })

  it.each(['twilio', 'vonage', 'generic'])(
    'comes before the answer to the send, and fits (%s)',
    async (id) => {
      const provider =
        id === 'generic' ? await desk.generic() : await desk.vendor(id, id === 'twilio' ? twilio : {})
      await desk.fault({ kind: 'receiptsBeforeAnswer' })
      const sent = await desk.send(provider)
      const { callbacks, story } = await desk.when(sent.id, 'delivered')
      const answeredAt = story[0]?.finishedAt ?? 0
      expect(Math.max(...callbacks.map(({ receivedAt }) => receivedAt))).toBeLessThanOrEqual(answeredAt)
      expect(callbacks.at(-1)).toMatchObject({ state: 'delivered', effect: 'counted' })
    },
  )

  it('settles an attempt of which nobody knew, as the vendor has taken it', async () => {
    const provider = await desk.vendor('vonage')
    await desk.fault({ kind: 'drop' })
    const sent = await desk.send(provider)
    expect(sent).toMatchObject({ state: 'failed', outcomeClass: 'unknown' })
    await desk.when(sent.id, 'delivered')
  })

  it('ends with a code of one’s own', async () => {
    const provider = await desk.vendor('twilio', twilio)
    await desk.fault({ kind: 'receiptsBadEnd', end: 'undelivered', code: '30005' })
    const { callbacks } = await desk.when((await desk.send(provider)).id, 'undelivered')
    expect(callbacks.at(-1)).toMatchObject({ word: 'undelivered', errorCode: '30005', signature: 'valid' })
  })

  it('holds for one vendor or number, and beside a fault of the answer', async () => {
    const provider = await desk.vendor('twilio', twilio)
    const base = { enabled: true, share: 100 }
    await desk.call('simulator.setFaults', {
      seed: 1,
      faults: [
        { id: 'other', ...base, vendor: 'plivo', number: null, effect: { kind: 'receiptsMissing' } },
        { id: 'answer', ...base, vendor: null, number: null, effect: { kind: 'wrongBody', body: 'empty' } },
        {
          id: 'one',
          ...base,
          vendor: 'twilio',
          number: '0124',
          effect: { kind: 'receiptsBadEnd', end: 'expired', code: '' },
        },
      ],
    })
    await desk.send(provider, { to: '+14155550124' })
    await desk.send(provider, { to })
    const ends = async (number: string) => (await desk.thread(number))[0]?.posts.at(-1)?.state
    // Twilio has no word for expired: the nearest that it has.
    expect([await ends('+14155550124'), await ends(to)]).toEqual(['undelivered', 'delivered'])
  })
})

describe('numbers that ask for an end', () => {
  it.each([
    ['+15005550013', 'undelivered'],
    ['+15005550014', 'undelivered'],
    ['+15005550015', 'undelivered'],
    ['+15005550017', 'delivered'],
  ] as const)('%s is %s', async (number, state) => {
    for (const provider of [await desk.generic(), await desk.vendor('infobip')])
      await desk.when((await desk.send(provider, { to: number })).id, state)
  })

  it('never tells of one, and lets another reply with STOP', async () => {
    const provider = await desk.vendor('infobip')
    await desk.send(provider, { to: '+15005550016' })
    const [silent] = await desk.thread('+15005550016')
    expect(silent?.posts).toMatchObject([{ reason: 'fault' }])
    const { id } = await desk.send(provider, { to: '+15005550018' })
    await desk.when(id, 'delivered')
    const all = await desk.callbacks(3)
    expect(all.at(-1)?.items[0]).toMatchObject({ kind: 'reply', text: 'STOP', messageId: id })
    const asked = { search: '15005550018', cursor: null, limit: 10 }
    const [conversation] = (await desk.call('conversations.list', asked)).conversations
    expect(conversation?.optedOut).toMatchObject({ word: 'STOP' })
  })
})

describe('when receipts come', () => {
  let clock: HandClock
  let slow: SimulatedDesk
  beforeEach(async () => {
    clock = handClock()
    slow = await openSimulatedDesk({ clock, receipts: { enabled: true, firstMs: 300, lastMs: 1000 } })
  })
  afterEach(() => slow.close())

  const outcomes = async () => {
    const { entries } = await slow.call('phone.thread', { number: to, before: null, limit: 50 })
    return entries.map(({ posts }) => posts.map(({ outcome }) => outcome))
  }

  it('is when their delays are over, and a fault’s time with them', async () => {
    const provider = await slow.vendor('twilio', twilio)
    await slow.send(provider)
    await clock.advance(299)
    expect(await outcomes()).toEqual([['waiting', 'waiting']])
    await clock.advance(1)
    await slow.callbacks(1)
    await clock.advance(700)
    await slow.callbacks(2)
    await slow.fault({ kind: 'receiptsLate', ms: 60_000 })
    await slow.send(provider)
    await clock.advance(60_299)
    expect(await outcomes()).toEqual([
      ['taken', 'taken'],
      ['waiting', 'waiting'],
    ])
    await clock.advance(1000)
    expect((await slow.thread(to)).map(({ posts }) => posts.length)).toEqual([2, 2])
    expect(await slow.callbacks(4)).toHaveLength(4)
  })

  it('is never, where that is set, and it stays set', async () => {
    const off = { enabled: false, firstMs: 10, lastMs: 20 }
    await slow.call('simulator.setReceipts', off)
    await slow.reopen()
    expect(await slow.call('simulator.receipts', undefined)).toEqual(off)
    await slow.call('simulator.start', undefined)
    await slow.send(await slow.vendor('infobip'))
    expect(clock.waiting()).toBe(0)
    expect(await outcomes()).toEqual([[]])
  })

  it('is not at all once the simulator is stopped', async () => {
    await slow.send(await slow.vendor('twilio', twilio))
    await slow.call('simulator.stop', undefined)
    await clock.advance(5000)
    const [entry] = await slow.thread(to)
    expect(entry?.posts).toMatchObject([{ reason: 'stopped' }, { reason: 'stopped' }])
  })

  it('takes no delays that go backwards', async () => {
    const refused = await slow.refusal('simulator.setReceipts', { enabled: true, firstMs: 5, lastMs: 4 })
    expect(refused.code).toBe('invalid_input')
  })
})
