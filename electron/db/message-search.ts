import type { Database } from 'better-sqlite3'
import { indexedText } from '#shared/message-search.ts'
import { prepared } from './prepared.ts'

const mostRows = 200
/** Characters: about ten milliseconds of work. */
const mostText = 20_000

/** The seq up to which all messages are in the index. */
export function indexedTo(db: Database): number {
  return Number(prepared(db, 'SELECT indexed_to FROM message_search_state').pluck().get())
}

/** Messages that are not in the index yet, or a little more where some were deleted. */
export function countUnindexed(db: Database): number {
  const statement = prepared(
    db,
    'SELECT coalesce((SELECT max(seq) FROM messages), 0) - indexed_to FROM message_search_state',
  )
  return Number(statement.pluck().get())
}

/** Brings the next few messages into the index, in the caller's transaction with the mark of how far it has come. */
export function indexSome(db: Database): void {
  const rows = prepared(db, 'SELECT seq, to_number, body FROM messages WHERE seq > ? ORDER BY seq LIMIT ?')
    .raw()
    .all(indexedTo(db), mostRows) as [seq: number, to: string, body: string][]
  const insert = prepared(db, 'INSERT INTO message_search (rowid, words) VALUES (?, ?)')
  let size = 0
  let last = 0
  for (const [seq, to, body] of rows) {
    insert.run(seq, indexedText(to, body))
    last = seq
    size += body.length
    if (size >= mostText) break
  }
  if (last > 0) prepared(db, 'UPDATE message_search_state SET indexed_to = ?').run(last)
}
