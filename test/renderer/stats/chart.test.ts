import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, datesBetween } from '#shared/stats/dates.ts'
import type { StatsAnswer } from '#shared/stats/answer.ts'
import { noSums } from '#shared/stats/sums.ts'
import { localDays } from '#shared/stats/zone.ts'
import { chartCsv } from '../../../renderer/features/stats/chart/chart-csv.ts'
import {
  pointWords,
  writeValue,
  zoomed,
  type ChartModel,
} from '../../../renderer/features/stats/chart/chart-model.ts'
import { pointTicks } from '../../../renderer/features/stats/chart/point-ticks.ts'
import { nearestPoint, plotKey, selected } from '../../../renderer/features/stats/chart/plot-selection.ts'
import { saveName } from '../../../renderer/features/stats/chart/save-name.ts'
import { deliveryChart, weeksOf } from '../../../renderer/features/stats/stats-charts.ts'
import { looks } from '../../../renderer/features/stats/chart/series-looks.ts'

function chart(values: (number | null)[], more: Partial<ChartModel> = {}): ChartModel {
  const points = values.map((_, index) => {
    const key = addDays('2026-02-26', index)
    return { key, name: `day ${key}` }
  })
  const series = [
    { key: 'sent', label: '=Sent', look: looks.first, values },
    { key: 'errors', label: 'Errors', look: looks.second, values: values.map(() => 0) },
  ]
  return { title: 'Some', across: 'Day', unit: 'count', points, series, ...more }
}

it('is saved as a table of bare numbers that a spreadsheet reads and does not run', () => {
  const text = chartCsv(chart([1200, null, 2.71604], { unit: 'percent' }))
  expect(text.startsWith("\uFEFFDay,'=Sent (%),Errors (%)\r\n")).toBe(true)
  expect(parse(text, { bom: true })).toEqual([
    ['Day', "'=Sent (%)", 'Errors (%)'],
    ['2026-02-26', '1200', '0'],
    ['2026-02-27', '', '0'],
    ['2026-02-28', '2.716', '0'],
  ])
  const hours = chart([7], { across: 'Hour', points: [{ key: '2026-02-26T09', name: '' }] })
  expect(chartCsv(hours)).toContain('2026-02-26 09:00,7,0\r\n')
})

it('zooms to the days that are named, and to all where none of them is there', () => {
  const whole = chart([1, 2, 3, 4, 5])
  const part = zoomed(whole, { from: '2026-02-27', to: '2026-03-01' })
  expect(part.points.map(({ key }) => key)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(part.series[0]?.values).toEqual([2, 3, 4])
  expect(zoomed(whole, { from: '2025-01-01', to: '2025-02-01' })).toBe(whole)
  expect(zoomed(whole, null)).toBe(whole)
})

it('tells a point in words, without the lines that are hidden', () => {
  const model = chart([1200, null])
  expect(pointWords(model, 0, new Set())).toBe('day 2026-02-26: =Sent 1,200, Errors 0')
  expect(pointWords(model, 1, new Set(['errors']))).toBe('day 2026-02-27: =Sent –')
  expect(writeValue(99.996, 'percent')).toBe('99.99 %')
  expect(writeValue(100, 'percent')).toBe('100 %')
  expect(writeValue(97.126, 'percent')).toBe('97.13 %')
})

it('names as many points below a chart as fit, at steps of the calendar', () => {
  const year = datesBetween('2025-11-22', '2026-11-21')
  const labels = (keys: string[], width: number) => pointTicks(keys, width).map(({ label }) => label)
  const months = labels(year, 500)
  expect(months).toEqual(['2026', 'Mar', 'May', 'Jul', expect.stringMatching(/^Sept?$/), 'Nov'])
  // Weeks begin on any day of a month.
  const weeks = year.filter((date) => new Date(`${date}T00:00:00Z`).getUTCDay() === 1)
  expect(labels(weeks, 500)).toEqual(['2026', 'Mar', 'May', 'Jul', expect.stringMatching(/^Sept?$/), 'Nov'])
  expect(labels(datesBetween('2026-11-16', '2026-11-18'), 600)).toHaveLength(3)
  const hours = Array.from({ length: 24 }, (_, hour) => `2026-11-21T${String(hour).padStart(2, '0')}`)
  expect(labels(hours, 500)).toEqual(['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00'])
  const span = fc.tuple(
    fc.integer({ min: 0, max: 4000 }),
    fc.integer({ min: 1, max: 1100 }),
    fc.integer({ min: 60, max: 1500 }),
  )
  fc.assert(
    fc.property(span, ([start, count, width]) => {
      const from = addDays('2020-01-01', start)
      const ticks = pointTicks(datesBetween(from, addDays(from, count - 1)), width)
      expect(ticks.length).toBeGreaterThan(0)
      expect(ticks.length).toBeLessThanOrEqual(Math.max(1, Math.floor(width / 58)))
    }),
  )
})

it('steps by key, selects with Shift, zooms with Enter, and lets go with Escape', () => {
  const press = (key: string, at: number, anchor: number | null = null, shiftKey = false) =>
    plotKey({ key, shiftKey }, { at, anchor }, 10)
  expect(press('ArrowRight', 9)).toEqual({ kind: 'move', place: { at: 9, anchor: null } })
  expect(press('PageUp', 1)).toEqual({ kind: 'move', place: { at: 8, anchor: null } })
  expect(press('Home', 5, 3)).toEqual({ kind: 'move', place: { at: 0, anchor: null } })
  expect(press('ArrowLeft', 5, null, true)).toEqual({ kind: 'move', place: { at: 4, anchor: 5 } })
  expect(press('End', 4, 5, true)).toEqual({ kind: 'move', place: { at: 9, anchor: 5 } })
  expect(press('Enter', 2, 5)).toEqual({ kind: 'zoom', first: 2, last: 5 })
  expect(press('Enter', 2)).toBeNull()
  expect(press('Escape', 2, 5)).toEqual({ kind: 'move', place: { at: 2, anchor: null } })
  expect(press('Escape', 2)).toEqual({ kind: 'leave' })
  expect(press('a', 2)).toBeNull()
  expect(selected({ at: 3, anchor: 3 })).toBeNull()
})

it('finds the point that is nearest to the pointer', () => {
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(places, fc.integer({ min: -50, max: 2100 }), (unsorted, x) => {
      const sorted = [...unsorted].sort((one, other) => one - other)
      const distance = (index: number) => Math.abs((sorted[index] ?? NaN) - x)
      expect(distance(nearestPoint(sorted, x))).toBe(Math.min(...sorted.map((_, index) => distance(index))))
    }),
  )
  expect(nearestPoint([], 5)).toBe(-1)
})

