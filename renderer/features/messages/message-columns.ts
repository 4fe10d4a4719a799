import type { Column } from '../../ui/table-column.ts'

export const messageColumns = [
  { key: 'time', label: 'Time', width: '132px' },
  { key: 'to', label: 'To', width: '148px' },
  { key: 'provider', label: 'Provider', width: '17%' },
  { key: 'text', label: 'Text' },
  { key: 'state', label: 'State', width: '104px' },
  { key: 'verdict', label: 'Verdict', width: '128px' },
  { key: 'segments', label: 'Segments', width: '72px', align: 'right' },
  { key: 'duration', label: 'Duration', width: '84px', align: 'right' },
] as const satisfies Column[]

/** Where room is short: the text is what one looks for, and its segments are told in the story. */
const narrowWidths: Partial<Record<MessageColumn, string>> = {
  time: '124px',
  to: '138px',
  provider: '15%',
  state: '92px',
  verdict: '126px',
  duration: '72px',
}
export const narrowMessageColumns = messageColumns
  .filter(({ key }) => key !== 'segments')
  .map((column) => ({ ...column, width: narrowWidths[column.key] ?? '' }))

export type MessageColumn = (typeof messageColumns)[number]['key']
