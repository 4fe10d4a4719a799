import { createPinia, setActivePinia } from 'pinia'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { everyMessage } from '../../../renderer/features/messages/message-filter.ts'
import { useMessageLog } from '../../../renderer/features/messages/log-store.ts'
import { FakeLog, settled } from './fake-log.ts'

let host: FakeLog
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  host = new FakeLog()
  setActivePinia(createPinia())
})
afterEach(() => vi.useRealTimers())

const ids = (from: number, to: number) =>
  Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => `m${from - index}`)
const failures = { ...everyMessage, states: ['failed' as const] }
/** Past every pause between two looks. */
async function later(): Promise<void> {
  await settled()
  vi.advanceTimersByTime(2000)
  await settled()
}

async function opened(filter = everyMessage) {
  const log = useMessageLog()
  await log.open(filter)
  await settled()
  return log
}

test('page by page the whole log is listed, newest first, each message once', async () => {
  host.add(450)
  const log = await opened()
  expect(log.ids).toEqual(ids(450, 351))
  host.add(5)
  while (log.more) await log.loadMore()
  expect(log.ids).toEqual(ids(450, 1))
  expect(host.asked.filter(({ name }) => name === 'messages.list').at(-1)?.input).toMatchObject({
    cursor: 51,
  })
})

test('the filter goes along, and an answer for one that has gone since is dropped', async () => {
  host.add(10)
  host.add(3, { state: 'failed' })
  const log = useMessageLog()
  host.hold()
  void log.open(everyMessage)
  void log.open(failures)
  await host.release()
  expect(log.ids).toEqual(ids(13, 11))
  expect(host.asked[1]?.input).toMatchObject({ states: ['failed'], before: null })
  expect(log.filter).toEqual(failures)
})

test('at the top new messages come by themselves; while somebody reads they are counted and nothing moves', async () => {
  host.add(150)
  const log = await opened()
  host.send()
  await later()
  expect(log.ids[0]).toBe('m151')

  let reading = true
  log.readBy(() => reading)
  const before = log.ids
  for (let index = 0; index < 3; index += 1) host.send()
  await later()
  expect(log.ids).toBe(before)
  expect(log.newer).toEqual({ count: 3, many: false })
  reading = false
  log.settle()
  await later()
  expect(log.ids).toEqual([...ids(154, 152), ...before])
  expect(log.newer.count).toBe(0)
})

test('of more than a page of new ones it is said that there are more, and they leave no gap', async () => {
  host.add(300)
  const log = await opened()
  await log.loadMore()
  log.readBy(() => true)
  host.add(250)
  host.tell('bulk.changed')
  await later()
  expect(log.newer).toEqual({ count: 100, many: true })
  log.readBy()
  log.settle()
  await later()
  expect(log.ids).toEqual(ids(550, 451))
  await log.loadMore()
  expect(log.ids).toEqual(ids(550, 351))
})

test('a message that does not fit is not told of, and one that comes to fit is', async () => {
  host.add(5, { state: 'failed' })
  const log = await opened(failures)
  host.send({ state: 'sending' })
  host.send({ state: 'sending' })
  await later()
  expect(log.ids).toEqual(ids(5, 1))
  host.change('m6', { state: 'failed' })
  await later()
  expect(log.ids).toEqual(ids(6, 1))
})

test('a listed message changes in its place, even if it does not fit any more', async () => {
  host.add(5, { state: 'failed' })
  const log = await opened(failures)
  log.readBy(() => true)
  host.change('m3', { state: 'sent' })
  await later()
  expect(log.ids).toEqual(ids(5, 1))
  expect(log.rows.get('m3')?.state).toBe('sent')
})

test('messages of a bulk test, of which nobody tells one by one, are asked for where one looks', async () => {
  host.add(300, { state: 'queued' })
  const log = await opened()
  log.see(0, 30)
  for (let index = 250; index <= 300; index += 1) host.change(`m${index}`, { state: 'sent' }, false)
  host.tell('bulk.changed')
  await later()
  expect(log.rows.get('m300')?.state).toBe('sent')
  expect(log.rows.get('m271')?.state).toBe('sent')
  // Further down it is fetched when it comes in sight.
  log.see(40, 70)
  await later()
  expect(log.rows.get('m250')?.state).toBe('sent')
})

