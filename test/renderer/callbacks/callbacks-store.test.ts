import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import type { EventEnvelope } from '#shared/contract.ts'
import { useTransport } from '../../../renderer/lib/api.ts'
import { everyCallback } from '../../../renderer/features/callbacks/callback-filter.ts'
import { useCallbacks } from '../../../renderer/features/callbacks/callbacks-store.ts'
import { useChosen } from '../../../renderer/features/callbacks/use-chosen.ts'

const settled = async (turns = 20) => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done))
}
const callback = (place: number, more: Partial<CallbackSummary> = {}) =>
  ({ id: `c${place}`, providerId: 'p', effect: 'counted', trouble: null, ...more }) as CallbackSummary

/** What is kept, by its place; the greatest is the newest. */
let kept: Map<number, CallbackSummary>
/** Answers of the list that wait, where a test holds them. */
let held: (() => void)[] | null
let asked: number
let emit: (name: EventEnvelope['name'], payload: unknown) => void
beforeEach(() => {
  kept = new Map()
  held = null
  asked = 0
  const listeners: ((event: EventEnvelope) => void)[] = []
  useTransport({
    call: async (name, input) => {
      if (name === 'callbacks.count') return { ok: true, value: countOf(input as Counting) }
      if (name !== 'callbacks.list') return { ok: true, value: null }
      asked += 1
      const { cursor, limit, search } = input as { cursor: number | null; limit: number; search: string }
      const places = [...kept.keys()].toSorted((one, other) => other - one)
      const fits = (place: number) => search === '' || place === Number(search)
      const found = places.filter((place) => fits(place) && place < (cursor ?? Infinity))
      const page = found.slice(0, limit)
      const callbacks = page.flatMap((place) => kept.get(place) ?? [])
      const waiting = held
      if (waiting) await new Promise<void>((go) => waiting.push(go))
      return { ok: true, value: { callbacks, more: found.length > limit, cursor: page.at(-1) ?? 0 } }
    },
    on: (listener) => {
      listeners.push(listener)
      return () => {}
    },
  })
  emit = (name, payload) => {
    for (const listener of listeners) listener({ name, payload } as EventEnvelope)
  }
  setActivePinia(createPinia())
})

interface Counting {
  cursor: number | null
  after: number
}
/** A thousand at a time. */
function countOf({ cursor, after }: Counting) {
  const places = [...kept.keys()].filter((place) => place > after && place < (cursor ?? Infinity))
  const some = places.toSorted((one, other) => other - one).slice(0, 1000)
  return {
    count: some.length,
    more: some.length < places.length,
    cursor: some.at(-1) ?? 0,
    newest: some[0] ?? null,
  }
}

function keep(from: number, to: number): void {
  for (let place = from; place <= to; place += 1) kept.set(place, callback(place))
}
function arrive(place: number): void {
  kept.set(place, callback(place))
  emit('callback.received', callback(place))
}
const ids = (store: ReturnType<typeof useCallbacks>) => store.list.map(({ id }) => id)

test('what comes is shown at the top, in order, and no row twice', async () => {
  keep(1, 3)
  const store = useCallbacks()
  await store.open(everyCallback)
  arrive(4)
  await settled()
  expect(ids(store)).toEqual(['c4', 'c3', 'c2', 'c1'])
})

test('while somebody reads, or the list is paused, nothing moves and what waits is counted', async () => {
  keep(1, 3)
  const store = useCallbacks()
  await store.open(everyCallback)
  let reading = true
  store.readBy(() => reading)
  arrive(4)
  await settled()
  expect([ids(store), store.newer]).toEqual([['c3', 'c2', 'c1'], { count: 1, many: false }])
  emit('callback.received', callback(2, { effect: 'conflict' }))
  expect(store.list[1]).toMatchObject({ id: 'c2', effect: 'conflict' })
  store.pause(true)
  reading = false
  store.settle()
  await settled()
  expect(store.newer.count).toBe(1)
  kept.set(5, callback(5))
  emit('host.resync', null)
  await settled()
  expect([ids(store), store.newer.count]).toEqual([['c3', 'c2', 'c1'], 2])
  store.pause(false)
  await settled()
  expect([ids(store), store.newer.count]).toEqual([['c5', 'c4', 'c3', 'c2', 'c1'], 0])
})

test('all that fit are counted, those that are not listed yet, too, and what comes is added', async () => {
  keep(1, 2500)
  const store = useCallbacks()
  await store.open(everyCallback)
  await settled()
  expect([store.list.length, store.count]).toEqual([100, { count: 2500, more: false }])
  let reading = true
  store.readBy(() => reading)
  arrive(2501)
  arrive(2502)
  await settled()
  expect(store.count?.count).toBe(2500)
  reading = false
  store.settle()
  await settled()
  expect(store.count).toEqual({ count: 2502, more: false })
})

test('ten thousand are gone through page by page, whatever comes meanwhile', async () => {
  keep(1, 10_000)
  const store = useCallbacks()
  await store.open(everyCallback)
  expect(store.list).toHaveLength(100)
  store.readBy(() => true)
  arrive(10_001)
  while (store.more) await store.loadMore()
  expect(store.list).toHaveLength(10_000)
  expect(new Set(ids(store)).size).toBe(10_000)
  expect(asked).toBeLessThan(110)
})

test('what was told while a page was on its way is newer than what the page says', async () => {
  keep(1, 1)
  held = []
  const store = useCallbacks()
  const opening = store.open(everyCallback)
  await settled()
  kept.set(1, callback(1, { effect: 'waiting' }))
  emit('callback.received', callback(1, { effect: 'waiting' }))
  for (const go of held.splice(0)) go()
  await opening
  expect(store.list).toMatchObject([{ id: 'c1', effect: 'waiting' }])
})

test('so it is for an older page, whatever else is asked meanwhile', async () => {
  keep(1, 150)
  const store = useCallbacks()
  await store.open(everyCallback)
  held = []
  const loading = store.loadMore()
  const looking = store.open(everyCallback)
  await settled()
  expect(held).toHaveLength(2)
  emit('callback.received', callback(1, { effect: 'waiting' }))
  for (const go of held.splice(0)) go()
  await Promise.all([loading, looking])
  expect(store.list.find(({ id }) => id === 'c1')).toMatchObject({ effect: 'waiting' })
})

test('a filter that was left is dropped with its answers, and a cleared list is empty at once', async () => {
  keep(1, 2)
  held = []
  const store = useCallbacks()
  const first = store.open(everyCallback)
  const second = store.open({ ...everyCallback, search: '2' })
  await settled()
  kept.clear()
  for (const go of held.splice(0).toReversed()) go()
  await Promise.all([first, second])
  expect([store.shown.search, ids(store)]).toEqual(['2', ['c2']])
  held = null
  expect(await store.clear()).toBeNull()
  expect([ids(store), store.more]).toEqual([[], false])
})

test('rows are chosen one by one and from one to another, five hundred at most', () => {
  const listed = Array.from({ length: 600 }, (_, place) => `r${place}`)
  const chosen = useChosen(() => listed)
  chosen.toggle('r3', false)
  chosen.toggle('r1', true)
  expect(chosen.ids.value).toEqual(['r1', 'r2', 'r3'])
  chosen.toggle('r2', true)
  expect(chosen.ids.value).toEqual(['r1', 'r3'])
  chosen.all()
  expect(chosen.ids.value).toHaveLength(500)
  chosen.clear()
  expect(chosen.ids.value).toEqual([])
})
