import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { MessageRuns, MessageStory } from '#shared/message.ts'
import { getMessage, listRunsOf, type MessageRow } from '../db/messages.ts'
import { summaryOfStory } from './open-message.ts'
import { summaryOf } from './story.ts'

/** Throws `not_found`. */
export function mustGetMessage(db: Database, id: string): MessageRow {
  return getMessage(db, id) ?? notThere()
}

function notThere(): never {
  throw new AppError('not_found', 'There is no such message; it may have been deleted.')
}

/**
 * The message that this one is another run of, and its own later runs; either may be one of a bundle, of which
 * `storyElsewhere` knows. Throws `not_found`.
 */
export function runsOf(
  db: Database,
  id: string,
  storyElsewhere: (db: Database, id: string) => MessageStory | null,
): MessageRuns {
  const later = listRunsOf(db, id).map(summaryOf)
  const row = getMessage(db, id)
  if (!row) return storyElsewhere(db, id) ? { first: null, later } : notThere()
  const first = row.run_of === null ? undefined : getMessage(db, row.run_of)
  const elsewhere = first || row.run_of === null ? null : storyElsewhere(db, row.run_of)
  return { first: first ? summaryOf(first) : elsewhere && summaryOfStory(elsewhere), later }
}
