import type { Column } from '../../ui/table-column.ts'

const columns = {
  time: { label: 'Time', width: 144 },
  to: { label: 'To', width: 148 },
  country: { label: 'Country', width: 72 },
  provider: { label: 'Provider', width: 152 },
  group: { label: 'Group', width: 104 },
  text: { label: 'Text', width: 0 },
  state: { label: 'State', width: 108 },
  verdict: { label: 'Verdict', width: 128 },
  what: { label: 'What happened', width: 176 },
  attempts: { label: 'Attempts', width: 72, align: 'right' },
  segments: { label: 'Segments', width: 76, align: 'right' },
  cost: { label: 'Cost', width: 84, align: 'right' },
  duration: { label: 'Duration', width: 84, align: 'right' },
  reference: { label: 'Provider’s id', width: 200 },
} as const satisfies Record<string, { label: string; width: number; align?: 'right' }>

export type MessageColumn = keyof typeof columns
const keys = Object.keys(columns) as MessageColumn[]

/** For those who choose: every column, in the order in which they stand. */
export const columnChoices = keys.map((key) => ({ key, label: columns[key].label }))

/** Where room is short. */
const narrowWidths: Partial<Record<MessageColumn, number>> = {
  time: 136,
  to: 144,
  provider: 128,
  state: 100,
  what: 140,
  duration: 72,
}
const narrowest = { text: 120, edges: 92 }

export interface Circumstances {
  wide: boolean
  /** The tests of one provider: what became of them matters most, and the provider is always the same. */
  history: boolean
  hasGroups: boolean
  hasCosts: boolean
}

/** The columns that are shown unless somebody chose others. */
export function usualColumns({ wide, history, hasGroups, hasCosts }: Circumstances): MessageColumn[] {
  if (history) return ['time', 'to', 'verdict', 'what', 'duration', 'text']
  const found: MessageColumn[] = ['time', 'to', 'provider']
  if (hasGroups && wide) found.push('group')
  found.push('text', 'state')
  if (wide) found.push('attempts', 'segments')
  if (hasCosts) found.push('cost')
  return found
}

/** Those that are known of what was chosen, in their order; null where nothing was, or nothing of it is known. */
export function chosenColumns(chosen: readonly string[] | null): MessageColumn[] | null {
  const found = keys.filter((key) => chosen?.includes(key))
  return found.length > 0 ? found : null
}

/** The table's columns, with those for choosing and for the row's menu at its edges, and how wide it is at least. */
export function tableColumns(
  shown: readonly MessageColumn[],
  wide: boolean,
): { columns: (Column & { key: TableColumn })[]; minWidth: string } {
  const widthOf = (key: MessageColumn) => (wide ? null : narrowWidths[key]) ?? columns[key].width
  const least = shown.reduce((sum, key) => sum + (widthOf(key) || narrowest.text), narrowest.edges)
  const middle = shown.map((key) => {
    const { label, ...more } = columns[key]
    const width = widthOf(key)
    return { ...more, key, label, ...(width > 0 ? { width: `${width}px` } : { width: 'auto' }) }
  })
  // Without the text some column has to take what is left.
  const last = middle.findLast(({ width }) => width !== 'auto')
  if (last && !shown.includes('text')) last.width = 'auto'
  return {
    columns: [
      { key: 'select', label: '', width: '48px' },
      ...middle,
      { key: 'actions', label: '', width: '44px', align: 'right' },
    ],
    minWidth: `${least}px`,
  }
}

export type TableColumn = MessageColumn | 'select' | 'actions'
