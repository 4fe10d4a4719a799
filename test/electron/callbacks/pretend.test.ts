import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pretend } from '#shared/callbacks/callback-commands.ts'
import { statesOf } from '#shared/callbacks/imitate.ts'
import { calling, everyApi, numberFor, says, withKey } from '../../helpers/calling-vendors.ts'
import { openSimulatedDesk, type SimulatedDesk } from '../../helpers/simulated-provider.ts'

let desk: SimulatedDesk
beforeAll(async () => {
  desk = await openSimulatedDesk({ receipts: { enabled: false, firstMs: 1, lastMs: 2 } })
})
afterAll(() => desk.close())

/** What the message's vendor would send, taken as if it had come. */
async function pretended(id: string, pretend: Pretend) {
  return desk.call('callbacks.craft', await desk.call('callbacks.pretend', { id, pretend }))
}

const receipt = (state: 'delivered' | 'undelivered' | 'failed' | 'rejected' | 'expired'): Pretend => ({
  kind: 'receipt',
  state,
  errorCode: '',
})

describe.each(calling)('%s, as it would say', (_name, vendor, api) => {
  const to = numberFor(
    vendor,
    everyApi.findIndex(([, , one]) => one === api),
  )
  const wish = { api: api.id, ...withKey(vendor) }
  const send = async () => {
    const values = { TemplateID: '1107000000000000001' }
    return desk.send(await desk.vendor(vendor.id, wish), { to, values, test: false })
  }
  // Nobody but the workbench can have written it, so it needs no signature.
  const signature = vendor.callbacks?.signature ? 'absent' : 'unchecked'

  it('that a message was delivered, makes it so, and once', async () => {
    const { id } = await send()
    const taken = await pretended(id, receipt('delivered'))
    expect(taken).toMatchObject({ origin: 'crafted', effect: 'counted', messageId: id, signature })
    expect(await desk.call('messages.get', { id })).toMatchObject({ state: 'delivered' })
    const [again] = await desk.call('callbacks.replay', { ids: [taken.id] })
    expect(again).toMatchObject({ origin: 'replay', effect: 'repeat', messageId: id })
  })

  it('that it did not arrive, makes it undelivered', async () => {
    const known = vendor.callbacks ? statesOf(vendor.callbacks, api.id) : []
    const ends = (['undelivered', 'failed', 'rejected', 'expired'] as const).filter((end) =>
      known.includes(end),
    )
    expect(ends.length).toBeGreaterThan(0)
    for (const end of ends) {
      const { id } = await send()
      expect(await pretended(id, receipt(end))).toMatchObject({
        effect: 'counted',
        state: end,
        messageId: id,
      })
      expect(await desk.call('messages.get', { id })).toMatchObject({ state: 'undelivered' })
    }
  })

  it.runIf(says(vendor, api, 'reply'))('that somebody replied, is a reply to it', async () => {
    const { id } = await send()
    const taken = await pretended(id, { kind: 'reply', text: 'Yes, é & 👍' })
    expect(taken).toMatchObject({ kinds: ['reply'], effect: 'counted', messageId: id, text: 'Yes, é & 👍' })
  })
})
