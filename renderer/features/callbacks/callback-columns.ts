import type { Column } from '../../ui/table-column.ts'

const choose: Column = { key: 'choose', label: '', width: '48px' }
const says: Column = { key: 'says', label: 'Says' }
const menu: Column = { key: 'menu', label: '', width: '44px', align: 'right' }
const sized = (key: string, label: string, width: string): Column => ({ key, label, width })

/** Where room is short columns go, not words; `room` is the table's width in pixels. */
export function columnsFor(room: number): Column[] {
  if (room < 620)
    return [
      choose,
      sized('time', 'Time', '84px'),
      sized('kind', 'Kind', '84px'),
      says,
      sized('result', 'Result', '124px'),
    ]
  if (room < 1060)
    return [
      choose,
      sized('time', 'Time', '120px'),
      sized('provider', 'Provider', '112px'),
      sized('kind', 'Kind', '84px'),
      sized('number', 'Number', '128px'),
      says,
      sized('result', 'Result', '124px'),
      { ...sized('status', 'Status', '54px'), align: 'right' },
      menu,
    ]
  return [
    choose,
    sized('time', 'Time', '136px'),
    sized('provider', 'Provider', '160px'),
    sized('kind', 'Kind', '104px'),
    sized('number', 'Number', '136px'),
    says,
    sized('signature', 'Signature', '104px'),
    sized('result', 'Result', '140px'),
    { ...sized('status', 'Status', '58px'), align: 'right' },
    menu,
  ]
}
