import type { Database } from 'better-sqlite3'
import type { Exported, ExportCursor, ExportFormat, ExportPart } from '#shared/export.ts'
import type { LogFilter } from '#shared/message-log.ts'
import { listAttemptBriefs } from '../db/attempts.ts'
import { newestCallback, receiptsAfter } from '../db/incoming/exported-receipts.ts'
import { endsOf, walkLog } from '../db/log/message-log.ts'
import { getMessageBySeq, type MessageRow } from '../db/messages.ts'
import { attemptColumns, exportedAttempt } from './attempt-columns.ts'
import type { ExportColumn } from './columns.ts'
import { messageColumns } from './message-columns.ts'
import { receiptColumns } from './receipt-columns.ts'
import { headOf, writeRows } from './write-rows.ts'

/** Messages, or requests to the listener, in one part: a few milliseconds' work, so that nobody waits for an export. */
const mostInPart = 400
/** Milliseconds that one look into the log may take. */
const budget = 12

interface Rows<Row> {
  columns: ExportColumn<Row>[]
  rows: Row[]
  next: ExportCursor | null
}

/** A part of an export; see `export.part` in the contract. */
export function exportPart(
  db: Database,
  { exported, format, cursor }: { exported: Exported; format: ExportFormat; cursor: ExportCursor | null },
): ExportPart {
  if (exported.subject === 'receipts') return written(format, cursor, receiptsOf(db, exported.filter, cursor))
  const { found, next } = messagesOf(db, exported.filter, cursor)
  if (exported.subject === 'messages')
    return written(format, cursor, { columns: messageColumns, rows: found, next })
  const rows = found.flatMap((message) =>
    listAttemptBriefs(db, message.seq).map((attempt) => exportedAttempt(message, attempt)),
  )
  return written(format, cursor, { columns: attemptColumns, rows, next })
}

function written<Row>(format: ExportFormat, cursor: ExportCursor | null, { columns, rows, next }: Rows<Row>) {
  const head = cursor === null ? headOf(format, columns) : ''
  return { text: head + writeRows(format, columns, rows), rows: rows.length, next }
}

function messagesOf(db: Database, filter: LogFilter, cursor: ExportCursor | null) {
  const { at: from, top } = cursor ?? { at: 0, top: endsOf(db).top }
  const { found, at, ended } = walkLog(db, filter, { from, towards: 'newer', most: mostInPart, budget })
  const rows = found
    .filter((seq) => seq <= top)
    .map((seq) => getMessageBySeq(db, seq))
    .filter((row): row is MessageRow => row !== undefined)
  return { found: rows, next: ended || at >= top ? null : { at, top } }
}

function receiptsOf(
  db: Database,
  { providerId, since = -Infinity, until = Infinity }: Extract<Exported, { subject: 'receipts' }>['filter'],
  cursor: ExportCursor | null,
) {
  const place = cursor ?? { at: 0, top: newestCallback(db) }
  const { rows, at } = receiptsAfter(db, place, { providerId, since, until }, mostInPart)
  return { columns: receiptColumns, rows, next: at >= place.top ? null : { at, top: place.top } }
}
