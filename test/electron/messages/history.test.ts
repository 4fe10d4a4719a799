import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../electron/db/store-handle.ts'
import { createLog } from '../../../electron/log.ts'
import { segment } from '#shared/segments.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { writeHistory } from '../../history/generate.ts'

const until = 1_700_000_000_000
const day = 86_400_000
const messages = 6000

async function filled(seed: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'history-'))
  const stores = openStore(folder, { log: createLog(folder, (text) => text) })
  writeHistory(stores.store, { messages, seed, days: 60, until })
  await stores.close()
  return folder
}

/** All that the store holds, but for what a start writes. */
function dump(folder: string): string {
  const tables = ['messages', 'attempts', 'attempt_results', 'stats_sums', 'stats_counts']
  const more = ['provider_health', 'provider_breakers', 'providers', 'provider_groups', 'group_members']
  return withStore(folder, (db) =>
    JSON.stringify([...tables, ...more].map((table) => db.prepare(`SELECT * FROM ${table}`).raw().all())),
  )
}

let folder: string
let test: TestWorkbench
beforeAll(async () => {
  folder = await filled(7)
  test = await openTestWorkbench({ folder, now: () => until })
})
afterAll(() => test.close())

const rows = <Row>(sql: string) => withStore(folder, (db) => db.prepare(sql).all() as Row[])

describe('a generated history', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [again, other] = [await filled(7), await filled(8)]
    const first = dump(folder)
    expect(dump(again) === first).toBe(true)
    expect(dump(other) === first).toBe(false)
    for (const one of [again, other]) rmSync(one, { recursive: true })
  })

  it('keeps the figures that its messages give', () => {
    withStore(folder, (db) => {
      const kept = keptFigures(db)
      expect(kept.length).toBeGreaterThan(10_000)
      expect(kept).toEqual(figuresInLog(db))
    })
  })

  it('knows each provider’s newest attempts', () => {
    const newest = rows(
      `SELECT provider_id, max(CASE WHEN class = 'accepted' THEN seq END) AS success_attempt,
         max(CASE WHEN class NOT IN ('accepted', 'cancelled') THEN seq END) AS error_attempt
       FROM attempts JOIN attempt_results ON attempt_seq = seq GROUP BY 1 ORDER BY 1`,
    )
    expect(rows('SELECT * FROM provider_health ORDER BY 1')).toEqual(newest)
  })

  it('has something of everything, at its right place in time', () => {
    const count = (where: string) =>
      Number(rows<{ n: number }>(`SELECT count(*) AS n FROM messages WHERE ${where}`)[0]?.n)
    const some = ['test = 1', 'simulated = 1', 'attempts > 1', 'may_arrive_twice = 1', "state = 'failed'"]
    const more = [
      "outcome_code = 'vendor_code'",
      "outcome_class = 'unknown'",
      "encoding = 'UCS-2'",
      'segments > 1',
    ]
    for (const where of [
      ...some,
      ...more,
      'cost IS NULL',
      'cost > 0',
      'run_of IS NOT NULL',
      "state = 'delivered'",
      "state = 'undelivered'",
    ])
      expect([where, count(where) > 0 && count(where) < messages]).toEqual([where, true])
    expect(count('1')).toBe(messages)
    expect(count(`created_at < ${until - 60 * day} OR created_at >= ${until}`)).toBe(0)
    expect(
      count(
        'seq > 1 AND created_at < (SELECT created_at FROM messages AS one WHERE one.seq = messages.seq - 1)',
      ),
    ).toBe(0)
    const night = count('created_at / 3600000 % 24 BETWEEN 2 AND 4')
    expect(night * 5).toBeLessThan(count('created_at / 3600000 % 24 BETWEEN 17 AND 19'))
  })

  it('reads in the workbench like one that was sent', async () => {
    const list = { providerId: null, before: null, limit: 500 }
    const page = await test.call('messages.list', { ...list, mayArriveTwice: true })
    const story = await test.call('messages.get', { id: page.messages[0]?.id ?? '' })
    expect(story.story.length).toBeGreaterThan(1)
    expect(story.story.map(({ after }) => after?.stopped ?? null).at(0)).toBe(null)
    expect(story.story.at(-1)?.after?.stopped).not.toBe(null)
    expect(story).toMatchObject({ segments: segment(story.text).segments, attempts: story.story.length })
    const providers = await test.call('providers.list', undefined)
    expect(providers).toHaveLength(6)
    expect(providers.every(({ counts }) => counts.sent + counts.errors > 0)).toBe(true)
    expect(await test.call('groups.list', undefined)).toHaveLength(2)
  })
})

describe('npm run seed', () => {
  const seed = (...args: string[]) => {
    const hooks = resolve(import.meta.dirname, '../db/fixtures/raw-sql.mjs')
    const program = resolve(import.meta.dirname, '../../history/run.ts')
    return spawnSync(process.execPath, ['--import', hooks, program, ...args], { encoding: 'utf8' })
  }

  it('fills an empty workspace, and one with messages only where that is asked for', () => {
    const own = mkdtempSync(join(tmpdir(), 'seed-'))
    const args = ['--messages', '50', '--workspace', own]
    expect(seed(...args)).toMatchObject({ status: 0, stdout: expect.stringContaining('50 messages') })
    const refused = seed(...args, '--seed', '2')
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('add to them with --add') })
    expect(seed(...args, '--seed', '2', '--add').status).toBe(0)
    const count = withStore(own, (db) => [
      db.prepare('SELECT count(*) FROM messages').pluck().get(),
      db.prepare('SELECT count(*) FROM providers').pluck().get(),
    ])
    expect(count).toEqual([100, 6])
    expect(seed('--messages', 'many').stderr).toContain(
      '--messages takes a whole number from 1 to 50,000,000.',
    )
    rmSync(own, { recursive: true })
  })
})
