import { csvRow } from '#shared/csv-text.ts'
import type { ChartModel } from './chart-model.ts'

const unitWords = { count: '', percent: ' (%)', milliseconds: ' (ms)' }

/** A chart's table as a CSV file: one row a point, bare numbers with a point, empty where there is none. */
export function chartCsv({ across, unit, points, series }: ChartModel): string {
  const head = [across, ...series.map(({ label }) => `${label}${unitWords[unit]}`)]
  const rows = points.map(({ key }, index) => [
    across === 'Hour' ? key.replace(/T(\d\d).*/, ' $1:00') : key,
    ...series.map(({ values }) => rounded(values[index] ?? null)),
  ])
  return `\uFEFF${[head, ...rows].map(csvRow).join('')}`
}

/** Four decimals tell one message in a million. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000
}
