import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogFilter } from '#shared/message-log.ts'
import { listPage } from '../../../electron/messages/log-handlers.ts'
import { indexedTo, indexSome } from '../../../electron/db/message-search.ts'
import { addLogRows, withStore } from '../../helpers/log-rows.ts'
import { expected, filters, rows, searches } from '../../helpers/log-twin.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

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
