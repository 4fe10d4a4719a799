import type { Attempt } from '#shared/attempt.ts'
import type { StoryCallback } from '#shared/callbacks/callback.ts'
import type { MessageStory } from '#shared/message.ts'
import { endedAt } from '#shared/story/end-words.ts'

export type StoryEvent =
  | { kind: 'created'; at: number }
  | { kind: 'attempt'; at: number; attempt: Attempt }
  | { kind: 'callback'; at: number; callback: StoryCallback }
  | { kind: 'settled'; at: number }
  | { kind: 'end'; at: number }

export interface StoryEntry {
  event: StoryEvent
  /** Milliseconds since the entry before, null for the first. */
  gap: number | null
}

const finalStates = new Set(['sent', 'delivered', 'undelivered', 'failed', 'cancelled'])

/** A message's life in the order in which it happened. */
export function storyEntries(story: MessageStory): StoryEntry[] {
  const events: StoryEvent[] = [{ kind: 'created', at: story.createdAt }]
  for (const attempt of story.story) events.push({ kind: 'attempt', at: attempt.startedAt, attempt })
  const finished = endedAt(story)
  if (finishes(story) && finished) events.push({ kind: 'end', at: finished })
  if (story.settled) events.push({ kind: 'settled', at: story.settled.at })
  for (const callback of story.callbacks) events.push({ kind: 'callback', at: callback.receivedAt, callback })
  events.sort((one, other) => one.at - other.at)
  return events.map((event, index) => {
    const before = events[index - 1]
    return { event, gap: before ? Math.max(0, event.at - before.at) : null }
  })
}

function finishes(story: MessageStory): boolean {
  return finalStates.has(story.state)
}
