import { AppError } from '#shared/errors.ts'
import { clickRateRule, metrics, noCallbacks, reckon, type MetricName } from '#shared/metrics.ts'
import type { StatsAnswer, StatsWork } from '#shared/stats/answer.ts'
import type { StatsRange, StatsScope } from '#shared/stats/query.ts'
import { localDate } from '#shared/stats/zone.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Dispatch } from '../rpc.ts'
import { connect, valueOf } from './connect.ts'
import { findProvider } from './find-provider.ts'
import { findGroup } from './find-target.ts'
import { printMessage, printResult, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'

export interface StatsOptions extends ListOptions {
  provider?: string
  group?: string
  range: StatsRange
  from?: string
  to?: string
  zone?: string
  compare: boolean
  tests: boolean
  simulated: boolean
}

export async function showStats(options: StatsOptions): Promise<void> {
  const { workspace, json, compare, tests, simulated } = options
  const zone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const { dispatch, close } = await connect(workspace)
  try {
    const scope = await scopeOf(dispatch, options)
    const range = rangeOf(options, zone)
    const answer = valueOf(await dispatch('stats.get', { scope, range, zone, compare, tests, simulated }))
    printResult(json, answer, () => linesOf(answer))
  } finally {
    await close()
  }
}

async function scopeOf(dispatch: Dispatch, { provider, group }: StatsOptions): Promise<StatsScope> {
  if (provider !== undefined && group !== undefined)
    throw new AppError('invalid_input', 'Use one of --provider and --group.')
  if (provider !== undefined) return { kind: 'provider', id: (await findProvider(dispatch, provider)).id }
  return group === undefined ? { kind: 'all' } : { kind: 'group', id: (await findGroup(dispatch, group)).id }
}

function rangeOf({ range, from, to }: StatsOptions, zone: string): StatsRange {
  if (from === undefined && to === undefined) return range
  if (from === undefined) throw new AppError('invalid_input', 'Say with --from where the range begins.')
  return { kind: 'custom', from, to: to ?? localDate(zone, Date.now()) }
}

const shown: readonly MetricName[] = [
  'totalSent',
  'totalDelivered',
  'totalClicks',
  'totalErrors',
  'deliveryRate',
  'dailySent',
  'dailyDelivered',
  'clicked',
  'clickRate',
  'replies',
  'undelivered',
  'failoverShare',
  'segments',
]

function linesOf(answer: StatsAnswer): string[] {
  const { range, before, callbacks, building } = answer
  const about = { days: range.days.length, callbacks }
  const rows = shown.map((name) => [
    metrics[name].label,
    textOf(name, reckon(name, range.totals, about)),
    ...(before ? [textOf(name, reckon(name, before.totals, about))] : []),
  ])
  const span = ({ from, to }: { from: string; to: string }) => (from === to ? from : `${from} to ${to}`)
  return [
    `${answer.name || 'All providers'}, ${span(range)}, ${answer.zone}`,
    ...tableLines([['', span(range), ...(before ? [span(before)] : [])], ...rows]),
    ...answer.costs.map(({ currency, amount }) => `Cost: ${amount} ${currency}`),
    '',
    ...latencyLines(answer),
    ...reasonLines(answer),
    callbacks ? `Click-Through Rate: ${clickRateRule(true)}.` : noCallbacks,
    ...leftOutLines(answer),
    ...(building ? ['Older messages are not all counted yet: sms-workbench stats repair counts them.'] : []),
  ]
}

function latencyLines({ latency }: StatsAnswer): string[] {
  if (latency.count === 0) return []
  const parts = latency.percentiles.map(({ percent, ms }) => `${percent} % within ${Math.round(ms ?? 0)} ms`)
  return [`Answers: ${parts.join(', ')}`, '']
}

function reasonLines({ reasons }: StatsAnswer): string[] {
  if (reasons.length === 0) return []
  const rows = reasons
    .slice(0, 20)
    .map((one) => [String(one.count), one.class, one.code, one.vendorCode, one.words])
  return [...tableLines([['ERRORS', 'CLASS', 'WHAT', 'CODE', 'WORDS'], ...rows]), '']
}

function leftOutLines({ leftOut: { tests, simulated } }: StatsAnswer): string[] {
  const parts = [
    ...(tests > 0 ? [`${tests} tests (--tests)`] : []),
    ...(simulated > 0 ? [`${simulated} simulated (--simulated)`] : []),
  ]
  return parts.length > 0 ? [`Left out: ${parts.join(', ')}.`] : []
}

function textOf(name: MetricName, value: number | null): string {
  if (value === null) return '–'
  const { unit } = metrics[name]
  if (unit === 'count') return String(value)
  return unit === 'percent' ? `${value.toFixed(1)} %` : value.toFixed(1)
}

/** Exit code 1 where they differ. */
export async function checkStats({ workspace, json }: ListOptions): Promise<void> {
  const work = await workOn(workspace, 'stats.check')
  if (work.state !== 'done') return tellCancelled(json, work)
  if (work.differences > 0) process.exitCode = 1
  printResult(json, work, () =>
    work.differences === 0
      ? [`The figures of ${work.all} messages agree with the log.`]
      : [
          `${work.differences} figures differ from the log. sms-workbench stats repair reckons them anew.`,
          ...tableLines([
            ['SCOPE', 'FROM', 'FIGURE', 'KEPT', 'IN THE LOG'],
            ...work.examples.map(({ scope, since, figure, kept, inLog }) => [
              scope,
              new Date(since).toISOString(),
              figure,
              String(kept),
              String(inLog),
            ]),
          ]),
        ],
  )
}

export async function repairStats({ workspace, json }: ListOptions): Promise<void> {
  const work = await workOn(workspace, 'stats.repair')
  if (work.state !== 'done') return tellCancelled(json, work)
  printResult(json, work, () => [`The figures are reckoned anew from ${work.all} messages.`])
}

function tellCancelled(json: boolean, work: StatsWork): void {
  process.exitCode = exitCodes.cancelled
  if (json) printResult(json, work, () => [])
  else printMessage('Cancelled; nothing was changed.')
}

async function workOn(workspace: string, command: 'stats.check' | 'stats.repair'): Promise<StatsWork> {
  const { dispatch, close } = await connect(workspace)
  const stop = () => void dispatch('stats.cancel', undefined)
  process.once('SIGINT', stop)
  try {
    return valueOf(await dispatch(command, undefined))
  } finally {
    process.off('SIGINT', stop)
    await close()
  }
}