it('is saved under a name that every system takes', () => {
  expect(saveName(['Errors', 'A/B: "x"?\n', '', '1 Nov'], 'csv')).toBe('Errors, A B   x, 1 Nov.csv')
  expect(saveName(['x'.repeat(500)], 'png')).toHaveLength(124)
})

it('takes days together by weeks from Monday on, each day once', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 400 }))
  fc.assert(
    fc.property(span, ([start, count]) => {
      const from = addDays('2025-01-01', start)
      const days = datesBetween(from, addDays(from, count - 1)).map((date, index) => {
        return { date, since: 0, until: 0, sums: { ...noSums(), sent: index + 1 } }
      })
      const weeks = weeksOf(days)
      expect(weeks.reduce((sum, { sums }) => sum + sums.sent, 0)).toBe((count * (count + 1)) / 2)
      const covered = weeks.flatMap(({ point }) => datesBetween(point.key, point.end ?? ''))
      expect(covered).toEqual(days.map(({ date }) => date))
      for (const { point } of weeks.slice(1)) expect(new Date(point.key).getUTCDay()).toBe(1)
      expect(days[0]?.sums.sent).toBe(1)
    }),
  )
})

it('has no point for an hour that the clocks leave out, and says of one that it is longer', () => {
  const zone = 'Europe/Berlin'
  const hours = Array.from({ length: 7 }, () =>
    Array.from({ length: 24 }, () => ({ sent: 0, errors: 0, clicks: 0 })),
  )
  const ofDay = (date: string) => {
    const days = localDays(zone, date, 1).map((day) => ({ ...day, sums: noSums() }))
    const answer = { range: { days }, hours, zone, at: Date.UTC(2026, 11, 1) } as unknown as StatsAnswer
    const { points, series } = deliveryChart(answer, 'day')
    return points.map(({ name }, index) => `${name}: ${series[0]?.values[index]}`)
  }
  const spring = ofDay('2026-03-29')
  expect(spring[2]).toMatch(/02:00 to 03:00, left out as clocks change: null$/)
  expect(spring[3]).toMatch(/03:00 to 04:00: 0$/)
  const autumn = ofDay('2026-10-25')
  expect(autumn[2]).toMatch(/02:00 to 03:00, longer as clocks change: 0$/)
  expect(autumn.filter((told) => told.includes('clocks'))).toHaveLength(1)
})
