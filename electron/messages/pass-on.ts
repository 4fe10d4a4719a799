import type { Database } from 'better-sqlite3'
import type { AttemptWhy } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { passMessageOn } from '../db/messages.ts'
import { changingProvider } from '../db/rollups/changing-provider.ts'
import { insertRunning, openAttempt, runningAttempt, type StoryPlace } from './open-message.ts'
import type { Prepared } from './prepare.ts'
import type { Rendered } from './render-message.ts'

/** The story of a group's message as it goes on to its next member; its attempts so far are finished. */
export function passOn(
  story: MessageStory,
  prepared: Prepared,
  rendered: Rendered,
  at: number,
  why: AttemptWhy,
): MessageStory {
  const position = story.attempts + 1
  return {
    ...story,
    simulated: prepared.simulated,
    state: 'sending',
    providerId: prepared.providerId,
    providerName: prepared.providerName,
    mayArriveTwice: why.mayArriveTwice,
    attempts: position,
    from: prepared.settings.from,
    story: [...story.story, openAttempt(prepared, rendered, at, position, why)],
  }
}

/**
 * Writes a story that goes on to a next member, in the transaction of the caller. Null when it is over: a receipt has said
 * what became of it.
 */
export function insertNext(db: Database, place: StoryPlace, story: MessageStory): StoryPlace | null {
  const attempt = runningAttempt(story)
  const simulated = story.simulated ? 1 : 0
  const next = {
    seq: place.message,
    now: attempt.startedAt,
    provider_id: story.providerId,
    provider_name: story.providerName,
    sender: story.from,
    simulated,
    may_arrive_twice: story.mayArriveTwice ? 1 : 0,
  } as const
  const placed = { simulated, group_id: story.groupId } as const
  const passed = changingProvider(db, place.message, placed, () => passMessageOn(db, next))
  return passed ? { message: place.message, attempt: insertRunning(db, place.message, attempt) } : null
}
