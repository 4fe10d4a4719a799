import type { StoryCallback } from '../callbacks/callback.ts'
import type { MessageStory } from '../message.ts'

/** The story as its sends left it, before a receipt came or anybody said what became of it. */
export function asSent(story: MessageStory): MessageStory {
  if (story.settled) return { ...story, state: 'failed', settled: null }
  if (decidingReceipt(story) === null) return story
  const isTaken = story.story.some(({ outcome }) => outcome?.class === 'accepted')
  return { ...story, state: isTaken ? 'sent' : 'failed' }
}

/** The receipt by which the message is delivered or undelivered; null where none says so. */
export function decidingReceipt({
  state,
  callbacks,
}: Pick<MessageStory, 'state' | 'callbacks'>): StoryCallback | null {
  if (state !== 'delivered' && state !== 'undelivered') return null
  const counted = callbacks.filter(({ kind, effect }) => kind === 'receipt' && effect === 'counted')
  return counted.findLast((receipt) => (receipt.state === 'delivered') === (state === 'delivered')) ?? null
}
