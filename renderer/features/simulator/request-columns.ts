import type { Column } from '../../ui/table-column.ts'

const time: Column = { key: 'time', label: 'Time', width: '92px' }
const to: Column = { key: 'to', label: 'To', width: '136px' }
const status: Column = { key: 'status', label: 'Status', width: '58px', align: 'right' }
const answer: Column = { key: 'answer', label: 'Answer' }
const text: Column = { key: 'text', label: 'Text' }
const vendor = (width: string): Column => ({ key: 'vendor', label: 'Vendor', width })

/** Where room is short columns go, not words; `room` is the table's width in pixels. */
export function columnsFor(room: number): Column[] {
  if (room < 600) return [{ ...time, width: '88px' }, { ...vendor('34px'), label: '' }, to, status, answer]
  if (room < 860) return [time, vendor('120px'), to, text, status, { ...answer, width: '34%' }]
  return [
    time,
    vendor('140px'),
    to,
    { key: 'from', label: 'From', width: '120px' },
    text,
    status,
    { ...answer, width: '34%' },
  ]
}
