import { expect, it } from 'vitest'
import { changeOf, writeFigure } from '../../../renderer/features/stats/figures/figure-words.ts'
import {
  cellAfter,
  hoursCsv,
  shadeOf,
  shadeRanges,
} from '../../../renderer/features/stats/hours/hour-cells.ts'
import { sortProviderStats } from '../../../renderer/features/stats/panels/provider-stats.ts'
import { noSums } from '#shared/stats/sums.ts'

it('writes figures in their units, and a rate of nothing as a dash', () => {
  expect(writeFigure(21_350, 'count')).toBe('21,350')
  expect(writeFigure(null, 'percent')).toBe('–')
  expect(writeFigure(99.96, 'percent')).toBe('99.9 %')
  expect(writeFigure(711.66, 'per_day')).toBe('711.7')
  expect(writeFigure(1.958, 'per_day')).toBe('1.96')
})

it('tells a change by its way, and whether that is for the better', () => {
  expect(changeOf('totalSent', 110, 100)).toMatchObject({
    way: 'up',
    words: '+10 %',
    before: '100',
    better: null,
  })
  expect(changeOf('totalErrors', 110, 100)).toMatchObject({ way: 'up', better: false })
  expect(changeOf('totalClicks', 90, 100)).toMatchObject({ way: 'down', words: '-10 %', better: false })
  expect(changeOf('deliveryRate', 97.5, 95)).toMatchObject({ words: '+2.5 points', better: true })
  expect(changeOf('deliveryRate', 95.04, 95)).toMatchObject({ words: 'below 0.1 points', better: true })
  expect(changeOf('totalErrors', 5, 0)).toMatchObject({ way: 'up', words: 'none before', better: false })
  expect(changeOf('totalErrors', 5, 5)).toMatchObject({ way: 'same', words: 'no change', better: null })
  expect(changeOf('deliveryRate', 95, null)).toMatchObject({ way: 'same', words: '–', before: '–' })
})

it('shades an hour by its share of the most, and says which counts a shade stands for', () => {
  for (const most of [1, 2, 7, 100, 12_345]) {
    const ranges = shadeRanges(most)
    for (let value = 1; value <= Math.min(most, 500); value += 1) {
      const range = ranges.find(({ from, to }) => value >= from && value <= to)
      expect(range?.shade, `${value} of ${most}`).toBe(shadeOf(value, most))
    }
    expect(shadeOf(most, most)).toBe(5)
  }
  expect(shadeOf(0, 10)).toBe(0)
  expect(shadeRanges(0)).toEqual([])
})

it('goes through the hours by key and stays within the week', () => {
  expect(cellAfter('ArrowRight', 6, 23)).toEqual({ day: 6, hour: 23 })
  expect(cellAfter('ArrowUp', 3, 4)).toEqual({ day: 2, hour: 4 })
  expect(cellAfter('End', 3, 4)).toEqual({ day: 3, hour: 23 })
  expect(cellAfter('x', 3, 4)).toBeNull()
  const hours = Array.from({ length: 7 }, () =>
    Array.from({ length: 24 }, () => ({ sent: 2, errors: 1, clicks: 0 })),
  )
  const lines = hoursCsv(hours, 'errors').trim().split('\r\n')
  expect(lines).toHaveLength(8)
  expect(lines[1]?.split(',')).toEqual(['Monday', ...Array.from({ length: 24 }, () => '1')])
})

it('sorts providers by a column, those without a figure last', () => {
  const one = (name: string, sent: number, delivered: number) => ({
    id: name,
    name,
    archived: false,
    simulated: false,
    callbacks: true,
    totals: { ...noSums(), sent, delivered },
    median: sent || null,
    p95: null,
    costs: [],
  })
  const list = [one('B 10', 0, 0), one('a', 10, 5), one('B 9', 20, 19)]
  const names = (key: string, descending: boolean) =>
    sortProviderStats(list, { key, descending }).map(({ name }) => name)
  expect(names('name', false)).toEqual(['a', 'B 9', 'B 10'])
  expect(names('sent', true)).toEqual(['B 9', 'a', 'B 10'])
  expect(names('rate', false)).toEqual(['a', 'B 9', 'B 10'])
  expect(names('rate', true)).toEqual(['B 9', 'a', 'B 10'])
})
