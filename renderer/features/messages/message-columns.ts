import type { Column } from '../../ui/table-column.ts'

const select = { key: 'select', label: '', width: '52px' } as const

export const messageColumns = [
  select,
  { key: 'time', label: 'Time', width: '132px' },
  { key: 'to', label: 'To', width: '148px' },
  { key: 'provider', label: 'Provider', width: '17%' },
  { key: 'text', label: 'Text' },
  { key: 'state', label: 'State', width: '104px' },
  { key: 'verdict', label: 'Verdict', width: '128px' },
  { key: 'segments', label: 'Segments', width: '72px', align: 'right' },
  { key: 'duration', label: 'Duration', width: '84px', align: 'right' },
] as const satisfies Column[]

/** A provider's tests: what became of them matters most, and the provider is always the same. */
export const testColumns = [
  select,
  { key: 'time', label: 'Time', width: '132px' },
  { key: 'to', label: 'To', width: '148px' },
  { key: 'verdict', label: 'Verdict', width: '128px' },
  { key: 'what', label: 'What happened', width: '22%' },
  { key: 'duration', label: 'Duration', width: '84px', align: 'right' },
  { key: 'text', label: 'Text' },
] as const satisfies Column[]

/** Where room is short: the text is what one looks for, and its segments are told in the story. */
const narrowWidths: Partial<Record<MessageColumn, string>> = {
  time: '120px',
  to: '134px',
  provider: '13%',
  state: '88px',
  verdict: '124px',
  what: '17%',
  duration: '72px',
}
const narrowed = (column: Column & { key: MessageColumn }) => {
  const width = narrowWidths[column.key] ?? column.width
  return { ...column, ...(width === undefined ? {} : { width }) }
}
export const narrowMessageColumns = messageColumns.filter(({ key }) => key !== 'segments').map(narrowed)
export const narrowTestColumns = testColumns.map(narrowed)

export type MessageColumn = (typeof messageColumns | typeof testColumns)[number]['key']
