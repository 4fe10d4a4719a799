import type { GroupSummary } from '#shared/group.ts'
import { countryName, countryWords } from '../../lib/country-name.ts'
import type { Column, SortState } from '../../ui/table-column.ts'
import { countsOf, type Counted } from '../providers/figures.ts'

export type GroupColumn = 'name' | 'members' | 'countries' | 'sent' | 'errors' | 'actions'

/** Where room is short, countries go by their codes. */
export function groupColumns(wide: boolean): (Column & { key: GroupColumn })[] {
  return [
    { key: 'name', label: 'Name', width: '24%', sortable: true },
    { key: 'members', label: 'Providers, first tried first' },
    { key: 'countries', label: 'Countries', width: wide ? '17%' : '92px' },
    { key: 'sent', label: 'Sent, 30 days', width: '108px', align: 'right', sortable: true },
    { key: 'errors', label: 'Errors', width: '70px', align: 'right', sortable: true },
    { key: 'actions', label: '', width: '48px', align: 'right' },
  ]
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** In the reader's language, in the order of their names. */
export function countryNames(codes: readonly string[]): string[] {
  return codes.map(countryName).sort(collator.compare)
}

/** Those whose name, notes, providers or countries hold every word. */
export function searchGroups(list: GroupSummary[], wanted: string): GroupSummary[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return list
  return list.filter(({ name, notes, members, countries }) => {
    const places = countries.map((code) => `${code} ${countryName(code)} ${countryWords(code)}`)
    const text = [name, notes, ...members.map((member) => member.name), ...places].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

const byName = (one: GroupSummary, other: GroupSummary) => collator.compare(one.name, other.name)
/** Equals stay in the order of their names, whichever way the column runs. */
export function sortGroups(
  list: GroupSummary[],
  { key, descending }: SortState,
  counted: Counted,
): GroupSummary[] {
  const counts = (group: GroupSummary) => countsOf(group, counted)
  const orders: Record<string, (one: GroupSummary, other: GroupSummary) => number> = {
    sent: (one, other) => counts(one).sent - counts(other).sent,
    errors: (one, other) => counts(one).errors - counts(other).errors,
  }
  const order = orders[key] ?? byName
  const sign = descending ? -1 : 1
  return [...list].sort((one, other) => sign * order(one, other) || byName(one, other))
}
