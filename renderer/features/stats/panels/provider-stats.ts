import { csvRow } from '#shared/csv-text.ts'
import { reckon, type MetricName } from '#shared/metrics.ts'
import type { ProviderStats } from '#shared/stats/answer.ts'
import { dash, formatDuration } from '../../../lib/format.ts'
import type { SortState } from '../../../ui/table-column.ts'
import { writeCost, writeFigure } from '../figures/figure-words.ts'

interface ProviderColumn {
  key: string
  label: string
  title?: string
  /** By what the column is sorted, and what a file holds. */
  of: (provider: ProviderStats) => string | number | null
  text: (provider: ProviderStats) => string
}

function figure(key: string, label: string, name: MetricName, unit: 'count' | 'percent'): ProviderColumn {
  const of = (provider: ProviderStats) =>
    reckon(name, provider.totals, { days: 1, callbacks: provider.callbacks })
  return { key, label, of, text: (provider) => writeFigure(of(provider), unit) }
}

const time = (key: 'median' | 'p95', label: string, title: string): ProviderColumn => ({
  key,
  label,
  title,
  of: (provider) => provider[key],
  text: ({ [key]: ms }) => (ms === null ? dash : formatDuration(ms)),
})

const costWords = ({ costs }: ProviderStats) =>
  costs.map(({ amount, currency }) => writeCost(amount, currency)).join(', ') || dash

/** What the table of providers says of each, beside its name. */
export const providerStatsColumns: readonly ProviderColumn[] = [
  figure('sent', 'Sent', 'totalSent', 'count'),
  figure('delivered', 'Delivered', 'totalDelivered', 'count'),
  figure('rate', 'Delivery Rate', 'deliveryRate', 'percent'),
  figure('clickRate', 'CTR', 'clickRate', 'percent'),
  figure('errors', 'Errors', 'totalErrors', 'count'),
  figure('errorRate', 'Error Rate', 'errorRate', 'percent'),
  figure('segments', 'Segments', 'segments', 'count'),
  time('median', 'Median', 'Half of the answers came within'),
  time('p95', '95 %', '95 % of the answers came within'),
  {
    key: 'cost',
    label: 'Cost',
    of: ({ costs }) => costs.reduce((sum, { amount }) => sum + amount, 0),
    text: costWords,
  },
]

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
const byName = (one: ProviderStats, other: ProviderStats) => collator.compare(one.name, other.name)

/** In the order of a column; those without a figure come last, whichever way it runs. */
export function sortProviderStats(
  list: readonly ProviderStats[],
  { key, descending }: SortState,
): ProviderStats[] {
  const sign = descending ? -1 : 1
  const column = providerStatsColumns.find((one) => one.key === key)
  if (!column) return [...list].sort((one, other) => sign * byName(one, other))
  return [...list].sort((one, other) => {
    const [mine, theirs] = [column.of(one), column.of(other)]
    if (mine === null || theirs === null)
      return Number(mine === null) - Number(theirs === null) || byName(one, other)
    return sign * (Number(mine) - Number(theirs)) || byName(one, other)
  })
}

/** The table as a file: bare numbers, and a cost with its currency. */
export function providersCsv(list: readonly ProviderStats[]): string {
  const units: Record<string, string> = {
    rate: ' (%)',
    clickRate: ' (%)',
    errorRate: ' (%)',
    median: ' (ms)',
    p95: ' (ms)',
  }
  const head = ['Provider', ...providerStatsColumns.map(({ key, label }) => `${label}${units[key] ?? ''}`)]
  const rows = list.map((provider) => [
    provider.name,
    ...providerStatsColumns.map(({ key, of }) => (key === 'cost' ? costCell(provider) : of(provider))),
  ])
  return `\uFEFF${[head, ...rows].map(csvRow).join('')}`
}

const costCell = ({ costs }: ProviderStats) =>
  costs.map(({ amount, currency }) => `${amount} ${currency}`).join('; ')
