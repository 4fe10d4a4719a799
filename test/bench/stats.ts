import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import type { StatsAnswer } from '#shared/stats/answer.ts'
import type { Workbench } from '../../electron/workbench.ts'
import { workspaceOf } from './log-workspace.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { openBuilt } from './throughput.ts'

const small = 10_000
const large = 1_000_000
/** Measured too where its workspace was made before, by `BENCH_HUGE=1 npm run bench`, as that takes half an hour. */
const huge = 10_000_000
const rounds = 15

/**
 * How long the queries of the whole stats page take over 90 days, with the range before, at a million messages against ten
 * thousand; and what the rollups cost a message that is written.
 */
export async function benchStats(): Promise<Record<string, Figure>> {
  const sizes = [small, large, ...(process.env['BENCH_HUGE'] ? [huge] : [])]
  const opened: Workbench[] = []
  for (const size of sizes) opened.push(await openBuilt(workspaceOf(size)))
  try {
    const times = opened.map(() => [] as number[])
    for (let index = 0; index <= rounds; index += 1)
      for (const [at, workbench] of opened.entries()) times[at]?.push(await wholePage(workbench))
    // The first are for the statements to be prepared and the pages to be read.
    const [few = 0, many = 0, most] = times.map((all) => median(all.slice(1)))
    const told = most === undefined ? '' : `, ${round(most, 1)} ms at ${huge.toLocaleString('en')}`
    return {
      'stats.growth': {
        value: round(many / few, 2),
        unit: 'ratio',
        yardstick: `the page at ${small.toLocaleString('en')} messages: ${round(few, 1)} ms, ${round(many, 1)} ms at ${large.toLocaleString('en')}${told}`,
      },
      ...writeRatio(),
    }
  } finally {
    for (const workbench of opened) await workbench.close()
  }
}

const zone = 'Europe/Berlin'

async function wholePage(workbench: Workbench): Promise<number> {
  const list = await workbench.dispatch('messages.list', { providerId: null, before: null, limit: 1 })
  const newest = list.ok ? (list.value.messages[0]?.createdAt ?? 0) : 0
  const date = (days: number) => new Date(newest - days * 86_400_000).toISOString().slice(0, 10)
  const range = { kind: 'custom', from: date(89), to: date(0) } as const
  const started = performance.now()
  const answer = await workbench.dispatch('stats.get', {
    scope: { kind: 'all' },
    range,
    zone,
    compare: true,
    tests: false,
    simulated: false,
  })
  const took = performance.now() - started
  if (!answer.ok || sentOf(answer.value) === 0) throw new Error('the figures of the bench cannot be read')
  return took
}

const sentOf = ({ range }: StatsAnswer) => range.totals.sent

/** Whole histories written with rollups and without, by turns, each in a process of its own. */
function writeRatio(): Record<string, Figure> {
  const program = join(import.meta.dirname, 'stats-writing.ts')
  const hooks = join(import.meta.dirname, '../electron/db/fixtures/raw-sql.mjs')
  const speeds = { with: [] as number[], without: [] as number[] }
  for (let index = 0; index < 5; index += 1)
    for (const how of ['with', 'without'] as const) {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'))
      const flags = ['--disable-warning=ExperimentalWarning', '--import', hooks, program]
      const { stdout, status, stderr } = spawnSync(process.execPath, [...flags, folder, how], {
        encoding: 'utf8',
      })
      if (existsSync(folder)) rmSync(folder, { recursive: true })
      if (status !== 0) throw new Error(stderr)
      speeds[how].push(Number(stdout))
    }
  const ratios = speeds.with.map((speed, index) => speed / (speeds.without[index] ?? 1))
  return {
    'write.ratio': {
      value: round(median(ratios)),
      unit: 'ratio',
      yardstick: `messages written without rollups, 50 in a transaction: ${round(median(speeds.without), 0)} a second, ${round(median(speeds.with), 0)} with them`,
    },
  }
}
