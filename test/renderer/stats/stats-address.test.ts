import fc from 'fast-check'
import { expect, it } from 'vitest'
import { messageFilterSchema } from '#shared/message-log.ts'
import { outcomeClasses, outcomeCodes } from '#shared/outcome.ts'
import { addDays } from '#shared/stats/dates.ts'
import { statsQuerySchema, type StatsScope } from '#shared/stats/query.ts'
import { filterOf, logFilterOf } from '../../../renderer/features/messages/message-filter.ts'
import { filterWords, linkWords } from '../../../renderer/features/stats/panels/error-reasons.ts'
import { logLink } from '../../../renderer/features/stats/log-link.ts'
import {
  addressOf,
  ownZone,
  queryOf,
  rangeChoices,
  rangeProblem,
  viewOf,
  type StatsView,
} from '../../../renderer/features/stats/stats-address.ts'

const now = Date.parse('2026-11-21T23:30:00Z')
const all = { kind: 'all' as const }

const date = fc.integer({ min: -2000, max: 2000 }).map((days) => addDays('2026-11-21', days))
const views: fc.Arbitrary<StatsView> = fc.record({
  scope: fc.constant(all),
  range: fc.constantFrom(...rangeChoices.map(({ value }) => value)),
  from: date,
  to: date,
  zone: fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati'),
  by: fc.constantFrom('day', 'week'),
  compare: fc.boolean(),
  tests: fc.boolean(),
  simulated: fc.boolean(),
})

it('keeps a view in its address, and asks for the same figures from it', () => {
  fc.assert(
    fc.property(views, (view) => {
      const found = viewOf(view.scope, addressOf(view).query, now)
      const dates = view.range === 'custom' ? {} : { from: found.from, to: found.to }
      expect(found).toEqual({ ...view, ...dates })
      expect(statsQuerySchema.parse(queryOf(found))).toEqual(queryOf(view))
    }),
  )
})

it('leaves out what goes without saying, and what makes no sense', () => {
  const usual = viewOf(all, {}, now)
  expect(usual).toMatchObject({
    range: '30',
    zone: ownZone(),
    compare: false,
    tests: false,
    simulated: false,
  })
  expect(addressOf(usual)).toEqual({ path: '/stats', query: {} })
  expect(viewOf(all, { range: '31', zone: 'Mars/North', tests: 'yes', from: '2026-02-30' }, now)).toEqual(
    usual,
  )
  const id = '019310a0-0000-7000-8000-000000000001'
  expect(addressOf({ ...usual, scope: { kind: 'group', id } }).path).toBe(`/stats/group/${id}`)
})

it('begins a custom range with the last fortnight of the zone, and says when it ends before it begins', () => {
  expect(viewOf(all, { range: 'custom', zone: 'Pacific/Kiritimati' }, now)).toMatchObject({
    from: '2026-11-09',
    to: '2026-11-22',
  })
  const view = viewOf(all, { range: 'custom', from: '2026-03-02', to: '2026-03-01' }, now)
  expect(rangeProblem(view)).toMatch(/not before/)
  expect(rangeProblem({ ...view, to: '2026-03-02' })).toBeUndefined()
})

const text = fc.string({ maxLength: 90, unit: 'grapheme' })
const time = fc.integer({ min: -60_000, max: 4_000_000 }).map((quarter) => quarter * 900_000)
const id = '019310a0-0000-7000-8000-000000000001'
const counted = fc.record({
  scope: fc.constantFrom<StatsScope>(all, { kind: 'provider', id }, { kind: 'group', id }),
  class: fc.constantFrom(...outcomeClasses, 'undelivered' as const),
  code: fc.constantFrom(...outcomeCodes, 'receipt' as const, 'no_receipt' as const),
  vendorCode: text,
  words: text,
  since: time,
  until: time,
})

it('leads to the log with a filter that the log reads back, word for word', () => {
  fc.assert(
    fc.property(counted, fc.boolean(), fc.boolean(), (errors, tests, simulated) => {
      const filter = {
        providerId: null,
        ...(tests ? {} : { test: false }),
        ...(simulated ? {} : { simulated: false }),
        counted: errors,
      }
      const link = logLink(filter) as { path: string; query: Record<string, string> }
      expect(link.path).toBe('/messages')
      const query = Object.fromEntries(new URLSearchParams(new URLSearchParams(link.query).toString()))
      expect(logFilterOf(filterOf(query), now)).toEqual(messageFilterSchema.parse(filter))
    }),
  )
})

it('tells of the errors that the log is asked for in words', () => {
  const errors = {
    scope: all,
    class: 'rejected',
    code: 'vendor_code',
    vendorCode: '21211',
    words: 'The number ## is not valid',
    since: new Date('2026-03-29T00:00').getTime(),
    until: new Date('2026-04-01T00:00').getTime(),
  } as const
  const words = filterWords(errors, 'Harbour Text')
  expect(words).toMatch(
    /^Errors in the stats of Harbour Text, .*29.*31.*2026: Rejected, Code of the provider/,
  )
  expect(words).toMatch(/, 21211 “The number ## is not valid”$/)
  // As of another zone's days.
  expect(filterWords({ ...errors, until: errors.until + 900_000 }, 'all messages')).toContain('00:15')
  expect(linkWords({ ...errors, count: 5, gone: 1, filter: { providerId: null } })).toMatch(
    /1 of them is kept no/,
  )
})
