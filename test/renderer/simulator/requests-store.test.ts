import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventEnvelope } from '#shared/contract.ts'
import type { ReceivedMessage, SimulatorStatus } from '#shared/simulator.ts'
import { useTransport } from '../../../renderer/lib/api.ts'
import { newestOf } from '../../../renderer/features/simulator/newest-requests.ts'
import { useRequests } from '../../../renderer/features/simulator/requests-store.ts'
import { received } from './received.ts'

let kept: ReceivedMessage[]
let tell: (event: Pick<EventEnvelope, 'name' | 'payload'>) => void
beforeEach(() => {
  vi.useFakeTimers()
  kept = [received('a', { at: 1 }), received('b', { at: 2 })]
  const listeners: ((event: EventEnvelope) => void)[] = []
  useTransport({
    call: async () => ({ ok: true, value: [...kept] }),
    on: (listener) => {
      listeners.push(listener)
      return () => {}
    },
  })
  tell = (event) => listeners.forEach((listener) => listener({ seq: 1, ...event } as EventEnvelope))
  setActivePinia(createPinia())
})
afterEach(() => vi.useRealTimers())

const come = (...ids: string[]) => {
  for (const id of ids) tell({ name: 'simulator.received', payload: received(id) })
  vi.runAllTimers()
}
const idsOf = (messages: readonly ReceivedMessage[]) => messages.map(({ id }) => id).join('')

test('the newest stand first, those that came in one burst included', async () => {
  const store = useRequests()
  await store.load()
  expect(idsOf(store.list)).toBe('ba')
  come('c', 'd')
  expect(idsOf(store.list)).toBe('dcba')
})

test('while somebody reads, what comes waits', async () => {
  const store = useRequests()
  await store.load()
  let reading = true
  store.readBy(() => reading)
  const before = store.list
  come('c')
  come('d')
  expect(store.list).toBe(before)
  expect(idsOf(store.arrived)).toBe('dc')
  reading = false
  store.settle()
  expect(idsOf(store.list)).toBe('dcba')
  expect(store.arrived).toEqual([])
})

test('one that is told of again replaces its former self, wherever it stands', async () => {
  const store = useRequests()
  await store.load()
  store.readBy(() => true)
  come('c')
  for (const id of ['a', 'c']) tell({ name: 'simulator.received', payload: received(id, { status: 500 }) })
  vi.runAllTimers()
  expect(idsOf(store.list)).toBe('ba')
  expect(store.list[1]?.status).toBe(500)
  expect(store.arrived.map(({ id, status }) => [id, status])).toEqual([['c', 500]])
})

test('what a burst left untold is asked for, and stands where it belongs', async () => {
  const store = useRequests()
  await store.load()
  tell({ name: 'simulator.received', payload: received('f', { at: 6 }) })
  vi.runAllTimers()
  kept = [...'cdef'].map((id, index) => received(id, { at: index + 3 }))
  tell({ name: 'simulator.status', payload: { received: 6 } as SimulatorStatus })
  await vi.runAllTimersAsync()
  expect(idsOf(store.list)).toBe('fedcba')
})

test('cleared in another window they go here, too', async () => {
  const store = useRequests()
  await store.load()
  tell({ name: 'simulator.received', payload: received('c') })
  tell({ name: 'simulator.status', payload: { received: 0 } as SimulatorStatus })
  vi.runAllTimers()
  expect(store.list).toEqual([])
})

test('a page holds so many, and no more text than it can bear', () => {
  const messages = ['a', 'b', 'c', 'd'].map((id) =>
    received(id, { request: { ...received(id).request, body: '12345' } }),
  )
  expect(idsOf(newestOf(messages, 3, 1000))).toBe('abc')
  expect(idsOf(newestOf(messages, 10, 14))).toBe('ab')
  expect(idsOf(newestOf(messages, 10, 1))).toBe('a')
  expect(newestOf(messages)).toBe(messages)
})
