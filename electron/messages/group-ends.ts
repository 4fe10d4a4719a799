import { AppError } from '#shared/errors.ts'
import type { MessageStory } from '#shared/message.ts'
import { backToQueue, takeFromQueue } from '../db/jobs/bulk.ts'
import { getMessageBySeq } from '../db/messages.ts'
import type { Store } from '../db/store.ts'
import type { GroupRun, Try } from '../groups/group-run.ts'
import { endNow } from './before-next.ts'
import type { StoryPlace } from './open-message.ts'
import { StillQueued, type Queued } from './running.ts'
import { storyOf } from './story.ts'
import { wasTaken } from './write-result.ts'

/** What the ends of a group's message need of its sender. */
export interface EndTools {
  now: () => number
  tell(story: MessageStory): void
}

/** A message that waited, with nobody left to try: it ends as its last attempt did. */
export async function endQueued(tools: EndTools, store: Store, queued: Queued | null): Promise<MessageStory> {
  if (!queued) throw new Error('only a message that waited has attempts already')
  const ended: MessageStory = { ...queued.story, state: 'failed' }
  await store.write((db) => {
    takeFromQueue(db, queued.seq)
    endNow(db, ended, queued.seq, tools.now())
  })
  return told(tools, store, { story: ended, place: { message: queued.seq, attempt: 0 } })
}

export interface Placed {
  story: MessageStory
  place: StoryPlace
}

/** It waits in the store again, and knows whom it tried. The probe of the member that was next did not take place. */
export async function giveBack(
  tools: EndTools,
  store: Store,
  run: GroupRun,
  { message }: StoryPlace,
  next: Try,
): Promise<never> {
  await store.write((db) => {
    run.leaveOut(db, next)
    backToQueue(db, message, tools.now())
  })
  throw new StillQueued()
}

/** It is over, and receipts may have had a say in it: its story is what the store says. */
export function told(tools: EndTools, store: Store, { story, place }: Placed): MessageStory {
  const ended = store.read((db) => {
    const row = getMessageBySeq(db, place.message)
    return row ? storyOf(db, row) : story
  })
  tools.tell(ended)
  return ended
}

/** The next attempt cannot begin: the message ends with the outcome that it has. Its end may be left to the next start. */
export async function abandon(tools: EndTools, store: Store, { story, place }: Placed, error: unknown) {
  const ended: MessageStory = { ...story, state: wasTaken(story) ? 'undelivered' : 'failed' }
  const isWritten = await store
    .write((db) => endNow(db, ended, place.message, tools.now()))
    .then(() => true)
    .catch(() => false)
  if (!isWritten) tools.tell(ended)
  const shown = isWritten ? told(tools, store, { story: ended, place }) : ended
  if (!(error instanceof AppError)) throw error
  return shown
}
