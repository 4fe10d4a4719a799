import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exported, gist, replayed } from '../../helpers/bundles.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

const authToken = 'f'.repeat(32)
let here: TestWorkbench
let there: TestWorkbench
beforeEach(async () => {
  here = await openTestWorkbench()
  there = await openTestWorkbench()
})
afterEach(async () => {
  await here.close()
  await there.close()
})

/** A message through a vendor that signs its callbacks, with what the vendor said of it. */
async function throughTwilio() {
  await here.call('simulator.start', undefined)
  const fields = { accountSid: `AC${'0'.repeat(32)}`, from: '+15005550006' }
  const reading = { messageId: 'sid', errorCode: 'code', errorText: 'message' }
  const input = providerInput(
    { reading },
    {
      name: 'Twilio of ours',
      kind: 'twilio',
      vendor: { api: '', fields, simulated: true },
      secrets: { authToken },
    },
  )
  await here.call('providers.save', input)
  const sent = await here.call('messages.send', sendInput(input.id, { text: 'Hello from Twilio' }))
  for (const state of ['sent', 'delivered'] as const) {
    const pretend = { kind: 'receipt' as const, state, errorCode: '' }
    const crafted = await here.call('callbacks.pretend', { id: sent.id, pretend })
    await here.call('callbacks.craft', crafted)
  }
  return sent.id
}

describe('a bundle of a vendor’s message', () => {
  it('keeps its vendor, whose signed callbacks are read in a replay, and holds no credential', async () => {
    const id = await throughTwilio()
    const source = await here.call('messages.get', { id })
    expect(source).toMatchObject({ state: 'delivered', callbacks: [{}, {}] })
    const { text } = await exported(here, id)
    expect(text).not.toContain(authToken)
    const { recorded, replay } = await replayed(there, text)
    expect(gist(recorded)).toEqual(gist(source))
    expect(gist(replay)).toEqual(gist(source))
    expect(replay.callbacks.map(({ signature }) => signature)).toEqual(['unchecked', 'unchecked'])
    expect(await there.call('providers.list', undefined)).toMatchObject([
      { name: 'Twilio of ours', kind: 'twilio', simulated: true, missingSecrets: [] },
    ])
  })

  it('goes to its script again after the simulator moved, and after its form was saved', async () => {
    const { text } = await exported(here, await throughTwilio())
    const { bundleId, replay } = await replayed(there, text)
    await there.call('simulator.stop', undefined)
    await there.call('simulator.start', undefined)
    const provider = await there.call('providers.get', { id: replay.providerId! })
    await there.call('providers.save', { ...provider, secrets: {}, vendor: provider.vendor })
    const again = await there.call('bundles.replay', { id: bundleId, key: randomUUID(), pace: 'recorded' })
    expect(gist(again)).toEqual(gist(replay))
    expect(again.providerId).toBe(replay.providerId)
  })

  it('can be opened where it was made, and removed', async () => {
    const { text } = await exported(here, await throughTwilio())
    const { bundleId, replay } = await replayed(here, text)
    const names = (await here.call('providers.list', undefined)).map(({ name }) => name)
    expect(names).toEqual(['Twilio of ours', 'Twilio of ours (bundle)'])
    await here.call('bundles.remove', { id: bundleId })
    expect(await here.refusal('messages.get', { id: bundleId })).toMatchObject({ code: 'not_found' })
    expect(
      await here.refusal('bundles.replay', { id: bundleId, key: randomUUID(), pace: 'atOnce' }),
    ).toMatchObject({
      code: 'not_found',
    })
    expect(await here.call('messages.get', { id: replay.id })).toMatchObject({ runOf: bundleId })
  })

  it('is read but not replayed when its provider was never saved', async () => {
    const { address } = await here.call('simulator.start', undefined)
    const draft = providerInput({ endpoint: `${address}/generic/messages` })
    const sent = await here.call('messages.send', sendInput(draft))
    const { text } = await exported(here, sent.id)
    const { id, obstacle } = await there.call('bundles.open', { text })
    expect(obstacle).toContain('never saved')
    expect(await there.call('messages.get', { id: id! })).toMatchObject({ text: 'Hello', providerId: null })
    const refused = await there.refusal('bundles.replay', { id, key: randomUUID(), pace: 'atOnce' })
    expect(refused).toMatchObject({ code: 'invalid_input', message: obstacle })
  })
})
