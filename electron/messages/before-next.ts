import type { Database } from 'better-sqlite3'
import type { AttemptAfter } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { applyEarly, earlyFor } from '../callbacks/matching/early.ts'
import { writeAfter } from '../db/attempts.ts'
import { takeFromQueue } from '../db/jobs/bulk.ts'
import { getMessageBySeq } from '../db/messages.ts'
import type { Store } from '../db/store.ts'
import { endStory, wasTaken } from './write-result.ts'

/** A callback that names the message and cannot be read is no reason to wait for ever. */
const mostLooks = 10

interface LookTools {
  now: () => number
  callbacksRead: () => Promise<void>
}

/**
 * Begins the next attempt of a message that has some behind it, unless a receipt says that it is not to be made: then the
 * message ends in the same transaction. Null there, and where `begin` answers so. Rejects with the store's errors.
 */
export async function beginUnlessArrived<Begun>(
  { now, callbacksRead }: LookTools,
  store: Store,
  { story, seq }: { story: MessageStory; seq: number },
  begin: (db: Database) => Begun | null,
): Promise<Begun | null> {
  for (let looks = 1; ; looks += 1) {
    await callbacksRead()
    const begun = await store.write((db): Begun | null | 'unread' => {
      const early = earlyFor(db, seq, story.id)
      if (early === 'unread' && looks < mostLooks) return early
      if (early !== 'arrived') return begin(db)
      endArrived(db, story, seq, now())
      return null
    })
    if (begun !== 'unread') return begun
  }
}

/** As its last attempt left it; then what came counts, and says how it really ended. */
function endArrived(db: Database, story: MessageStory, seq: number, now: number): void {
  const state = getMessageBySeq(db, seq)?.state
  // One that was sent has taken its receipts as they came.
  if (state !== 'sending' && state !== 'queued') return
  takeFromQueue(db, seq)
  const after: AttemptAfter | null = story.story.at(-1)?.after ?? null
  if (after) writeAfter(db, seq, story.attempts, JSON.stringify({ ...after, stopped: 'receipt' }))
  endNow(db, { ...story, state: wasTaken(story) ? 'undelivered' : 'failed' }, seq, now)
}

/** Ends a message between two attempts; receipts that came meanwhile count at once. */
export function endNow(db: Database, story: MessageStory, seq: number, now: number): void {
  endStory(db, story, { message: seq, attempt: 0 }, now)
  applyEarly(db, seq, now)
}
