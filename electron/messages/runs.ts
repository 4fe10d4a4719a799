import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { MessageRuns } from '#shared/message.ts'
import { getMessage, listRunsOf, type MessageRow } from '../db/messages.ts'
import { summaryOf } from './story.ts'

/** Throws `not_found`. */
export function mustGetMessage(db: Database, id: string): MessageRow {
  const row = getMessage(db, id)
  if (!row) throw new AppError('not_found', 'There is no such message; it may have been deleted.')
  return row
}

/** The message that this one is another run of, and its own later runs. Throws `not_found`. */
export function runsOf(db: Database, id: string): MessageRuns {
  const row = mustGetMessage(db, id)
  const first = row.run_of === null ? undefined : getMessage(db, row.run_of)
  return { first: first ? summaryOf(first) : null, later: listRunsOf(db, id).map(summaryOf) }
}
