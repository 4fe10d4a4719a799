import { clickRateRule, metrics, reckon, type Metric, type MetricName } from '#shared/metrics.ts'
import type { DaySums, HourSums, StatsAnswer } from '#shared/stats/answer.ts'
import { weekdayOf } from '#shared/stats/dates.ts'
import { addSums, type Sums } from '#shared/stats/sums.ts'
import { localDate, localTime } from '#shared/stats/zone.ts'
import type { ChartModel, ChartPoint, ChartSeries } from './chart/chart-model.ts'
import { looks, type SeriesLook } from './chart/series-looks.ts'
import { spanWords } from './range/range-words.ts'

const dayName = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeZone: 'UTC' })

/** A date in words: `Saturday 21 November 2026`. */
export function dateWords(date: string): string {
  return dayName.format(Date.parse(`${date}T00:00:00Z`))
}

/** What the points of the charts are, and the sums of each. */
interface Spans {
  across: 'Day' | 'Week'
  points: ChartPoint[]
  sums: readonly Sums[]
}

/** From so many days on, weeks are easier to read. */
export const daysForWeeks = 60

function spansOf({ range: { days } }: StatsAnswer, by: 'day' | 'week'): Spans {
  if (by === 'day' || days.length < daysForWeeks) {
    const points = days.map(({ date }) => ({ key: date, name: dateWords(date) }))
    return { across: 'Day', points, sums: days.map(({ sums }) => sums) }
  }
  const weeks = weeksOf(days)
  return { across: 'Week', points: weeks.map(({ point }) => point), sums: weeks.map(({ sums }) => sums) }
}

/** Weeks from Monday on; the first and the last hold only their days of the range. */
export function weeksOf(days: readonly DaySums[]): { point: ChartPoint; sums: Sums }[] {
  const weeks: { first: string; last: string; sums: Sums }[] = []
  for (const { date, sums } of days) {
    const week = weeks.at(-1)
    if (week && weekdayOf(date) !== 0) addSums(week.sums, sums)
    else weeks.push({ first: date, last: date, sums: { ...sums } })
    weeks.at(-1)!.last = date
  }
  return weeks.map(({ first, last, sums }) => ({
    point: { key: first, end: last, name: spanWords(first, last) },
    sums,
  }))
}

function series({ callbacks }: StatsAnswer, spans: Spans, name: MetricName, look: SeriesLook): ChartSeries {
  const about = { days: 1, callbacks }
  const { label } = metrics[name]
  const values = spans.sums.map((sums) => reckon(name, sums, about))
  return { key: name, label, look, values }
}

/** Total Sent, Total Errors and Total Clicks by day or week; of a single day, by hour. */
export function deliveryChart(answer: StatsAnswer, by: 'day' | 'week'): ChartModel {
  const title = 'SMS Delivery Stats'
  const [day, another] = answer.range.days
  if (day && !another) return { title, unit: 'count', ...hoursOf(answer, day) }
  const spans = spansOf(answer, by)
  return {
    title,
    unit: 'count',
    across: spans.across,
    points: spans.points,
    series: [
      series(answer, spans, 'totalSent', looks.first),
      series(answer, spans, 'totalErrors', looks.second),
      series(answer, spans, 'totalClicks', looks.third),
    ],
  }
}

function hoursOf(
  { hours, zone, at }: StatsAnswer,
  day: DaySums,
): Pick<ChartModel, 'across' | 'points' | 'series'> {
  const { date } = day
  const cells = hours[weekdayOf(date)] ?? []
  const quarters = quartersByHour(day, zone)
  // Hours that are still to come have no figures, nor has one that the clocks leave out.
  const [today, now] = [localDate(zone, at), Number(localTime(zone, at).slice(11, 13))]
  const isThere = (index: number) =>
    (date < today || (date === today && index <= now)) && quarters[index] !== 0
  const hour = (index: number) => String(index).padStart(2, '0')
  const line = (key: keyof HourSums, { label }: Metric, look: SeriesLook): ChartSeries => {
    return { key, label, look, values: cells.map((cell, index) => (isThere(index) ? cell[key] : null)) }
  }
  const nameOf = (index: number) => {
    const name = `${dateWords(date)}, ${hour(index)}:00 to ${hour(index + 1)}:00`
    if (quarters[index] === 0) return `${name}, left out as clocks change`
    return (quarters[index] ?? 0) > 4 ? `${name}, longer as clocks change` : name
  }
  return {
    across: 'Hour',
    points: cells.map((_, index) => ({ key: `${date}T${hour(index)}`, name: nameOf(index) })),
    series: [
      line('sent', metrics.totalSent, looks.first),
      line('errors', metrics.totalErrors, looks.second),
      line('clicks', metrics.totalClicks, looks.third),
    ],
  }
}

const quarterMs = 900_000

/** How many quarters of an hour each hour of a day has: none or more than four where clocks change. */
function quartersByHour({ since, until }: DaySums, zone: string): number[] {
  const quarters = Array.from({ length: 24 }, () => 0)
  for (let time = since; time < until; time += quarterMs) {
    const hour = Number(localTime(zone, time).slice(11, 13))
    quarters[hour] = (quarters[hour] ?? 0) + 1
  }
  return quarters
}

/** Click-through rate by day or week. */
export function clickChart(answer: StatsAnswer, by: 'day' | 'week'): ChartModel {
  const spans = spansOf(answer, by)
  return rateChart('Click-Through Rate', spans, series(answer, spans, 'clickRate', looks.third))
}

/** Delivery Rate by day or week. */
export function deliveredChart(answer: StatsAnswer, by: 'day' | 'week'): ChartModel {
  const spans = spansOf(answer, by)
  const rate = series(answer, spans, 'deliveryRate', looks.first)
  return { ...rateChart('Delivery Rate', spans, rate), most: 100 }
}

function rateChart(title: string, { across, points }: Spans, rate: ChartSeries): ChartModel {
  return { title, across, unit: 'percent', points, series: [rate] }
}

/** By what the click-through rate is divided. */
export const clickRule = ({ callbacks }: StatsAnswer): string => clickRateRule(callbacks)
