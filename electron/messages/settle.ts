import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { mayBeSettled } from '#shared/story/settling.ts'
import type { MessageStory, SettledAs } from '#shared/message.ts'
import { settleMessage } from '../db/messages.ts'
import { recounting } from '../db/rollups/add.ts'
import { mustGetMessage } from './runs.ts'
import { storyOf } from './story.ts'

/**
 * Writes down what somebody says became of a message of which nobody knows. The figures of the provider that may have
 * taken it and of its group are corrected where they were counted, in the transaction of the caller. What was said
 * before gives way. Throws `not_found`, and `invalid_input` for a message of which more is known.
 */
export function settle(db: Database, id: string, as: SettledAs, now: number): MessageStory {
  const row = mustGetMessage(db, id)
  const story = storyOf(db, row)
  if (!mayBeSettled(story))
    throw new AppError(
      'invalid_input',
      'Only a message whose outcome is unknown can be marked. The provider’s answer settles every other.',
    )
  recounting(db, row.seq, () => settleMessage(db, row.seq, { as, now }))
  return storyOf(db, mustGetMessage(db, id))
}
