import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk, saved } from '../../helpers/bulk.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { formRows } from '../../helpers/settings.ts'
import { openSimulatedDesk, type SimulatedDesk } from '../../helpers/simulated-provider.ts'

let desk: SimulatedDesk
let foreign: RawServer | null
beforeEach(async () => {
  desk = await openSimulatedDesk({ host: 'headless' })
  foreign = null
})
afterEach(async () => {
  await foreign?.close()
  await desk.close()
})

const reached = () => foreign?.received.length
const endpointOf = async (id: string) => (await desk.call('providers.get', { id })).settings.endpoint

/** Another program takes the port that the simulator had. */
async function takePort(): Promise<string> {
  const { address, port } = await desk.call('simulator.status', undefined)
  await desk.call('simulator.stop', undefined)
  foreign = await startRawServer({ onRequest: (socket) => socket.end() }, port ?? 0)
  return address ?? ''
}

describe('a simulated provider of no vendor', () => {
  it('sends to the simulator wherever it listens now, and its settings follow', async () => {
    const provider = await desk.generic()
    const before = await takePort()
    expect(await endpointOf(provider.id)).toBe(`${before}${genericSimulatorPath}`)
    const heard = new Promise<void>((resolve) => {
      desk.workbench.events.subscribe(({ name }) => name === 'providers.changed' && resolve())
    })
    const { address } = await desk.call('simulator.start', undefined)
    expect(address).not.toBe(before)
    expect(await desk.send(provider)).toMatchObject({ state: 'sent', simulated: true })
    await heard
    expect(await endpointOf(provider.id)).toBe(`${address}${genericSimulatorPath}`)
    expect(await desk.send(provider)).toMatchObject({ state: 'sent' })
    expect(reached()).toBe(0)
  })

  it('is refused while the simulator is stopped, whoever has its port', async () => {
    const provider = await desk.generic()
    await takePort()
    expect(await desk.send(provider)).toMatchObject({
      outcomeClass: 'unavailable',
      outcomeCode: 'simulator_stopped',
      story: [{ bytesOut: false, request: null }],
    })
    expect(reached()).toBe(0)
  })

  it('tries its draft there, too', async () => {
    const before = await takePort()
    await desk.call('simulator.start', undefined)
    const { id, name, kind, settings } = providerInput({
      endpoint: `${before}${genericSimulatorPath}`,
      parameters: formRows({ to: '$$To', text: '$$Body' }),
    })
    const provider = {
      kind: 'draft' as const,
      draft: { id, name, kind, vendor: null, settings, secrets: {} },
    }
    const story = await desk.call('messages.send', { ...sendInput(id, { key: newId() }), provider })
    expect(story).toMatchObject({ state: 'sent', simulated: true })
    expect(reached()).toBe(0)
  })

  it('goes on with its bulk test after a restart, once the simulator is there', async () => {
    const provider = await desk.generic()
    const { id } = await loadBulk(desk, bulkSetup(saved(provider.id), { perSecond: 50 }), bulkFile(20))
    await desk.call('bulk.start', { id })
    await bulkWhen(desk, id, ({ sent }) => sent > 0)
    await desk.reopen()
    expect(await bulkWhen(desk, id, isOver)).toMatchObject({ sent: 20, failed: 0 })
  })
})

it('a simulated provider of a vendor is led to the simulator, too, before its settings are', async () => {
  const provider = await desk.vendor('twilio')
  await takePort()
  expect(await desk.send(provider)).toMatchObject({ outcomeCode: 'simulator_stopped' })
  await desk.call('simulator.start', undefined)
  expect(await desk.send(provider)).toMatchObject({ state: 'sent' })
  expect(reached()).toBe(0)
})
