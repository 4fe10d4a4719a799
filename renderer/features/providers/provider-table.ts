import type { Component } from 'vue'
import { Archive } from '@lucide/vue'
import type { ProviderKind, ProviderSummary } from '#shared/provider.ts'
import type { Column, SortState } from '../../ui/table-column.ts'
import type { Tone } from '../../ui/tone.ts'
import { breakerNotice } from './breaker-words.ts'
import { countsOf, deliveryRateOf, figureTitles, type Counted } from './figures.ts'

export const providerColumns = [
  { key: 'name', label: 'Name', sortable: true },
  { key: 'kind', label: 'Kind', width: '164px', sortable: true },
  { key: 'status', label: 'Status', width: '140px', sortable: true },
  {
    key: 'sent',
    label: 'Sent, 30 days',
    title: figureTitles.sent,
    width: '108px',
    align: 'right',
    sortable: true,
  },
  {
    key: 'rate',
    label: 'Delivered',
    title: figureTitles.rate,
    width: '76px',
    align: 'right',
    sortable: true,
  },
  {
    key: 'errors',
    label: 'Errors',
    title: figureTitles.errors,
    width: '62px',
    align: 'right',
    sortable: true,
  },
  { key: 'test', label: 'Last test', width: '204px', sortable: true },
  { key: 'actions', label: '', width: '48px', align: 'right' },
] as const satisfies Column[]

export const narrowColumns = providerColumns
  .filter(({ key }) => key !== 'kind')
  .map((column) => (column.key === 'test' ? { ...column, width: '136px' } : column))

interface ShownStatus {
  word: string
  tone: Tone
  /** Where it is another than the tone's. */
  icon?: Component
}

export const statusWords: Record<ProviderSummary['status'], ShownStatus> = {
  ready: { word: 'Ready', tone: 'good' },
  untested: { word: 'Not tested', tone: 'quiet' },
  failing: { word: 'Test failed', tone: 'bad' },
  needs_attention: { word: 'Needs attention', tone: 'warn' },
  secrets_missing: { word: 'Secret missing', tone: 'warn' },
  archived: { word: 'Archived', tone: 'quiet', icon: Archive },
}

/**
 * What the status column says: what has to be mended comes before a circuit breaker that is open, and that before what
 * the last test said. `now` is epoch milliseconds.
 */
export function shownStatus(provider: ProviderSummary, now: number): ShownStatus {
  const { status } = provider
  return (yieldsToBreaker(provider) && breakerNotice(provider.breaker, now)) || statusWords[status]
}

const yieldsToBreaker = ({ status }: ProviderSummary): boolean =>
  status !== 'needs_attention' && status !== 'secrets_missing' && status !== 'archived'

/** Why a status is what it is, for whoever hovers. */
export function statusReason({ status, attention, missingSecrets }: ProviderSummary): string {
  if (status === 'needs_attention')
    return attention ?? 'The last attempt says that something has to be mended.'
  if (status === 'secrets_missing') return `To be entered again: ${missingSecrets.join(', ')}`
  if (status === 'archived')
    return 'Nothing is sent through it any more; its messages and figures stay readable.'
  if (status === 'untested') return 'No test has been sent yet.'
  if (status === 'failing') return 'The last test was not accepted.'
  return 'The last test was accepted.'
}

/** What a kind of provider is called. */
export type KindNames = (kind: ProviderKind) => string

/** Those whose name, kind, host, status or circuit breaker hold every word. */
export function searchProviders(
  list: ProviderSummary[],
  wanted: string,
  kindName: KindNames,
  now = Date.now(),
): ProviderSummary[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return list
  return list.filter((provider) => {
    const { name, kind, endpointHost, status } = provider
    const circuit = breakerNotice(provider.breaker, now)?.word ?? ''
    const text =
      `${name} ${kindName(kind)} ${endpointHost} ${statusWords[status].word} ${circuit}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
const byName = (one: ProviderSummary, other: ProviderSummary) => collator.compare(one.name, other.name)
const statusOrder: ProviderSummary['status'][] = [
  'needs_attention',
  'secrets_missing',
  'failing',
  'untested',
  'ready',
  'archived',
]

export function sortProviders(
  list: ProviderSummary[],
  sort: SortState,
  counted: Counted,
  kindName: KindNames,
): ProviderSummary[] {
  const counts = (provider: ProviderSummary) => countsOf(provider, counted)
  const rate = (provider: ProviderSummary) => deliveryRateOf(counts(provider)) ?? 0
  const orders: Record<string, (one: ProviderSummary, other: ProviderSummary) => number> = {
    name: byName,
    kind: (one, other) => collator.compare(kindName(one.kind), kindName(other.kind)),
    status: (one, other) => statusOrder.indexOf(one.status) - statusOrder.indexOf(other.status),
    sent: (one, other) => counts(one).sent - counts(other).sent,
    rate: (one, other) => rate(one) - rate(other),
    errors: (one, other) => counts(one).errors - counts(other).errors,
    test: (one, other) => (one.lastTest?.at ?? 0) - (other.lastTest?.at ?? 0),
  }
  const order = orders[sort.key] ?? byName
  const sign = sort.descending ? -1 : 1
  // Equals stay in the order of their names, whichever way the column runs.
  return [...list].sort((one, other) => sign * order(one, other) || byName(one, other))
}
