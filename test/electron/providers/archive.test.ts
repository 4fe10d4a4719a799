import { afterAll, beforeAll, expect, it } from 'vitest'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let server: RawServer
let status = '201 Created'
beforeAll(async () => {
  test = await openTestWorkbench()
  server = await startRawServer({ onRequest: (socket) => socket.write(reply(status, '{}')) })
})
afterAll(async () => {
  await test.close()
  await server.close()
})
const archived = { code: 'provider_archived' }
const summaryOf = async (id: string) =>
  (await test.call('providers.list', undefined)).find((provider) => provider.id === id)

it('takes a provider out of use for good, and leaves all that it did to be read', async () => {
  const provider = providerInput(
    { endpoint: `http://127.0.0.1:${server.port}/`, auth: { kind: 'bearer', token: '{{secret:token}}' } },
    { secrets: { token: 'kept-secret' } },
  )
  await test.call('providers.save', provider)
  const story = await test.call('messages.send', sendInput(provider.id, { test: false }))
  expect(await summaryOf(provider.id)).toMatchObject({ isDefault: true, archivedAt: null })
  expect((await test.call('providers.impact', { id: provider.id })).uses).toEqual([{ kind: 'default' }])
  await test.call('providers.archive', { id: provider.id })

  expect(await summaryOf(provider.id)).toMatchObject({
    status: 'archived',
    isDefault: false,
    counts: { sent: 1 },
  })
  const saved = await test.call('providers.get', { id: provider.id })
  expect(saved.archivedAt).toBeGreaterThan(0)
  expect(await test.call('messages.get', { id: story.id })).toMatchObject({ providerId: provider.id })
  for (const refused of [
    test.refusal('messages.send', sendInput(provider.id)),
    test.refusal('messages.send', sendInput(provider)),
    test.refusal('providers.save', { ...provider, secrets: {} }),
    test.refusal('providers.setDefault', { id: provider.id }),
  ])
    expect(await refused).toMatchObject(archived)
  expect(server.received).toHaveLength(1)

  await test.reopen()
  expect(await test.refusal('messages.send', sendInput(provider.id))).toMatchObject(archived)
  const copy = await test.call('providers.duplicate', { id: provider.id })
  expect(copy).toMatchObject({ archivedAt: null, isDefault: false, secrets: [{ state: 'set' }] })
  expect(await test.call('messages.send', sendInput(copy.id))).toMatchObject({ state: 'sent' })
})

it('tries everything offline again beside an archived simulated provider', async () => {
  const first = await test.call('tour.start', undefined)
  await test.call('providers.archive', { id: first.providerId })
  const second = await test.call('tour.start', undefined)
  expect(second.providerId).not.toBe(first.providerId)
  expect(await test.call('messages.get', { id: second.messageId })).toMatchObject({ state: 'sent' })
})

it('tells the last success, and the last error in words', async () => {
  const provider = providerInput({ endpoint: `http://127.0.0.1:${server.port}/` })
  await test.call('providers.save', provider)
  expect(await summaryOf(provider.id)).toMatchObject({ lastSuccess: null, lastError: null })
  const good = await test.call('messages.send', sendInput(provider.id, { test: false }))
  status = '401 Unauthorized'
  const bad = await test.call('messages.send', sendInput(provider.id, { test: false }))
  status = '201 Created'
  expect(await summaryOf(provider.id)).toMatchObject({
    status: 'needs_attention',
    lastTest: null,
    lastSuccess: { messageId: good.id },
    lastError: {
      messageId: bad.id,
      title: expect.stringMatching(/credentials/i),
      next: expect.stringMatching(/\w/),
    },
  })
  const again = await test.call('messages.send', sendInput(provider.id))
  expect(await summaryOf(provider.id)).toMatchObject({
    status: 'ready',
    lastSuccess: { messageId: again.id },
    lastError: { messageId: bad.id },
  })
})

it('says nothing of a vendor by what the simulator answered, nor the other way about', async () => {
  const { address } = await test.call('simulator.start', undefined)
  const real = { endpoint: `http://127.0.0.1:${server.port}/` }
  const provider = providerInput({ endpoint: `${address}/generic/messages` })
  const pointAt = async ({ endpoint }: { endpoint: string }) => {
    await test.call('providers.save', { ...provider, settings: { ...provider.settings, endpoint } })
    return summaryOf(provider.id)
  }
  await pointAt(provider.settings)
  const imitated = await test.call('messages.send', sendInput(provider.id))
  expect(await summaryOf(provider.id)).toMatchObject({
    status: 'ready',
    lastTest: { messageId: imitated.id },
  })

  const untold = { status: 'untested', lastTest: null, lastSuccess: null, lastError: null }
  expect(await pointAt(real)).toMatchObject({ simulated: false, ...untold })
  const sent = await test.call('messages.send', sendInput(provider.id))
  const told = { lastTest: { messageId: sent.id }, lastSuccess: { messageId: sent.id } }
  expect(await summaryOf(provider.id)).toMatchObject({ status: 'ready', ...told })
  expect(await pointAt(real)).toMatchObject({ status: 'ready', ...told })

  expect(await pointAt(provider.settings)).toMatchObject({
    simulated: true,
    lastTest: { messageId: imitated.id },
    lastSuccess: null,
  })
})
