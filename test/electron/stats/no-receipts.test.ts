import { afterEach, beforeEach, expect, it } from 'vitest'
import { reckon } from '#shared/metrics.ts'
import type { StatsScope } from '#shared/stats/query.ts'
import { minute, openReceiptDesk, type ReceiptDesk } from '../../helpers/receipt-desk.ts'

let desk: ReceiptDesk
beforeEach(async () => {
  desk = await openReceiptDesk()
})
afterEach(() => desk.close())

it('messages that nobody told anything of show no callbacks, though they ended undelivered', async () => {
  const { members, group, id } = await desk.waiting('One')
  await desk.pass(5 * minute)
  await desk.when(id, 'undelivered')
  const scopes: StatsScope[] = [
    { kind: 'all' },
    { kind: 'group', id: group.id },
    { kind: 'provider', id: members[0]?.id ?? '' },
  ]
  for (const scope of scopes) {
    const range = { kind: 'days', days: 2 } as const
    const more = { compare: false, tests: true, simulated: true }
    const answer = await desk.test.call('stats.get', { scope, range, zone: 'UTC', ...more })
    expect(answer).toMatchObject({ callbacks: false, range: { totals: { sent: 1 } } })
    const about = { days: 2, callbacks: answer.callbacks }
    expect(reckon('deliveryRate', answer.range.totals, about)).toBe(0)
    expect(reckon('clickRate', answer.range.totals, about)).toBe(0)
  }
})
