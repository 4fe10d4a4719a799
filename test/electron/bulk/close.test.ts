import { afterEach, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk, saved } from '../../helpers/bulk.ts'
import { heldProvider } from '../../helpers/held-provider.ts'
import { newId } from '../../helpers/new-id.ts'
import type { RawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
const servers: RawServer[] = []
afterEach(async () => {
  await test.close()
  for (const server of servers.splice(0)) await server.close()
})

const messages = async () =>
  (await test.call('messages.list', { providerId: null, before: null, limit: 500 })).messages
const policies = { ...defaultPolicies, breaker: false }

async function groupOf(...members: string[]) {
  const group = { id: newId(), name: 'Both', members, countries: [], notes: '', policies }
  await test.call('groups.save', group)
  return { kind: 'group' as const, id: group.id }
}

it('takes back what waits for its next member when it closes or pauses, and tries nobody twice', async () => {
  test = await openTestWorkbench({ host: 'headless' })
  const down = await heldProvider(test)
  // A turn in a hundred seconds: with each start of the workbench one message gets one.
  const slow = await heldProvider(test, { ratePerSecond: 0.01 })
  servers.push(down.server, slow.server)
  down.state.status = '503 Service Unavailable'
  const { id } = await loadBulk(test, bulkSetup(await groupOf(down.id, slow.id)), bulkFile(12))
  await test.call('bulk.start', { id })
  await down.arrivals(12)
  await bulkWhen(test, id, ({ sent }) => sent === 1)
  const first = await test.call('bulk.pause', { id })
  expect(first).toMatchObject({ state: 'paused', sent: 1, failed: 0, cancelled: 0, sending: 0 })
  await test.call('bulk.start', { id })
  await test.reopen()
  await bulkWhen(test, id, ({ sent }) => sent === 2)
  await test.call('bulk.pause', { id })
  const waiting = (await messages()).filter(({ state }) => state === 'queued')
  expect(waiting).toHaveLength(10)
  expect(new Set(waiting.map(({ attempts }) => attempts))).toEqual(new Set([1]))
  await test.call('providers.save', {
    ...slow.input,
    settings: { ...slow.input.settings, ratePerSecond: null },
  })
  await test.call('bulk.start', { id })
  expect(await bulkWhen(test, id, isOver)).toMatchObject({ state: 'done', sent: 12, failed: 0 })
  expect([down.state.arrived.length, slow.state.arrived.length]).toEqual([12, 12])
  expect(new Set(slow.state.arrived).size).toBe(12)
})

it('takes back what its first member refuses only after the pause', async () => {
  test = await openTestWorkbench({ host: 'headless' })
  const down = await heldProvider(test)
  const slow = await heldProvider(test, { ratePerSecond: 0.01 })
  servers.push(down.server, slow.server)
  Object.assign(down.state, { holds: true, status: '503 Service Unavailable' })
  const { id } = await loadBulk(test, bulkSetup(await groupOf(down.id, slow.id)), bulkFile(4))
  await test.call('bulk.start', { id })
  await down.arrivals(4)
  const pausing = test.call('bulk.pause', { id })
  await bulkWhen(test, id, ({ state }) => state === 'paused')
  down.release()
  expect(await pausing).toMatchObject({ state: 'paused', sent: 0, failed: 0, sending: 0 })
  expect((await messages()).map(({ state }) => state)).toEqual(Array(4).fill('queued'))
})

it.each(['a provider', 'a group'])(
  'puts back what was still connecting to %s when it closed, and sends it once',
  async (kind) => {
    let reaches = false
    const address = [{ address: '127.0.0.1', family: 4 }]
    let lookUps = 0
    let onLookUp = () => {}
    const lookup = () => {
      lookUps += 1
      onLookUp()
      return reaches ? Promise.resolve(address) : new Promise<never>(() => {})
    }
    test = await openTestWorkbench({ host: 'headless', network: { lookup }, closeGraceMs: 20 })
    const timeouts = { connectMs: 60_000, tlsMs: 5000, firstByteMs: 5000, totalMs: 90_000 }
    const provider = await heldProvider(test, { timeouts, atOnce: 4 }, 'vendor.test')
    servers.push(provider.server)
    const target = kind === 'a group' ? await groupOf(provider.id) : saved(provider.id)
    const { id } = await loadBulk(test, bulkSetup(target), bulkFile(10))
    const four = new Promise<void>((resolve) => (onLookUp = () => lookUps === 4 && resolve()))
    await test.call('bulk.start', { id })
    await four
    await test.workbench.close()
    reaches = true
    await test.reopen()
    const over = await bulkWhen(test, id, isOver)
    expect(over).toMatchObject({ state: 'done', sent: 10, failed: 0, cancelled: 0 })
    expect(provider.state.arrived.toSorted()).toEqual(bulkFile(10).match(/\+\d+/g))
    const twice = (await messages()).filter(({ attempts }) => attempts === 2)
    expect(twice).toHaveLength(4)
    const { story } = await test.call('messages.get', { id: twice[0]!.id })
    expect(story.map(({ outcome }) => outcome?.class)).toEqual(['cancelled', 'accepted'])
  },
)

it('does not send again what was under way when it closed: nobody knows whether it was taken', async () => {
  test = await openTestWorkbench({ host: 'headless', closeGraceMs: 20 })
  const provider = await heldProvider(test, { atOnce: 3 })
  servers.push(provider.server)
  provider.state.holds = true
  const target = await groupOf(provider.id, (await heldProvider(test)).id)
  const { id } = await loadBulk(test, bulkSetup(target), bulkFile(10))
  await test.call('bulk.start', { id })
  await provider.arrivals(3)
  const closing = test.workbench.close()
  await closing
  provider.release()
  await test.reopen()
  const over = await bulkWhen(test, id, isOver)
  expect(over).toMatchObject({
    sent: 7,
    failed: 3,
    failures: [{ code: 'cancelled_after_sending', count: 3 }],
  })
  expect(provider.state.arrived.toSorted()).toEqual(bulkFile(10).match(/\+\d+/g))
})
