import { csvRow } from '#shared/csv-text.ts'
import { explanations, metrics, type MetricName } from '#shared/metrics.ts'
import type { StatsAnswer } from '#shared/stats/answer.ts'
import { dash } from '../../../lib/format.ts'
import { amountChange, figureOf, writeCost, type Figure } from './figure-words.ts'

/** What accepted messages cost, each currency by itself; one line with a dash where nothing has a price. */
export function costFigures({ costs, costsBefore }: StatsAnswer): Figure[] {
  const plain = { label: 'Cost', explanation: explanations.cost }
  if (costs.length === 0) {
    const bare = { unit: '', now: null, before: null }
    return [{ ...plain, name: 'cost', value: dash, change: null, bare }]
  }
  const isAlone = costs.length === 1
  return costs.map(({ currency, amount }) => {
    const before = costsBefore?.find((one) => one.currency === currency)?.amount ?? 0
    return {
      ...plain,
      label: isAlone ? 'Cost' : `Cost, ${currency}`,
      name: `cost ${currency}`,
      value: writeCost(amount, currency),
      change: costsBefore && amountChange(amount, before, writeCost(before, currency)),
      bare: { unit: isAlone ? currency : '', now: amount, before: costsBefore && before },
    }
  })
}

/** All figures that there are of a range, those of the page's tiles first. */
export function everyFigure(answer: StatsAnswer): Figure[] {
  const names = Object.keys(metrics) as MetricName[]
  return [...names.map((name) => figureOf(answer, name)), ...costFigures(answer)]
}

/** A row for each figure: bare numbers, those of the range before where that was asked for, and how they are reckoned. */
export function figuresCsv(figures: readonly Figure[]): string {
  const isCompared = figures.some(({ change }) => change !== null)
  const head = ['Figure', 'Value', ...(isCompared ? ['Before'] : []), 'How it is reckoned']
  const rows = figures.map(({ label, explanation, bare: { unit, now, before } }) => [
    unit === '' ? label : `${label} (${unit})`,
    rounded(now),
    ...(isCompared ? [rounded(before)] : []),
    explanation.replaceAll('\n', ' '),
  ])
  return `\uFEFF${[head, ...rows].map(csvRow).join('')}`
}

/** A segment may cost a hundredth of a cent. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e6) / 1e6
}
