import SqliteDatabase from 'better-sqlite3'
import fc from 'fast-check'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { receiptStates } from '#shared/callbacks/format.ts'
import type { LogFilter, MessagePage } from '#shared/message-log.ts'
import type { StatsScope } from '#shared/stats/query.ts'
import { localDate } from '#shared/stats/zone.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { createLog } from '../../../electron/log.ts'
import { storeFile } from '../db/fixtures/damage.ts'
import { countLog, countsOfAnswer, countsOfTwin } from '../../helpers/stats-twin.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { writeHistory } from '../../history/generate.ts'
import { comeBack, type Returned } from '../../history/receipts.ts'

const day = 86_400_000
/** Clocks changed in Europe and in America while it went on. */
const until = Date.UTC(2026, 3, 12)
const days = 45
const messages = process.env['SOAK'] ? 20_000 : 2500

let test: TestWorkbench
let scopes: StatsScope[]

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stats-'))
  const stores = openStore(folder, { log: createLog(folder, (text) => text) })
  writeHistory(stores.store, { messages, seed: 11, days, until })
  await stores.close()
  test = await openTestWorkbench({ folder, now: () => until })
  scopes = withStore(folder, (db) => {
    const ids = (table: string) => db.prepare(`SELECT id FROM ${table}`).pluck().all() as string[]
    return [
      { kind: 'all' },
      ...ids('providers').map((id) => ({ kind: 'provider', id }) as const),
      ...ids('provider_groups').map((id) => ({ kind: 'group', id }) as const),
    ]
  })
})
afterAll(() => test.close())

/** Receipts of any kind for any attempts, late, twice and against one another; clicks, replies, and what is said by hand. */
async function disturb(seed: number): Promise<void> {
  await test.workbench.close()
  const ids = withStore(test.folder, (db) => db.prepare('SELECT id FROM messages').pluck().all() as string[])
  const returned = fc.record({
    at: fc.integer({ min: 0, max: ids.length - 1 }),
    position: fc.integer({ min: 1, max: 3 }),
    what: fc.oneof(
      fc.record({
        kind: fc.constant('receipt' as const),
        state: fc.constantFrom(...receiptStates),
        code: fc.constantFrom('', '30003', 'tab\there'),
        text: fc.constantFrom('', 'Error 12 of ٣ 😀', 'x'.repeat(130)),
      }),
      fc.record({ kind: fc.constantFrom('click' as const, 'reply' as const) }),
    ) as fc.Arbitrary<Returned>,
  })
  const [events = []] = fc.sample(fc.array(returned, { minLength: 900, maxLength: 900, size: 'max' }), {
    numRuns: 1,
    seed,
  })
  const stores = openStore(test.folder, { log: createLog(test.folder, (text) => text) })
  stores.store.writeNow((db) => {
    for (const { at, position, what } of events) comeBack(db, ids[at] ?? '', position, what, until)
  })
  await stores.close()
  await test.reopen()
  const list = { providerId: null, before: null, limit: 100 }
  const page = await test.call('messages.list', { ...list, states: ['unknown'] })
  for (const [index, { id }] of page.messages.entries())
    await test.call('messages.settle', { id, as: index % 3 === 0 ? 'failed' : 'sent' }).catch(() => undefined)
}

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Havana',
  'Asia/Beirut',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
]

/** The ids of all messages that the log shows for a filter. */
async function listAll(filter: LogFilter): Promise<string[]> {
  const ids: string[] = []
  let page: Partial<MessagePage> = { more: true }
  while (page.more) {
    const from = page.cursor === undefined ? {} : { cursor: page.cursor }
    page = await test.call('messages.list', { ...filter, before: null, limit: 200, ...from })
    ids.push(...(page.messages ?? []).map(({ id }) => id))
  }
  return ids.toSorted()
}

