import { shownState } from '#shared/message.ts'
import type { MessageRow } from '../db/messages.ts'
import { isoTime, milliseconds, type ExportColumn } from './columns.ts'

export const messageColumns: ExportColumn<MessageRow>[] = [
  { key: 'id', heading: 'Message id', value: (row) => row.id },
  { key: 'created', heading: 'Created', value: (row) => isoTime(row.created_at) },
  { key: 'updated', heading: 'Changed', value: (row) => isoTime(row.updated_at) },
  { key: 'to', heading: 'To', value: (row) => row.to_number },
  { key: 'country', heading: 'Country', value: (row) => row.country },
  { key: 'from', heading: 'Sender ID', value: (row) => row.sender },
  { key: 'text', heading: 'Text', value: (row) => row.body },
  { key: 'encoding', heading: 'Encoding', value: (row) => row.encoding },
  { key: 'segments', heading: 'Segments', value: (row) => row.segments },
  {
    key: 'state',
    heading: 'State',
    value: (row) => shownState({ state: row.state, unknown: row.is_unknown === 1 }),
  },
  { key: 'settledAs', heading: 'Settled as', value: (row) => row.settled_as },
  { key: 'provider', heading: 'Provider', value: (row) => row.provider_name },
  { key: 'providerId', heading: 'Provider id', value: (row) => row.provider_id },
  { key: 'group', heading: 'Provider group', value: (row) => row.group_name },
  { key: 'groupId', heading: 'Provider group id', value: (row) => row.group_id },
  { key: 'vendorId', heading: 'Provider’s message id', value: (row) => row.provider_message_id },
  { key: 'outcomeClass', heading: 'Outcome', value: (row) => row.outcome_class },
  { key: 'outcome', heading: 'Reason', value: (row) => row.outcome_code },
  { key: 'attempts', heading: 'Attempts', value: (row) => row.attempts },
  { key: 'milliseconds', heading: 'Milliseconds', value: (row) => milliseconds(row.duration) },
  { key: 'cost', heading: 'Cost', value: (row) => row.cost },
  { key: 'currency', heading: 'Currency', value: (row) => row.currency },
  { key: 'mayArriveTwice', heading: 'May arrive twice', value: (row) => row.may_arrive_twice === 1 },
  { key: 'test', heading: 'Test', value: (row) => row.test === 1 },
  { key: 'simulated', heading: 'Simulated', value: (row) => row.simulated === 1 },
  { key: 'runOf', heading: 'Run again of', value: (row) => row.run_of },
]
