import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogFilter } from '#shared/message-log.ts'
import { listPage } from '../../../electron/messages/log-handlers.ts'
import { indexedTo, indexSome } from '../../../electron/db/message-search.ts'
import { addLogRows, logRow, withStore, type LogRow } from '../../helpers/log-rows.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

const provider = '0199a0a0-0000-7000-8000-000000000001'
const other = '0199a0a0-0000-7000-8000-000000000002'
const group = '0199a0a0-0000-7000-8000-000000000003'
const day = 1_700_000_000_000

const texts = [
  'Your code is 123456',
  'Say "hello" to O’Brien',
  '100 % off, today_only',
  'NEAR(a b) AND NOT *',
  '🎉 Party 🎉 at 9',
  'مرحبا بك في الخدمة',
  'GRÜSSE aus Köln',
  'Gru\u0308sse',
  '你好，世界',
  "it's; DROP TABLE messages; --",
  'ΟΔΟΣ οδός',
  'x',
]
const numbers = ['+14155550123', '+14155559876', '+919812345678', '+4915112345678', '+33612345678']
const countries = ['US', 'IN', 'DE', 'FR', null]
const outcomes = [
  ['sent', 'accepted', 'accepted'],
  ['failed', 'rejected', 'vendor_code'],
  ['failed', 'unknown', 'first_byte_timed_out'],
  ['cancelled', 'cancelled', 'cancelled_before_sending'],
  ['sending', null, null],
  ['queued', null, null],
] as const

const rows: LogRow[] = Array.from({ length: 600 }, (_, index) => {
  const pick = <T>(list: readonly T[], by: number) => list[Math.floor(index / by) % list.length] as T
  const [state, outcomeClass, outcomeCode] = pick(outcomes, 2)
  return logRow({
    createdAt: day + (index - (index % 7 === 0 ? 40 : 0)) * 1000,
    text: pick(texts, 1),
    to: pick(numbers, 3),
    country: pick(countries, 3),
    providerId: pick([provider, other, null], 5),
    groupId: pick([group, null], 9),
    test: index % 4 === 0,
    simulated: index % 6 === 0,
    mayArriveTwice: index % 11 === 0,
    state,
    outcomeClass,
    outcomeCode,
  })
})

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
  addLogRows(test.folder, rows)
})
afterAll(() => test.close())

/** All pages, one after the other. */
async function idsFor(filter: Partial<LogFilter>, limit = 50): Promise<string[]> {
  const ids: string[] = []
  let cursor: number | undefined
  for (;;) {
    const page = {
      providerId: null,
      ...filter,
      before: null,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    }
    const answer = await test.call('messages.list', page)
    ids.push(...answer.messages.map(({ id }) => id))
    if (!answer.more) return ids
    cursor = answer.cursor
  }
}