async function agree(numRuns: number): Promise<void> {
  const asked = fc.record({
    scope: fc.constantFrom(...scopes),
    zone: fc.constantFrom(...zones),
    back: fc.integer({ min: -1, max: days + 2 }),
    length: fc.integer({ min: 1, max: days }),
    tests: fc.boolean(),
    simulated: fc.boolean(),
  })
  const db = new SqliteDatabase(storeFile(test.folder), { readonly: true })
  await fc.assert(
    fc.asyncProperty(asked, async ({ scope, zone, back, length, tests, simulated }) => {
      const from = localDate(zone, until - back * day)
      const to = localDate(zone, Date.parse(from) + (length - 1) * day + day / 2)
      const range = { kind: 'custom', from, to: to < from ? from : to } as const
      const query = { scope, range, zone, compare: false, tests, simulated }
      const answer = await test.call('stats.get', query)
      const twin = countLog(db, { scope, zone, from, to: range.to, tests, simulated })
      expect(countsOfAnswer(answer)).toEqual(countsOfTwin(twin))
      for (const reason of answer.reasons) {
        const { class: kind, code, vendorCode, words, filter } = reason
        const behind = twin.reasons.get([kind, code, vendorCode, words].join('|')) ?? []
        const listed = await listAll(filter)
        expect(listed).toEqual(behind.toSorted())
        expect(listed.length).toBe(reason.count - reason.gone)
      }
    }),
    { numRuns },
  )
  expect(keptFigures(db)).toEqual(figuresInLog(db))
  db.close()
}

const runs = process.env['SOAK'] ? 500 : 40

it('any scope, zone and range shows what a count of the log message by message gives', async () => {
  await agree(runs)
  await disturb(1)
  await agree(runs)
  expect(await test.call('stats.check', undefined)).toMatchObject({ state: 'done', differences: 0 })
}, 600_000)

it('a check finds what differs, and a repair mends it', async () => {
  withStore(test.folder, (db) => {
    db.exec("UPDATE stats_sums SET sent = sent + 1, clicks = 0 WHERE scope = 'a' AND level = 96")
    db.exec("DELETE FROM stats_counts WHERE what = 'r' AND level = 1 AND scope GLOB 'p*'")
  })
  const work = await test.call('stats.check', undefined)
  expect(work.differences).toBeGreaterThan(days)
  expect(work.examples[0]).toMatchObject({ scope: expect.any(String), kept: expect.any(Number) })
  expect(await test.call('stats.repair', undefined)).toMatchObject({ state: 'done', kind: 'repair' })
  expect(await test.call('stats.check', undefined)).toMatchObject({ differences: 0 })
  await agree(10)
}, 600_000)

it('figures stay when messages are kept no longer, and a repair keeps them, too', async () => {
  const about = { scope: { kind: 'all' }, range: { kind: 'days', days }, zone: 'UTC' } as const
  const query = { ...about, compare: false, tests: true, simulated: true }
  const before = countsOfAnswer(await test.call('stats.get', query))
  await test.call('data.retain', { contentDays: null, messageDays: 20 })
  await test.call('data.clean', undefined)
  const left = withStore(test.folder, (db) => db.prepare('SELECT count(*) FROM messages').pluck().get())
  expect(left).toBeLessThan(messages)
  const { reasons } = await test.call('stats.get', query)
  expect(reasons.filter(({ gone }) => gone > 0)).not.toEqual([])
  for (const { filter, count, gone } of reasons) expect(await listAll(filter)).toHaveLength(count - gone)
  expect(countsOfAnswer(await test.call('stats.get', query))).toEqual(before)
  expect(await test.call('stats.check', undefined)).toMatchObject({ differences: 0 })
  await test.call('stats.repair', undefined)
  expect(countsOfAnswer(await test.call('stats.get', query))).toEqual(before)
}, 600_000)

it('deleting a provider takes its figures from all and from its groups', async () => {
  const providers = await test.call('providers.list', undefined)
  const { id = '', name = '' } = providers.find((one) => one.name === 'Harbour Text') ?? {}
  await test.call('providers.delete', { id, name })
  scopes = scopes.filter((scope) => scope.kind !== 'provider' || scope.id !== id)
  expect(
    await test.refusal('stats.get', {
      scope: { kind: 'provider', id },
      range: { kind: 'today' },
      zone: 'UTC',
    }),
  ).toMatchObject({ code: 'not_found' })
  expect(await test.call('stats.check', undefined)).toMatchObject({ differences: 0 })
}, 600_000)
