import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhoneEntry } from '#shared/simulator-phone.ts'
import { Courier, type Errand } from '../../../../electron/simulator/callbacks/courier.ts'
import { DueQueue } from '../../../../electron/simulator/callbacks/due-queue.ts'
import { Phone, type Kept } from '../../../../electron/simulator/callbacks/phone.ts'
import { mostAtOnce } from '../../../../electron/simulator/callbacks/post.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk, saved } from '../../../helpers/bulk.ts'
import { rawFigures } from '../../../helpers/callbacks.ts'
import { handClock } from '../../../helpers/hand-clock.ts'
import { openSimulatedDesk } from '../../../helpers/simulated-provider.ts'

describe('what is due', () => {
  it('comes in the order of its times, and of the same time as it was put in', () => {
    const steps = fc.array(fc.oneof(fc.nat(20), fc.constant(null)), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (puts) => {
        const queue = new DueQueue<number>()
        const plain: { due: number; item: number }[] = []
        for (const [item, due] of puts.entries()) {
          if (due !== null) {
            queue.put(due, item)
            plain.push({ due, item })
            plain.sort((one, other) => one.due - other.due || one.item - other.item)
          } else expect(queue.take()).toBe(plain.shift()?.item)
          expect([queue.size, queue.next]).toEqual([plain.length, plain[0]?.due ?? null])
        }
        for (const { item } of plain) expect(queue.take()).toBe(item)
        expect(queue.take()).toBe(undefined)
      }),
    )
  })

  it('is done a few at once, each as often as it asks to be', async () => {
    const clock = handClock()
    const courier = new Courier(clock)
    const held: (() => void)[] = []
    const errand = (times: number): Errand => ({
      run: () => {
        times -= 1
        return new Promise((resolve) => held.push(() => resolve(times > 0 ? clock.now() + 100 : null)))
      },
    })
    for (let index = 0; index < mostAtOnce + 10; index += 1) courier.add(50, errand(2))
    expect(held).toHaveLength(0)
    await clock.advance(50)
    expect(held).toHaveLength(mostAtOnce)
    for (const done of held.splice(0)) done()
    await clock.settle()
    expect(held).toHaveLength(10)
    for (const done of held.splice(0)) done()
    await clock.advance(100)
    expect(held).toHaveLength(mostAtOnce)
    const closing = courier.close()
    for (const done of held.splice(0)) done()
    await closing
    await clock.advance(1000)
    expect([held.length, clock.waiting()]).toEqual([0, 0])
    expect(courier.add(0, errand(1))).toBe(false)
  })

  it('is refused where too much of it waits', () => {
    const clock = handClock()
    const courier = new Courier(clock, 3)
    const never: Errand = { run: () => Promise.resolve(null) }
    expect([1, 2, 3, 4].map((due) => courier.add(due, never))).toEqual([true, true, true, false])
    expect(courier.empty()).toHaveLength(3)
    expect(clock.waiting()).toBe(1)
  })
})

describe('the phone', () => {
  const entry = (id: string, number: string, direction: PhoneEntry['direction'] = 'received') =>
    ({
      id,
      number,
      direction,
      at: 1,
      text: `Text ${id}`,
      vendor: 'acme',
      from: 'ME',
      messageId: null,
      posts: [],
    }) as unknown as Kept

  it('keeps the newest, and forgets a number with its last entry', () => {
    const changed: (string | null)[] = []
    const phone = new Phone((number) => changed.push(number), 3)
    phone.add(entry('a', '+1'))
    phone.add(entry('b', '+2'))
    phone.add(entry('c', '+1', 'replied'))
    expect(phone.numbers('', 10).numbers.map(({ number }) => number)).toEqual(['+1', '+2'])
    expect(phone.newestReceived('+1')?.id).toBe('a')
    phone.add(entry('d', '+3'))
    phone.add(entry('e', '+3'))
    expect(phone.get('a')).toBe(undefined)
    expect(phone.numbers('', 10)).toMatchObject({
      numbers: [
        { number: '+3', received: 2 },
        { number: '+1', received: 0, replied: 1 },
      ],
      total: 2,
    })
    expect(phone.numbers('text c', 10).total).toBe(1)
    expect(phone.numbers('(3)', 10).total).toBe(0)
    expect(changed).toEqual(['+1', '+2', '+1', '+3', '+3'])
  })

  it('gives a thread piece by piece, backwards', () => {
    const phone = new Phone(() => {})
    for (const id of 'abcdefg') phone.add(entry(id, '+1'))
    const ids = (before: string | null) => {
      const { entries, more } = phone.thread('+1', before, 3)
      return [entries.map(({ id }) => id).join(''), more]
    }
    expect([ids(null), ids('e'), ids('b'), ids('none')]).toEqual([
      ['efg', true],
      ['bcd', true],
      ['a', false],
      ['', false],
    ])
  })
})

it('tells of each message of a bulk test', async () => {
  const desk = await openSimulatedDesk({ host: 'headless' })
  const provider = await desk.generic()
  const { id } = await loadBulk(desk, bulkSetup(saved(provider.id)), bulkFile(200))
  await desk.call('bulk.start', { id })
  await bulkWhen(desk, id, isOver)
  while ((await rawFigures(desk, 'provider', provider.id))['delivered'] !== 200)
    await new Promise(setImmediate)
  expect((await desk.call('phone.numbers', { search: '', limit: 500 })).total).toBe(200)
  await desk.close()
})
