import { metrics, reckon, type MetricName, type MetricUnit, type Reckoning } from '#shared/metrics.ts'
import type { RangeSums, StatsAnswer } from '#shared/stats/answer.ts'
import { dash, formatCount, formatMoney, writePercent } from '../../../lib/format.ts'

/** A figure as a page shows it. */
export interface Figure {
  name: string
  label: string
  explanation: string
  value: string
  /** Against the range before; null where that was not asked for. */
  change: Change | null
  /** As a file holds it, and that of the range before; `unit` stands in the file beside the label. */
  bare: { unit: string; now: number | null; before: number | null }
}

export interface Change {
  way: 'up' | 'down' | 'same'
  /** `+12.3 %`, or in percentage points for a rate. */
  words: string
  /** The figure of the range before. */
  before: string
  /** Whether it is for the better; null where neither is better. */
  better: boolean | null
}

const averages = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
/** Below ten a second decimal is what tells two of them apart. */
const smallAverages = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })
const steps = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })

export function writeFigure(value: number | null, unit: MetricUnit): string {
  if (unit === 'percent') return writePercent(value)
  if (value === null) return dash
  if (unit === 'count') return formatCount(value)
  return (value < 10 ? smallAverages : averages).format(value)
}

/** A sum of money. Fractions of a cent tell nothing of it, but all of a single segment. */
export function writeCost(amount: number, currency: string): string {
  return formatMoney(amount < 1 ? amount : Math.round(amount * 100) / 100, currency)
}

/** Where more is better, and where it is worse; of the others neither is. */
const more: Partial<Record<MetricName, boolean>> = {
  totalDelivered: true,
  deliveryRate: true,
  totalClicks: true,
  clicked: true,
  clickRate: true,
  dailyDelivered: true,
  totalErrors: false,
  errors: false,
  errorRate: false,
  undelivered: false,
  failedOver: false,
  failoverShare: false,
}

/** How a figure went on from the range before. */
export function changeOf(name: MetricName, now: number | null, before: number | null): Change {
  const { unit } = metrics[name]
  const was = writeFigure(before, unit)
  if (now === null || before === null) return { way: 'same', words: dash, before: was, better: null }
  const better = now === before || more[name] === undefined ? null : more[name] === now > before
  if (unit !== 'percent') return { ...amountChange(now, before, was), better }
  const points = steps.format(now - before)
  const words = now === before ? noChange : points === '0' ? 'below 0.1 points' : `${points} points`
  return { way: wayOf(now, before), words, before: was, better }
}

const noChange = 'no change'
const wayOf = (now: number, before: number) => (now === before ? 'same' : now > before ? 'up' : 'down')

/** Percent that run into thousands say less than how many times it is. */
function growth(now: number, before: number): string {
  if (before === 0) return 'none before'
  const times = now / before
  return times >= 10 ? `${averages.format(times)} times` : `${steps.format((times - 1) * 100)} %`
}

/** How an amount went on, whether that is good or not; `was` is the amount before, in words. */
export function amountChange(now: number, before: number, was: string): Change {
  const way = wayOf(now, before)
  return { way, words: way === 'same' ? noChange : growth(now, before), before: was, better: null }
}

/** How the sums of a range are reckoned with. */
export function reckoningOf({ callbacks }: Pick<StatsAnswer, 'callbacks'>, { days }: RangeSums): Reckoning {
  return { days: days.length, callbacks }
}

export function figureOf(answer: StatsAnswer, name: MetricName): Figure {
  const { label, unit } = metrics[name]
  const { range, before } = answer
  const now = reckon(name, range.totals, reckoningOf(answer, range))
  const was = before && reckon(name, before.totals, reckoningOf(answer, before))
  return {
    name,
    label,
    explanation: explanationOf(name, now),
    value: writeFigure(now, unit),
    change: before && changeOf(name, now, was),
    bare: { unit: unit === 'percent' ? '%' : '', now, before: was },
  }
}

/** Other tools show the daily delivery multiplied by 100; whoever compares finds theirs here. */
function explanationOf(name: MetricName, now: number | null): string {
  const { explanation } = metrics[name]
  if (name !== 'dailyDelivered') return explanation
  return `${explanation}\nMultiplied by 100, as they show it: ${writeFigure((now ?? 0) * 100, 'per_day')}.`
}