test('a long way down only what is near is held, and what went out of sight comes back where it was', async () => {
  host.add(20_000)
  const log = await opened()
  while (log.ids.length < 15_000) {
    await log.loadMore()
    log.see(log.ids.length - 60, log.ids.length - 20)
  }
  await settled()
  expect(log.rows.size).toBeLessThan(1800)
  expect(log.rows.has('m20000')).toBe(false)
  log.see(0, 40)
  await settled()
  expect(log.rows.get('m20000')?.id).toBe('m20000')
  expect(log.ids.slice(0, 3)).toEqual(ids(20_000, 19_998))
})

test('where what fits is rare it is asked on until there is some, or until somebody stops it', async () => {
  host.add(1, { state: 'failed' })
  host.add(5000)
  host.stretch = 100
  const log = await opened(failures)
  expect([log.ids, log.more, log.looking]).toEqual([['m1'], false, false])

  host.isSlow = true
  void log.begin(failures)
  await settled(5)
  expect(log.looking).toBe(true)
  log.stop()
  await settled()
  expect([log.ids.length, log.more, log.stopped, log.looking]).toEqual([0, true, true, false])
  expect(log.progress).toBeLessThan(0.5)
  host.isSlow = false
  await log.loadMore()
  expect(log.ids).toEqual([])
  await log.lookOn()
  expect([log.ids, log.stopped]).toEqual([['m1'], false])
})

test('who comes back finds the list as it was left, brought up to date; a deleted provider’s messages are gone', async () => {
  host.add(250)
  const log = await opened()
  await log.loadMore()
  log.place = { top: 900, active: 30 }
  host.change('m230', { state: 'failed' }, false)
  await log.open(everyMessage)
  await later()
  expect(log.place).toEqual({ top: 900, active: 30 })
  expect(log.ids).toHaveLength(200)
  expect(log.rows.get('m230')?.state).toBe('failed')

  host.messages[249] = null
  await log.open(everyMessage)
  await later()
  expect(log.ids[0]).toBe('m249')
  expect(log.place).toEqual({ top: 0, active: 0 })
})

test('after a lost connection nothing jumps', async () => {
  host.add(250)
  const log = await opened()
  await log.loadMore()
  log.readBy(() => true)
  const before = log.ids
  host.add(20)
  host.change('m240', { state: 'failed' }, false)
  host.tell('host.resync')
  await later()
  expect(log.ids).toBe(before)
  expect(log.newer.count).toBe(20)
  expect(log.rows.get('m240')?.state).toBe('failed')
})

test('whatever comes and however one scrolls, the list is the log in its order, without gaps', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('send' as const), count: fc.integer({ min: 1, max: 130 }) }),
    fc.record({ kind: fc.constant('more' as const) }),
    fc.record({ kind: fc.constant('read' as const), reading: fc.boolean() }),
    fc.record({ kind: fc.constant('resync' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      setActivePinia(createPinia())
      host = new FakeLog()
      host.add(120)
      const log = await opened()
      let reading = false
      log.readBy(() => reading)
      for (const one of steps) {
        if (one.kind === 'send') for (let index = 0; index < one.count; index += 1) host.send()
        else if (one.kind === 'more') await log.loadMore()
        else if (one.kind === 'read') reading = one.reading
        else host.tell('host.resync')
        await later()
        const [top] = log.ids
        expect(log.ids).toEqual(ids(Number(top?.slice(1)), host.messages.length && lowest(log.ids)))
      }
      reading = false
      log.settle()
      await later()
      expect(log.ids[0]).toBe(`m${host.messages.length}`)
    }),
    { numRuns: 30 },
  )
})

const lowest = (listed: readonly string[]) => Number(listed.at(-1)?.slice(1))