/** Written anew, from what the documentation says a search finds. */
function twin(row: LogRow, filter: Partial<LogFilter>): boolean {
  const plain = (text: string) =>
    text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replaceAll('\0', ' ')
  const words = plain(filter.text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
  const inNumber = (word: string) =>
    /^[+\d(][\d().\-/]*$/.test(word) &&
    /\d/.test(word) &&
    row.to.includes((word[0] === '+' ? '+' : '') + [...word].filter((letter) => /\d/.test(letter)).join(''))
  return (
    Object.entries(filter).every(([key, wanted]) => {
      if (key === 'text' || wanted === undefined || wanted === null) return true
      if (key === 'since') return row.createdAt >= Number(wanted)
      if (key === 'until') return row.createdAt < Number(wanted)
      return row[key as keyof LogRow] === wanted
    }) && words.every((word) => plain(row.text).includes(word) || inNumber(word))
  )
}
const expected = (filter: Partial<LogFilter>) =>
  rows
    .filter((row) => twin(row, filter))
    .map(({ id }) => id)
    .toReversed()

const searches = [
  'code',
  'CODE 123',
  '"hello"',
  '"',
  '%',
  '100 %',
  '_',
  'NEAR(',
  'AND',
  'a b',
  '*',
  '🎉',
  '🎉 9',
  'مرحبا',
  'بك',
  'م',
  'ب',
  'grüsse',
  'GRÜSSE',
  'öl',
  '你',
  '你好',
  '世界',
  "it's",
  '--',
  ';',
  'o’br',
  'οδος',
  'x',
  '1',
  '12',
  '555',
  '+1415',
  '(415)',
  '+1 (415) 555-0123',
  '4155550123',
  '98123',
  'code 0123',
  'nothing-has-this',
  '   ',
  '\\',
  'a\u0000b',
  '\ud800',
]
const one = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
const filters = fc
  .record({
    text: one(searches),
    providerId: one([provider, other]),
    groupId: one([group]),
    state: one(['sent', 'failed', 'cancelled', 'sending', 'queued', 'delivered'] as const),
    outcomeClass: one(['accepted', 'rejected', 'unknown'] as const),
    outcomeCode: one(['vendor_code', 'accepted', 'dns_failed'] as const),
    country: one(['US', 'DE', 'GB']),
    test: one([true, false]),
    simulated: one([true, false]),
    mayArriveTwice: one([true]),
    since: one([day + 100_000, day + 300_500]),
    until: one([day + 200_000, day + 400_000]),
  })
  .map(({ providerId, ...filter }) => ({ ...filter, providerId: providerId ?? null }))

const stages = [
  ['while nothing is in the index', 0],
  ['while a part is in the index', 1],
  ['when all is in the index', 9],
] as const

describe.each(stages)('%s', (_name, pieces) => {
  beforeAll(() =>
    withStore(test.folder, (db) => {
      for (let piece = 0; piece < pieces; piece += 1) db.transaction(() => indexSome(db))()
      expect(indexedTo(db)).toBe([0, 200, 600][stages.findIndex(([, count]) => count === pieces)])
    }),
  )

  it.each(searches)('a search for %j finds what a look at each message finds', async (text) => {
    expect(await idsFor({ text })).toEqual(expected({ text }))
  })

  it('filters combine as a look at each message combines them', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(1, 7, 200), async (filter, limit) => {
        expect(await idsFor(filter, limit)).toEqual(expected(filter))
        const { count, more } = await test.call('messages.count', filter)
        expect({ count, more }).toEqual({ count: expected(filter).length, more: false })
      }),
      { numRuns: 120 },
    )
  })

  it('each look may be short: what has no time goes on from where it stopped, either way', () => {
    fc.assert(
      fc.property(filters, fc.constantFrom(1, 5, 40), (filter, limit) =>
        withStore(test.folder, (db) => {
          const all = { ...filter, before: null, limit }
          const down: string[] = []
          let page = listPage(db, all, -1)
          down.push(...page.messages.map(({ id }) => id))
          while (page.more) {
            page = listPage(db, { ...all, cursor: page.cursor }, -1)
            down.push(...page.messages.map(({ id }) => id))
          }
          expect(down).toEqual(expected(filter))
          const up: string[] = []
          page = listPage(db, { ...all, after: 0 }, -1)
          up.unshift(...page.messages.map(({ id }) => id))
          while (page.more) {
            page = listPage(db, { ...all, after: page.cursor }, -1)
            up.unshift(...page.messages.map(({ id }) => id))
          }
          expect(up).toEqual(expected(filter))
        }),
      ),
      { numRuns: 60 },
    )
  })
})

it('has no gap and no repeat when messages arrive and go between two pages', async () => {
  const own = await openTestWorkbench()
  const first = Array.from({ length: 40 }, (_, index) => logRow({ text: `old ${index}` }))
  addLogRows(own.folder, first)
  const list = { providerId: null, text: 'old', before: null, limit: 10 }
  const page = await own.call('messages.list', list)
  addLogRows(own.folder, [logRow({ text: 'old, and new' }), logRow({ text: 'something else' })])
  // The last message of the page above is gone: the place stays.
  withStore(own.folder, (db) => db.prepare('DELETE FROM messages WHERE id = ?').run(page.messages.at(-1)?.id))
  const next = await own.call('messages.list', { ...list, cursor: page.cursor })
  expect(next.messages.map(({ text }) => text)).toEqual(
    Array.from({ length: 10 }, (_, index) => `old ${29 - index}`),
  )
  const newer = await own.call('messages.list', { ...list, after: page.top })
  expect(newer.messages.map(({ text }) => text)).toEqual(['old, and new'])
  const later = await own.call('messages.list', { ...list, after: newer.cursor })
  expect(later).toMatchObject({ messages: [], more: false })
  addLogRows(own.folder, [logRow({ text: 'old again' })])
  const last = await own.call('messages.list', { ...list, after: later.cursor })
  expect(last.messages.map(({ text }) => text)).toEqual(['old again'])
  await own.close()
})
