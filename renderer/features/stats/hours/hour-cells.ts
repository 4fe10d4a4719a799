import { csvRow } from '#shared/csv-text.ts'
import type { HourSums } from '#shared/stats/answer.ts'

export type HourFigure = keyof HourSums
export type Hours = readonly HourSums[][]

/** Steps of shade above none. */
export const shades = 5

const from = Date.parse('2024-01-01T00:00:00Z')
const dayMs = 86_400_000
const named = (style: 'long' | 'short') => {
  const format = new Intl.DateTimeFormat(undefined, { weekday: style, timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, day) => format.format(from + day * dayMs))
}
/** From Monday on. */
export const weekdays = named('long')
export const shortWeekdays = named('short')

export const hourWords = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** 0 for none, else 1 to `shades` by its share of the most. */
export function shadeOf(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil((value / most) * shades))
}

export function mostOf(hours: Hours, figure: HourFigure): number {
  return Math.max(0, ...hours.flat().map((cell) => cell[figure]))
}

/** What each shade stands for: the smallest and the largest count, without those that no count has. */
export function shadeRanges(most: number): { shade: number; from: number; to: number }[] {
  return Array.from({ length: shades }, (_, index) => ({
    shade: index + 1,
    from: Math.floor((index * most) / shades) + 1,
    to: Math.floor(((index + 1) * most) / shades),
  })).filter((range) => range.to >= range.from)
}

/** Where a key leads from a cell; null for keys that lead nowhere. */
export function cellAfter(key: string, day: number, hour: number): { day: number; hour: number } | null {
  const targets: Record<string, [number, number]> = {
    ArrowLeft: [day, hour - 1],
    ArrowRight: [day, hour + 1],
    ArrowUp: [day - 1, hour],
    ArrowDown: [day + 1, hour],
    Home: [day, 0],
    End: [day, 23],
    PageUp: [0, hour],
    PageDown: [6, hour],
  }
  const target = targets[key]
  if (!target) return null
  const within = (value: number, last: number) => Math.max(0, Math.min(last, value))
  return { day: within(target[0], 6), hour: within(target[1], 23) }
}

/** A row for each weekday, a column for each hour. */
export function hoursCsv(hours: Hours, figure: HourFigure): string {
  const head = ['Weekday', ...Array.from({ length: 24 }, (_, hour) => hourWords(hour))]
  const rows = hours.map((cells, day) => [weekdays[day] ?? '', ...cells.map((cell) => cell[figure])])
  return `\uFEFF${[head, ...rows].map(csvRow).join('')}`
}
