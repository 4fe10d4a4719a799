import { expect, it } from 'vitest'
import type { Answer } from '../../../renderer/lib/failure.ts'
import { fetchedList } from '../../../renderer/lib/fetched-list.ts'

/** A list whose fetches are answered when the test says so. */
function listByHand() {
  const asked: ((answer: Answer<string[]>) => void)[] = []
  const list = fetchedList<string>(() => new Promise((resolve) => asked.push(resolve)))
  const failure = { code: 'internal', message: 'Broken', details: {} } as const
  return {
    asked,
    list,
    give: (...found: string[]) => asked.at(-1)?.({ ok: true, value: found }),
    fail: () => asked.at(-1)?.({ ok: false, error: failure }),
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

it('asks once more for all the changes that come while it is on its way', async () => {
  const { asked, list, give } = listByHand()
  const first = list.load()
  for (let count = 0; count < 5; count += 1) void list.load()
  expect(asked).toHaveLength(1)
  give('old')
  await first
  await settled()
  expect([asked.length, list.list.value]).toEqual([2, ['old']])
  give('new')
  await settled()
  expect([asked.length, list.list.value]).toEqual([2, ['new']])
})

it('keeps what is there while it cannot be fetched, and says why', async () => {
  const { asked, list, give, fail } = listByHand()
  list.again()
  expect(asked).toHaveLength(0)
  const first = list.load()
  give('one')
  await first
  list.again()
  fail()
  await settled()
  expect([list.list.value, list.failure.value?.message]).toEqual([['one'], 'Broken'])
  list.again()
  give('two')
  await settled()
  expect([list.list.value, list.failure.value]).toEqual([['two'], null])
})

it('hands on an answer once the list is as the change left it, and fetches nothing for a refusal', async () => {
  const { asked, list, give } = listByHand()
  const handed = list.refreshed({ ok: true, value: 7 })
  give('changed')
  expect(await handed).toEqual({ ok: true, value: 7 })
  expect(list.list.value).toEqual(['changed'])
  const error = { code: 'not_found', message: 'Gone', details: {} } as const
  expect(await list.refreshed({ ok: false, error })).toEqual({ ok: false, error })
  expect(asked).toHaveLength(1)
})
