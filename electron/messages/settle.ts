import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { mayBeSettled } from '#shared/story/settling.ts'
import type { MessageStory, SettledAs } from '#shared/message.ts'
import { addGroupCounts } from '../db/group-counts.ts'
import { settleMessage, type MessageRow } from '../db/messages.ts'
import { addCounts } from '../db/quarters.ts'
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
  settleMessage(db, row.seq, { as, now })
  correctFigures(db, row, story, Number(as === 'sent') - Number(row.settled_as === 'sent'))
  return storyOf(db, mustGetMessage(db, id))
}

/** `step`: 1 where it counts as sent from now on, -1 where it does no longer. */
function correctFigures(db: Database, row: MessageRow, story: MessageStory, step: number): void {
  if (step === 0) return
  const about = { test: story.test, simulated: story.simulated, sent: step, delivered: 0, errors: -step }
  // The last of which nobody knows is the one that was asked about.
  const taker = story.story.findLast(({ outcome }) => outcome?.class === 'unknown')
  if (taker?.providerId && taker.finishedAt !== null)
    addCounts(db, { ...about, providerId: taker.providerId, at: taker.finishedAt })
  // A group counts a message where it ended, which is when it changed last.
  if (row.group_id !== null) addGroupCounts(db, { ...about, groupId: row.group_id, at: row.updated_at })
}
