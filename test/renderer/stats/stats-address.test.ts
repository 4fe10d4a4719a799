import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '#shared/stats/dates.ts'
import { statsQuerySchema } from '#shared/stats/query.ts'
import { filterOf } from '../../../renderer/features/messages/message-filter.ts'
import { localMinute, logLink } from '../../../renderer/features/stats/log-link.ts'
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

it('leads to the log with a filter that the log reads back', () => {
  const since = new Date('2026-03-29T00:00:00').getTime()
  const link = logLink({
    providerId: '019310a0-0000-7000-8000-000000000001',
    outcomeClass: 'misconfigured',
    outcomeCode: 'unauthorized',
    states: ['failed'],
    test: false,
    simulated: false,
    since,
    until: since + 86_400_000,
  }) as { path: string; query: Record<string, string> }
  expect(link.path).toBe('/messages')
  expect(filterOf(link.query)).toMatchObject({
    providerId: '019310a0-0000-7000-8000-000000000001',
    outcome: 'unauthorized',
    states: ['failed'],
    test: false,
    simulated: false,
    since: '2026-03-29T00:00',
  })
  expect(new Date(localMinute(since)).getTime()).toBe(since)
})
