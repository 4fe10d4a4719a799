import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import { RateMeter } from '../../../electron/bulk/rate-meter.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk, saved } from '../../helpers/bulk.ts'
import { heldProvider } from '../../helpers/held-provider.ts'
import { newId } from '../../helpers/new-id.ts'
import type { RawServer } from '../../helpers/raw-server.ts'
import { formRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
const servers: RawServer[] = []
beforeEach(async () => {
  test = await openTestWorkbench({ host: 'headless' })
})
afterEach(async () => {
  await test.close()
  for (const server of servers.splice(0)) await server.close()
})

const provider = async (more: Parameters<typeof heldProvider>[1] = {}) => {
  const made = await heldProvider(test, more)
  servers.push(made.server)
  return made
}
const log = async (bulkId?: string) =>
  (
    await test.call('messages.list', {
      providerId: null,
      ...(bulkId && { bulkId }),
      before: null,
      limit: 500,
    })
  ).messages
const columnsOf = (head: string, hasHeader: boolean | null = null) =>
  test.call('bulk.columns', { head, isWhole: true, hasHeader, delimiter: null })

it('deletes with a bulk test what was never tried, and keeps what was', async () => {
  const { id, state, release, arrivals } = await provider({ atOnce: 2 })
  state.holds = true
  const other = await loadBulk(test, bulkSetup(saved(id)), bulkFile(3))
  const job = await loadBulk(test, bulkSetup(saved(id)), bulkFile(300))
  await test.call('bulk.start', { id: job.id })
  await arrivals(2)
  expect((await test.refusal('bulk.delete', { id: job.id })).code).toBe('changed_elsewhere')
  const pausing = test.call('bulk.pause', { id: job.id })
  await bulkWhen(test, job.id, ({ state: now }) => now === 'paused')
  release()
  await pausing
  await test.call('bulk.delete', { id: job.id })
  expect(test.events.filter(({ name }) => name === 'bulk.deleted')).toHaveLength(1)
  expect((await test.refusal('bulk.get', { id: job.id })).code).toBe('not_found')
  const left = ['sent', 'sent', 'queued', 'queued', 'queued']
  await vi.waitFor(async () => expect((await log()).map(({ state: now }) => now)).toEqual(left))
  expect(await test.call('bulk.list', undefined)).toMatchObject([{ id: other.id }])
})

it('goes on with a deletion after a restart', async () => {
  const { id } = await provider()
  const job = await loadBulk(test, bulkSetup(saved(id)), bulkFile(3000))
  await test.call('bulk.delete', { id: job.id })
  await test.reopen()
  expect(await test.call('bulk.list', undefined)).toEqual([])
  await vi.waitFor(async () => expect(await log()).toEqual([]), { timeout: 10_000 })
})

it('leaves nothing of a file that turns out to be none', async () => {
  const { id } = await provider()
  const jobId = newId()
  await test.call('bulk.create', { id: jobId, setup: bulkSetup(saved(id)) })
  await test.call('bulk.load', { id: jobId, position: 0, text: bulkFile(150) })
  const gap = await test.refusal('bulk.load', { id: jobId, position: 2, text: 'x' })
  expect(gap.message).toBe('Piece 1 of the file is missing.')
  expect(await test.call('bulk.list', undefined)).toEqual([])
  await vi.waitFor(async () => expect(await log()).toEqual([]))
  await test.call('bulk.create', { id: jobId, setup: bulkSetup(saved(id)) })
  await test.call('bulk.load', { id: jobId, position: 0, text: 'number,name\n' })
  expect((await test.refusal('bulk.loaded', { id: jobId })).message).toBe('The file has no rows of numbers.')
})

it('lists the rows that it refuses, a page at a time, and counts the segments of the others', async () => {
  const { id } = await provider()
  const bad = Array.from({ length: 250 }, (_, index) => `none${index},B`)
  const file = ['number,name', '+14155550100,A', ...bad, `+14155550101,${'x'.repeat(200)}`].join('\n')
  const job = await loadBulk(test, bulkSetup(saved(id)), file)
  expect(job).toMatchObject({ messages: 2, refused: 250, segments: 3 })
  const first = await test.call('bulk.refused', { id: job.id, after: 0 })
  expect(first.rows).toHaveLength(200)
  expect(first.rows[0]).toMatchObject({ line: 2, to: 'none0' })
  const rest = await test.call('bulk.refused', { id: job.id, after: first.next ?? 0 })
  expect(rest).toMatchObject({ next: null })
  expect(rest.rows.at(-1)).toMatchObject({ line: 251, to: 'none249' })
})

it('tells which messages are a bulk test’s', async () => {
  const { id } = await provider()
  const one = await loadBulk(test, bulkSetup(saved(id)), bulkFile(3))
  await loadBulk(test, bulkSetup(saved(id)), bulkFile(4))
  await test.call('bulk.start', { id: one.id })
  await bulkWhen(test, one.id, isOver)
  expect(new Set((await log(one.id)).map(({ state }) => state))).toEqual(new Set(['sent']))
  expect(await log(one.id)).toHaveLength(3)
})

it('says where the messages may go, what they need and what a segment costs', async () => {
  const price = (perSegment: number) => ({ perSegment, currency: 'USD' })
  const one = await provider({ price: price(0.01), parameters: formRows({ to: '$$To', text: '$$Body' }) })
  const other = await provider({
    price: price(0.03),
    parameters: formRows({ to: '$$To', text: '$$Body', r: '$$ref' }),
  })
  const members = [one.id, other.id]
  const about = { id: newId(), name: 'Both', countries: [], notes: '', policies: defaultPolicies }
  const group = await test.call('groups.save', { ...about, members })
  const target = { kind: 'group' as const, id: group.id }
  expect(await test.call('bulk.target', { target })).toMatchObject({
    name: 'Both',
    asked: ['ref'],
    simulated: 'none',
    prices: { currency: 'USD', low: 0.01, high: 0.03 },
  })
  const dry = { head: bulkFile(1), isWhole: true }
  const refused = await test.call('bulk.dryRun', { ...dry, setup: bulkSetup(target) })
  expect(refused[0]?.refusal).toBe('There is no value for $$ref.')
  const route = await test.call('bulk.target', { target: { kind: 'route' } })
  // The first provider is the default.
  expect(route).toMatchObject({ name: '', providers: [expect.any(String)] })
  const job = await loadBulk(test, bulkSetup(saved(one.id)), bulkFile(5))
  const impact = await test.call('providers.impact', { id: one.id })
  expect(impact.uses).toContainEqual({ kind: 'bulk', name: job.name, waiting: 5 })
})

it('finds out the header, the column of the numbers and names that no two columns share', async () => {
  expect(await columnsOf('id,Phone,name,name\n1,+1 (415) 555-0100,A,B')).toMatchObject({
    hasHeader: true,
    columns: ['id', 'Phone', 'name', 'name (2)'],
    numberColumn: 'Phone',
  })
  expect(await columnsOf('A;0049 151 23456789\nB;0049 151 23456780')).toMatchObject({
    hasHeader: false,
    delimiter: ';',
    numberColumn: 'Column 2',
    rows: [
      ['A', '0049 151 23456789'],
      ['B', '0049 151 23456780'],
    ],
  })
  expect(await columnsOf('number,name')).toMatchObject({ hasHeader: true, rows: [] })
  expect(await columnsOf('a,b\nc,d', true)).toMatchObject({ hasHeader: true, numberColumn: 'a' })
})

it('tells the speed of the last seconds, and of rare messages by the last few', () => {
  const meter = new RateMeter()
  for (let at = 0; at < 4; at += 1) meter.note(at)
  expect(meter.rate(1000)).toBeNull()
  for (let at = 0; at <= 20_000; at += 10) meter.note(at)
  expect(meter.rate(20_000)).toBeCloseTo(100, 0)
  const rare = new RateMeter()
  for (let at = 0; at <= 100; at += 1) rare.note(at * 60_000)
  expect(rare.rate(100 * 60_000)).toBeCloseTo(1 / 60, 5)
})
