import fc from 'fast-check'
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LogFilter } from '#shared/message-log.ts'
import { listPage } from '../../../electron/messages/log-handlers.ts'
import { describePart } from '../../../electron/db/log/log-blocks.ts'
import { addLogRows, describeLog, spreadOut, withStore } from '../../helpers/log-rows.ts'
import { expected, filters, rows, searches } from '../../helpers/log-twin.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
  addLogRows(test.folder, rows)
  withStore(test.folder, (db) => spreadOut(db))
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

const stages: [name: string, describe: (db: Database) => void, blocks: (0 | 1)[]][] = [
  ['while nothing is described', () => {}, []],
  [
    'while a part is described',
    (db) => {
      describePart(db, 0)
      describePart(db, 2)
      describePart(db, 2)
    },
    [0, 1],
  ],
  ['when all that can be is described', describeLog, [1, 0, 1, 1]],
]

describe.each(stages)('%s', (_name, work, blocks) => {
  beforeAll(() =>
    withStore(test.folder, (db) => {
      work(db)
      expect(db.prepare('SELECT marked FROM log_blocks ORDER BY block').pluck().all()).toEqual(blocks)
    }),
  )

  it.each(searches)('a search for %j finds what a look at each message finds', async (text) => {
    expect(await idsFor({ text })).toEqual(expected({ text }))
  })

  it('filters combine as a look at each message combines them', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(1, 7, 200), async (filter, limit) => {
        expect(await idsFor(filter, limit)).toEqual(expected(filter))
        // Where the machine is busy a count may stop early, and says so.
        await vi.waitFor(async () => {
          const counted = { count: expected(filter).length, more: false }
          expect(await test.call('messages.count', filter)).toMatchObject(counted)
        })
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
