import type { ExportedReceipt } from '../db/incoming/exported-receipts.ts'
import { isoTime, type ExportColumn } from './columns.ts'

export const receiptColumns: ExportColumn<ExportedReceipt>[] = [
  { key: 'callbackId', heading: 'Callback id', value: (row) => row.callback_id },
  { key: 'received', heading: 'Received', value: (row) => isoTime(row.received_at) },
  { key: 'kind', heading: 'Kind', value: (row) => row.kind },
  { key: 'provider', heading: 'Provider', value: (row) => row.provider_name },
  { key: 'providerId', heading: 'Provider id', value: (row) => row.provider_id },
  { key: 'messageId', heading: 'Message id', value: (row) => row.message_id },
  { key: 'attempt', heading: 'Attempt', value: (row) => row.attempt },
  { key: 'effect', heading: 'Effect', value: (row) => row.effect },
  { key: 'why', heading: 'Why', value: (row) => row.reason ?? row.why },
  { key: 'vendorId', heading: 'Provider’s message id', value: (row) => row.vendor_id },
  { key: 'reference', heading: 'Reference', value: (row) => row.reference },
  { key: 'to', heading: 'To', value: (row) => row.to_number },
  { key: 'from', heading: 'From', value: (row) => row.from_number },
  { key: 'state', heading: 'State', value: (row) => row.state },
  { key: 'word', heading: 'Provider’s word', value: (row) => row.word },
  { key: 'errorCode', heading: 'Provider’s error code', value: (row) => row.error_code },
  { key: 'errorText', heading: 'Provider’s error text', value: (row) => row.error_text },
  { key: 'at', heading: 'Time that it tells', value: (row) => isoTime(row.at) },
  { key: 'text', heading: 'Text', value: (row) => row.text },
  { key: 'url', heading: 'Link', value: (row) => row.url },
  { key: 'signature', heading: 'Signature', value: (row) => row.signature },
  { key: 'origin', heading: 'Origin', value: (row) => row.origin },
]
