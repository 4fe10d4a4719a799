import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LogFilter } from '#shared/message-log.ts'
import { listPage } from '../../../electron/messages/log-handlers.ts'
import { describeLog, insertLogRows, logRow, spreadOut, withStore } from '../../helpers/log-rows.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
})
afterAll(() => test.close())

const kinds = [
  { text: 'Your code is 4711', country: 'US' },
  { text: '您的验证码', country: 'CN', test: true },
  { text: 'Votre colis arrive', country: 'FR', state: 'failed', outcomeClass: 'rejected' },
  { text: 'on its way', country: 'FR', state: 'sending', outcomeClass: null, outcomeCode: null },
] as const
const filters: Partial<LogFilter>[] = [
  {},
  { text: 'code' },
  { text: '验证' },
  { text: 'colis', country: 'FR' },
  { states: ['failed'] },
  { country: 'FR', test: false },
]
const fits = (filter: Partial<LogFilter>, kind: (typeof kinds)[number]) =>
  kind.text.includes(filter.text ?? '') &&
  (filter.country ?? kind.country) === kind.country &&
  (filter.states === undefined || ('state' in kind && kind.state === 'failed')) &&
  (filter.test === undefined || !('test' in kind))

/** What happens between two pages: messages of these kinds come, or the log is described. */
const between = fc.oneof(
  fc.array(fc.nat({ max: kinds.length - 1 }), { maxLength: 5 }),
  fc.constant('describe' as const),
)
const histories = fc.record({
  before: fc.array(fc.nat({ max: kinds.length - 1 }), { maxLength: 60 }),
  filter: fc.constantFrom(...filters),
  limit: fc.integer({ min: 1, max: 9 }),
  events: fc.array(between, { maxLength: 12 }),
  described: fc.boolean(),
})

it('pages joined are the whole, and none is told twice or lost while new ones come', () => {
  fc.assert(
    fc.property(histories, ({ before, filter, limit, events, described }) =>
      withStore(test.folder, (db) => {
        const add = (list: readonly number[]) => {
          const rows = list.map((index) => ({ kind: kinds[index] ?? kinds[0], row: logRow(kinds[index]) }))
          insertLogRows(
            db,
            rows.map(({ row }) => row),
          )
          // Far apart, so that blocks fill: the next seq is taken from the highest.
          if (rows.length > 0)
            db.exec('UPDATE messages SET seq = seq + 300 WHERE seq = (SELECT max(seq) FROM messages)')
          return rows.filter(({ kind }) => fits(filter, kind)).map(({ row }) => row.id)
        }
        db.exec('DELETE FROM messages')
        const old = add(before)
        spreadOut(db, 40)
        if (described) describeLog(db)
        const list = { providerId: null, ...filter, before: null, limit }
        const next = [...events]
        const come: string[] = []
        const happen = () => {
          const event = next.shift()
          if (event === 'describe') describeLog(db)
          else if (event) come.push(...add(event))
        }
        let page = listPage(db, list, -1)
        const { top } = page
        const seen = page.messages.map(({ id }) => id)
        while (page.more) {
          happen()
          page = listPage(db, { ...list, cursor: page.cursor }, -1)
          seen.push(...page.messages.map(({ id }) => id))
        }
        expect(seen).toEqual(old.toReversed())
        const newer: string[] = []
        let after = top
        do {
          happen()
          page = listPage(db, { ...list, after }, -1)
          newer.push(...page.messages.map(({ id }) => id).toReversed())
          after = page.cursor
        } while (page.more || next.length > 0)
        expect(newer).toEqual(come)
      }),
    ),
    { numRuns: 150 },
  )
})
