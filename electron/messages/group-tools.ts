import type { Database } from 'better-sqlite3'
import type { MessageStory } from '#shared/message.ts'
import type { DirectInput } from '#shared/send-input.ts'
import type { Store } from '../db/store.ts'
import type { RunTools } from '../groups/group-run.ts'
import type { Access } from '../sending/access/access.ts'
import type { Attempts } from './attempts.ts'
import type { Leaving } from './exchange-message.ts'
import { needsReadying, takePlace } from './get-ready.ts'
import type { EndTools } from './group-ends.ts'
import type { StoryPlace, ThroughGroup } from './open-message.ts'
import type { Closed } from './result-writer.ts'
import type { Running } from './running.ts'
import type { Ending, Result } from './write-result.ts'

/** What the sender of messages lends to the one of groups. */
export interface GroupTools extends RunTools, EndTools {
  isCancelled: () => boolean
  /** Resolves when the callbacks that are kept by now are read, or cannot be for now. */
  callbacksRead: () => Promise<void>
  /** The message is this provider's now. */
  onMember: (providerId: string) => void
  /** Looks the member's settings up and renders the request. Throws as `prepare` does. */
  leave(input: DirectInput): Leaving
  /** Gets a token, finds the way and waits for its turn, where any of it is needed; answers whether it was. */
  ready(leaving: Leaving, input: DirectInput): Promise<boolean>
  /** Throws `StillQueued`. */
  open(leaving: Leaving, group: ThroughGroup): MessageStory
  begin(
    store: Store,
    story: MessageStory,
    also: (db: Database) => void,
  ): Promise<StoryPlace | { before: MessageStory }>
  /** Never rejects. */
  exchange(story: MessageStory, leaving: Leaving): Promise<Result>
  close(story: MessageStory, result: Result, leaving: Leaving, ending: Ending): MessageStory
  /** Between two attempts a message of the queue can be taken back. */
  between(isBetween: boolean): void
  isTakenBack: () => boolean
  /** Writes the result of an attempt. Never rejects: what cannot be written now is written later. */
  write(closed: Closed): Promise<void>
}

interface Lent extends Pick<
  GroupTools,
  'now' | 'isClosed' | 'callbacksRead' | 'onBreaker' | 'begin' | 'write' | 'tell'
> {
  access: Access
  attempts: Attempts
}

/** The tools for one message on its way. */
export function lendTools(running: Running, { access, attempts, ...others }: Lent): GroupTools {
  return {
    ...others,
    isCancelled: () => running.stop.cancelled,
    onMember: (id) => (running.providerId = id),
    leave: (input) => attempts.leave(input, running),
    ready: async (leaving, input) => {
      if (!needsReadying(access, leaving)) {
        takePlace(access, leaving)
        return false
      }
      await attempts.getReady(leaving, input)
      return true
    },
    open: (leaving, group) => attempts.openStory(running, leaving, group),
    exchange: (story, leaving) => attempts.exchange(story, leaving),
    close: (story, result, leaving, ending) => attempts.close(running, story, result, leaving, ending),
    between: (isBetween) => {
      running.begun = !isBetween
      if (isBetween && running.takenBack) running.stop.cancel()
    },
    isTakenBack: () => running.takenBack,
  }
}
