import { dash, formatCount, formatDuration } from '../../../lib/format.ts'
import type { SeriesLook } from './series-looks.ts'

/** A place along a chart: a day, an hour of one, or a week. */
export interface ChartPoint {
  /** As a file holds it and a zoom names it: `2026-11-21`, or `2026-11-21T14`. */
  key: string
  /** In words: `Saturday 21 November 2026`. */
  name: string
  /** The last day of a week. */
  end?: string
}

export interface ChartSeries {
  key: string
  label: string
  look: SeriesLook
  /** One for each point; null where there is none, such as a rate of nothing. */
  values: readonly (number | null)[]
}

export type ChartUnit = 'count' | 'percent' | 'milliseconds'

export interface ChartModel {
  title: string
  /** What a point is, as the head of a table's first column. */
  across: 'Day' | 'Hour' | 'Week'
  unit: ChartUnit
  /** What the scale ends at, where it is always the same, such as 100 %. */
  most?: number
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
}

/** The first and the last point that are shown, by their keys. */
export interface Zoom {
  from: string
  to: string
}

/** What a zoom leaves of a chart; all of it where the zoom names no point of it. */
export function zoomed(model: ChartModel, zoom: Zoom | null): ChartModel {
  if (zoom === null) return model
  const first = model.points.findIndex(({ key }) => key >= zoom.from)
  const last = model.points.findLastIndex(({ key }) => key <= zoom.to)
  if (first < 0 || last < first) return model
  return {
    ...model,
    points: model.points.slice(first, last + 1),
    series: model.series.map((one) => ({ ...one, values: one.values.slice(first, last + 1) })),
  }
}

const percents = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })

/** With its unit, as a table and a hover say it. */
export function writeValue(value: number | null, unit: ChartUnit): string {
  if (value === null) return dash
  // What is not quite all is never written as all of it.
  if (unit === 'percent') return `${percents.format(value > 99.99 && value < 100 ? 99.99 : value)} %`
  return unit === 'milliseconds' ? formatDuration(value) : formatCount(value)
}

/** One point in words, for those who listen: `Saturday 21 November 2026: Total Sent 1,204, Total Errors 3`. */
export function pointWords(model: ChartModel, index: number, hidden: ReadonlySet<string>): string {
  const values = model.series
    .filter(({ key }) => !hidden.has(key))
    .map(({ label, values: all }) => `${label} ${writeValue(all[index] ?? null, model.unit)}`)
  return `${model.points[index]?.name ?? ''}: ${values.join(', ')}`
}
