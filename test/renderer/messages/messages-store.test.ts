import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { EventEnvelope } from '#shared/contract.ts'
import type { MessageSummary } from '#shared/message.ts'
import { useTransport } from '../../../renderer/lib/api.ts'
import type { Answer } from '../../../renderer/lib/failure.ts'
import { useMessages } from '../../../renderer/features/messages/messages-store.ts'

interface Asked {
  input: unknown
  answer: (messages: MessageSummary[], more?: boolean) => Promise<void>
}

let asked: Asked[]
let emit: (summary: MessageSummary) => void
beforeEach(() => {
  asked = []
  const listeners: ((event: EventEnvelope) => void)[] = []
  useTransport({
    call: (_name, input) =>
      new Promise<Answer<unknown>>((resolve) => {
        const answer: Asked['answer'] = async (messages, more = false) => {
          resolve({ ok: true, value: { messages, more } })
          await new Promise((done) => setImmediate(done))
        }
        asked.push({ input, answer })
      }),
    on: (listener) => {
      listeners.push(listener)
      return () => {}
    },
  })
  emit = (payload) => listeners.forEach((listener) => listener({ seq: 1, name: 'message.changed', payload }))
  setActivePinia(createPinia())
})

const message = (id: string, createdAt: number, more: Partial<MessageSummary> = {}) =>
  ({ id, createdAt, providerId: 'p', test: true, ...more }) as MessageSummary
const idsOf = (store: ReturnType<typeof useMessages>) => store.list.map(({ id }) => id)
const tests = { providerId: 'p', test: true }

test('the filter goes along with every page that is asked for', async () => {
  const store = useMessages()
  void store.loadFirst(tests)
  await asked[0]?.answer([message('b', 2)], true)
  void store.loadMore()
  await asked[1]?.answer([message('a', 1)])
  expect(asked.map(({ input }) => input)).toEqual([
    { providerId: 'p', test: true, before: null, limit: 100 },
    { providerId: 'p', test: true, before: 'b', limit: 100 },
  ])
  expect(idsOf(store)).toEqual(['b', 'a'])
})

test('an answer that comes after the filter has changed is dropped', async () => {
  const store = useMessages()
  void store.loadFirst({ providerId: null, test: null })
  void store.loadFirst(tests)
  await asked[1]?.answer([message('new', 2)])
  await asked[0]?.answer([message('old', 1)])
  expect(idsOf(store)).toEqual(['new'])
  expect(asked[0]?.input).toEqual({ providerId: null, before: null, limit: 100 })
})

test('with another filter nothing of the list before stays, and pages on their way do not come into it', async () => {
  const store = useMessages()
  void store.loadFirst({ providerId: null, test: null })
  await asked[0]?.answer([message('x', 3)], true)
  void store.loadMore()
  void store.loadFirst(tests)
  expect(idsOf(store)).toEqual([])
  expect(store.loaded).toBe(false)
  await asked[1]?.answer([message('y', 2)])
  await asked[2]?.answer([message('z', 1)])
  expect(idsOf(store)).toEqual(['z'])
})

test('only messages that fit come in live', async () => {
  const store = useMessages()
  void store.loadFirst(tests)
  await asked[0]?.answer([message('a', 1)])
  emit(message('other provider', 2, { providerId: 'q' }))
  emit(message('no test', 3, { test: false }))
  emit(message('b', 4))
  expect(idsOf(store)).toEqual(['b', 'a'])
})

test('a list that begins anew takes no page of the one before, which would leave a gap', async () => {
  const store = useMessages()
  void store.loadFirst(tests)
  await asked[0]?.answer([message('b', 2)], true)
  void store.loadMore()
  void store.loadFirst()
  await asked[2]?.answer([message('z', 9)], true)
  await asked[1]?.answer([message('a', 1)])
  expect(idsOf(store)).toEqual(['z'])
  expect(store.more).toBe(true)
})

test('of two answers for one filter the one that was asked for last stays', async () => {
  const store = useMessages()
  void store.loadFirst(tests)
  void store.loadFirst()
  await asked[1]?.answer([message('new', 2)])
  await asked[0]?.answer([message('old', 1)])
  expect(idsOf(store)).toEqual(['new'])
})
