import { afterEach, beforeEach, expect, it } from 'vitest'
import { handClock, type HandClock } from '../../helpers/hand-clock.ts'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let api: HttpServer
let clock: HandClock
let id: string

beforeEach(async () => {
  clock = handClock()
  test = await openTestWorkbench({ clock })
  api = await startHttpServer(() => ({}))
  const settings = { endpoint: `http://127.0.0.1:${api.port}/`, ratePerSecond: 2 }
  id = (await test.call('providers.save', providerInput(settings))).id
})
afterEach(async () => {
  await api.close()
  await test.close()
})

const stored = async () =>
  (await test.call('messages.list', { providerId: id, before: null, limit: 50 })).messages

it('spaces a provider’s messages evenly; those that wait are not begun', async () => {
  const sending = [1, 2, 3].map(() => test.call('messages.send', sendInput(id, { test: false })))
  await sending[0]
  expect([api.received.length, (await stored()).length]).toEqual([1, 1])
  await clock.advance(499)
  expect(clock.waiting()).toBe(1)
  await clock.advance(1)
  await sending[1]
  expect([api.received.length, (await stored()).length]).toEqual([2, 2])
  await clock.advance(500)
  expect(onlyAttempt((await sending[2])!).outcome?.code).toBe('accepted')
  // Their own time is what is shown, not the wait.
  expect(api.received).toHaveLength(3)
})

it('makes a test wait too, which says so and can be cancelled', async () => {
  await test.call('messages.send', sendInput(id))
  const input = sendInput(id)
  const waiting = test.call('messages.send', input)
  expect(test.events.at(-1)).toMatchObject({
    name: 'message.phase',
    payload: { key: input.key, phase: 'queued' },
  })
  await test.call('messages.cancel', { key: input.key })
  const story = await waiting
  expect(story.state).toBe('cancelled')
  expect(onlyAttempt(story).outcome).toMatchObject({ class: 'cancelled', code: 'cancelled_before_sending' })
  expect(await test.call('messages.get', { id: story.id })).toEqual(story)
  expect(api.received).toHaveLength(1)
})

it('answers at once for a key that was used before', async () => {
  const input = sendInput(id)
  const story = await test.call('messages.send', input)
  expect(await test.call('messages.send', input)).toEqual(story)
  expect([api.received.length, clock.waiting()]).toEqual([1, 0])
})

it('ends what waits when the workbench is closed', async () => {
  await test.call('messages.send', sendInput(id))
  const waiting = test.call('messages.send', sendInput(id))
  await test.workbench.stopSending()
  expect((await waiting).state).toBe('cancelled')
})
