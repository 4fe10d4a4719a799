import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statesOf } from '#shared/callbacks/imitate.ts'
import { calling, everyApi, numberFor, says, withKey } from '../../../helpers/calling-vendors.ts'
import { openSimulatedDesk, type SimulatedDesk } from '../../../helpers/simulated-provider.ts'

let desk: SimulatedDesk
beforeAll(async () => {
  desk = await openSimulatedDesk()
})
afterAll(() => desk.close())

describe.each(calling)('%s', (_name, vendor, api) => {
  const to = numberFor(
    vendor,
    everyApi.findIndex(([, , one]) => one === api),
  )
  const wish = { api: api.id, ...withKey(vendor) }
  const values = { TemplateID: '1107000000000000001' }

  it('tells that a message was sent and delivered, signed as the vendor signs', async () => {
    const provider = await desk.vendor(vendor.id, wish)
    const sent = await desk.send(provider, { to, values })
    expect(sent.state).toBe('sent')
    const { callbacks } = await desk.when(sent.id, 'delivered')
    const states = vendor.callbacks ? statesOf(vendor.callbacks, api.id) : []
    const first = states.includes('sent') ? ['sent'] : states.includes('queued') ? ['queued'] : []
    expect(callbacks.map(({ state }) => state)).toEqual([...first, 'delivered'])
    const signature = vendor.callbacks?.signature ? 'valid' : 'unchecked'
    for (const one of callbacks) expect(one).toMatchObject({ signature, origin: 'simulator' })
    const [number] = (await desk.call('phone.numbers', { search: to, limit: 10 })).numbers
    expect(number).toMatchObject({ number: to, received: 1 })
    const [entry] = await desk.thread(to)
    expect(entry).toMatchObject({ messageId: sent.id, vendor: vendor.id, text: 'Hello' })
    expect(entry?.posts.map(({ state, outcome }) => [state, outcome])).toEqual(
      [...first, 'delivered'].map((state) => [state, 'taken']),
    )
  })

  it('tells of an end that is none', async () => {
    const provider = await desk.vendor(vendor.id, wish)
    await desk.fault({ kind: 'receiptsBadEnd', end: 'undelivered', code: '' })
    const sent = await desk.send(provider, { to, values })
    await desk.fault(null)
    const { callbacks } = await desk.when(sent.id, 'undelivered')
    expect(callbacks.at(-1)?.effect).toBe('counted')
  })

  it.runIf(says(vendor, api, 'reply'))('brings a reply', async () => {
    const provider = await desk.vendor(vendor.id, wish)
    const sent = await desk.send(provider, { to, values })
    await desk.when(sent.id, 'delivered')
    const reply = await desk.call('phone.reply', { number: to, text: 'Yes, é & 👍', to: null })
    expect(reply).toMatchObject({ direction: 'replied', posts: [{ outcome: 'taken' }] })
    const all = await desk.callbacks(1)
    const came = all.findLast(({ kinds }) => kinds.includes('reply'))
    expect(came?.items[0]).toMatchObject({
      text: 'Yes, é & 👍',
      from: to,
      messageId: sent.id,
      effect: 'counted',
    })
    expect(came?.signature).toBe(vendor.callbacks?.signature ? 'valid' : 'unchecked')
  })

  it.runIf(says(vendor, api, 'click'))('tells of a click', async () => {
    const provider = await desk.vendor(vendor.id, wish)
    const sent = await desk.send(provider, { to, values, text: 'See https://example.test/a' })
    await desk.when(sent.id, 'delivered')
    const [entry] = (await desk.call('phone.thread', { number: to, before: null, limit: 200 })).entries.slice(
      -1,
    )
    const url = 'https://example.test/a?b=1&c=2'
    const clicked = await desk.call('phone.click', { id: entry?.id ?? '', url })
    expect(clicked.posts.at(-1)).toMatchObject({
      kind: 'click',
      url,
      outcome: 'taken',
      answer: expect.any(Number),
    })
    const came = (await desk.callbacks(1)).findLast(({ kinds }) => kinds.includes('click'))
    expect(came?.items[0]).toMatchObject({ url, messageId: sent.id, effect: 'counted' })
  })
})

describe('vendors whose callbacks are not published', () => {
  it.each(everyApi.filter((one) => !calling.includes(one)))('%s says so', async (_name, vendor, api) => {
    const provider = await desk.vendor(vendor.id, { api: api.id })
    const to = numberFor(
      vendor,
      everyApi.findIndex(([, , one]) => one === api),
    )
    const sent = await desk.send(provider, { to, values: { TemplateID: '1107000000000000001' } })
    expect(sent.state).toBe('sent')
    const { entries } = await desk.call('phone.thread', { number: to, before: null, limit: 10 })
    expect(entries[0]?.posts).toMatchObject([{ outcome: 'failed', reason: 'vendor_sends_none' }])
  })
})
