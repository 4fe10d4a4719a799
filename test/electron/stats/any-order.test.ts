import fc from 'fast-check'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { receiptStates } from '#shared/callbacks/format.ts'
import type { StatsScope } from '#shared/stats/query.ts'
import { storeFiles } from '../../../electron/db/files/store-files.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { EventHub } from '../../../electron/events.ts'
import { createLog } from '../../../electron/log.ts'
import { settleInterrupted } from '../../../electron/messages/recover.ts'
import { gatherStats } from '../../../electron/stats/gather.ts'
import { StatsWorker } from '../../../electron/stats/worker.ts'
import { castFor } from '../../history/cast.ts'
import { enter } from '../../history/enter.ts'
import { Random } from '../../history/random.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { countLog, countsOfAnswer, countsOfTwin } from '../../helpers/stats-twin.ts'
import { StatsDeeds, type Deed } from '../../helpers/stats-work.ts'
import type { Answer } from '../../helpers/stats-answer.ts'

/** Clocks change in Europe a day later, and at other times elsewhere. */
const from = Date.UTC(2026, 2, 28, 20)
const until = Date.UTC(2026, 3, 5)

const answers: Answer[] = [
  { class: 'accepted', code: 'accepted', total: 120 },
  { class: 'accepted', code: 'accepted', total: 1 },
  { class: 'accepted', code: 'accepted', total: 90_000 },
  { class: 'unknown', code: 'first_byte_timed_out', total: null },
  { class: 'unknown', code: 'server_error', total: 80 },
  { class: 'unavailable', code: 'service_unavailable', total: 40 },
  { class: 'rejected', code: 'vendor_code', errorCode: '12', errorText: 'No 7\tof 9', total: 30 },
  { class: 'cancelled', code: 'cancelled_before_sending', total: null },
]

const about = { which: fc.nat(10_000), minutes: fc.integer({ min: 0, max: 45 }) }
const only = (...kind: Deed['kind'][]) => fc.record({ ...about, kind: fc.constantFrom(...kind) })
const deeds = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        ...about,
        kind: fc.constant('open'),
        group: fc.boolean(),
        test: fc.nat(9).map((one) => one === 0),
        text: fc.constantFrom('Hello', 'x'.repeat(200)),
      }),
    },
    {
      weight: 10,
      arbitrary: fc.record({
        ...about,
        kind: fc.constant('answer'),
        answer: fc.constantFrom(...answers),
        goesOn: fc.boolean(),
      }),
    },
    { weight: 6, arbitrary: only('next', 'due', 'end') },
    {
      weight: 6,
      arbitrary: fc.record({
        ...about,
        kind: fc.constant('receipt'),
        state: fc.constantFrom(...receiptStates),
        code: fc.constantFrom('', '30003'),
        text: fc.constantFrom('', 'Gone 4'),
      }),
    },
    { weight: 4, arbitrary: only('click', 'reply') },
    {
      weight: 1,
      arbitrary: fc.record({ ...about, kind: fc.constant('settle'), as: fc.constantFrom('sent', 'failed') }),
    },
    { weight: 1, arbitrary: only('interrupt', 'forgetGroup', 'forgetProvider') },
    { weight: 2, arbitrary: only('check', 'repair', 'cancel') },
    {
      weight: 1,
      arbitrary: fc.record({ ...about, kind: fc.constant('clean'), most: fc.constantFrom(3, 200) }),
    },
  ) as fc.Arbitrary<Deed>,
  { minLength: 40, maxLength: 160, size: 'max' },
)

async function live(all: readonly Deed[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stats-'))
  const log = createLog(folder, (text) => text)
  const stores = openStore(folder, { log })
  try {
    const cast = stores.store.writeNow((db) => enter(db, castFor(from, new Random(3)), from))
    const worker = new StatsWorker({ stores, events: new EventHub(), log, atOnce: 5 })
    const doing = new StatsDeeds(stores, cast, worker, from)
    const half = Math.floor(all.length / 2)
    for (const deed of all.slice(0, half)) await doing.do(deed)
    await killed(folder)
    for (const deed of all.slice(half)) await doing.do(deed)
    await doing.settled()
    agree(folder)
    if (!doing.forgot) shown(folder)
    expect(await worker.start('check')).toMatchObject({ state: 'done', differences: 0 })
    expect(await worker.start('repair')).toMatchObject({ state: 'done' })
    agree(folder)
  } finally {
    await stores.close()
    rmSync(folder, { recursive: true })
  }
}

const agree = (folder: string) => withStore(folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))

/** The store as a kill leaves it in the midst of whatever goes on, opened again. */
async function killed(of: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stats-'))
  const [left, right] = [storeFiles(of), storeFiles(folder)]
  mkdirSync(dirname(right.main), { recursive: true })
  for (const file of ['main', 'log'] as const)
    if (existsSync(left[file])) copyFileSync(left[file], right[file])
  const log = createLog(folder, (text) => text)
  const stores = openStore(folder, { log })
  try {
    agree(folder)
    stores.store.writeNow((db) => settleInterrupted(db, until))
    agree(folder)
    const worker = new StatsWorker({ stores, events: new EventHub(), log, atOnce: 5 })
    expect(await worker.start('check')).toMatchObject({ state: 'done', differences: 0 })
  } finally {
    await stores.close()
    rmSync(folder, { recursive: true })
  }
}

/** As it is shown, against a count of its own. */
function shown(folder: string): void {
  withStore(folder, (db) => {
    const ids = (table: string) => db.prepare(`SELECT id FROM ${table}`).pluck().all() as string[]
    const scopes: StatsScope[] = [
      { kind: 'all' },
      ...ids('providers').map((id) => ({ kind: 'provider', id }) as const),
      ...ids('provider_groups').map((id) => ({ kind: 'group', id }) as const),
    ]
    const days = { from: '2026-03-28', to: '2026-04-02' }
    const kinds = { tests: true, simulated: true }
    for (const zone of ['Europe/Berlin', 'Asia/Kathmandu'])
      for (const scope of scopes) {
        const range = { kind: 'custom', ...days } as const
        const answer = gatherStats(db, { scope, range, zone, compare: false, ...kinds }, from)
        const twin = countLog(db, { scope, zone, ...days, ...kinds })
        expect(countsOfAnswer({ ...answer, building: null })).toEqual(countsOfTwin(twin))
      }
  })
}

it('whatever happens in whatever order, and while figures are checked and made anew, they are those of the log', async () => {
  const numRuns = process.env['SOAK'] ? 300 : 6
  await fc.assert(fc.asyncProperty(deeds, live), { numRuns, endOnFailure: true })
}, 3_600_000)
