import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SendInput } from '#shared/send-input.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
const servers: RawServer[] = []

beforeEach(async () => {
  test = await openTestWorkbench()
})
afterEach(async () => {
  await test.close()
  for (const server of servers.splice(0)) await server.close()
})

/** A provider that answers when it is told to. */
async function slow(atOnce: number) {
  const held: (() => void)[] = []
  let most = 0
  const arrivals: { count: number; resolve: () => void }[] = []
  let arrived = 0
  const server = await startRawServer({
    onRequest: (socket) => {
      held.push(() => socket.write(reply('201 Created', '{}')))
      most = Math.max(most, held.length)
      arrived += 1
      arrivals.filter(({ count }) => count <= arrived).forEach(({ resolve }) => resolve())
    },
  })
  servers.push(server)
  const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, atOnce })
  await test.call('providers.save', input)
  return {
    id: input.id,
    most: () => most,
    arrived: (count: number) =>
      new Promise<void>((resolve) => (arrived >= count ? resolve() : arrivals.push({ count, resolve }))),
    answer: () => held.shift()?.(),
  }
}

const send = (id: string, more: Partial<SendInput> = {}) =>
  test.call('messages.send', sendInput(id, { test: false, ...more }))

it('has so many on their way to a provider at once, and no attempt begins before its place', async () => {
  const provider = await slow(2)
  const sending = Array.from({ length: 5 }, () => send(provider.id))
  await provider.arrived(2)
  const begun = await test.call('messages.list', { providerId: provider.id, before: null, limit: 50 })
  expect(begun.messages).toHaveLength(2)
  for (let count = 3; count <= 5; count += 1) {
    provider.answer()
    await provider.arrived(count)
  }
  provider.answer()
  provider.answer()
  const stories = await Promise.all(sending)
  expect(stories.map(({ state }) => state)).toEqual(Array(5).fill('sent'))
  expect(provider.most()).toBe(2)
})

it('holds back neither another provider nor a test', async () => {
  const full = await slow(1)
  const other = await slow(1)
  const first = send(full.id)
  await full.arrived(1)
  const waiting = send(full.id)
  const elsewhere = send(other.id)
  await other.arrived(1)
  other.answer()
  expect((await elsewhere).state).toBe('sent')
  const tested = send(full.id, { test: true })
  await full.arrived(2)
  full.answer()
  full.answer()
  expect((await tested).state).toBe('sent')
  await first
  await full.arrived(3)
  full.answer()
  expect((await waiting).state).toBe('sent')
})

it('gives the place of one that is cancelled while it waits to nobody, and that of one that failed to the next', async () => {
  const provider = await slow(1)
  const first = send(provider.id)
  await provider.arrived(1)
  const input = sendInput(provider.id, { test: false })
  const given = test.call('messages.send', input)
  const next = send(provider.id)
  await test.call('messages.cancel', { key: input.key })
  expect((await given).outcomeCode).toBe('cancelled_before_sending')
  provider.answer()
  expect((await first).state).toBe('sent')
  await provider.arrived(2)
  provider.answer()
  expect((await next).state).toBe('sent')
})
