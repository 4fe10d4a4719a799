import { idSchema } from '#shared/id.ts'
import { attemptIdSchema } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import type { Compared } from './compare-attempts.ts'

/** An address names a message, or one of its attempts as in `0199…/2`. */
export function messageIdOf(wanted: string): string {
  return wanted.split('/')[0] ?? ''
}

export function namesMessage(wanted: string): boolean {
  return idSchema.safeParse(wanted).success || attemptIdSchema.safeParse(wanted).success
}

/** Whether all attempts are to be compared: none is named, and there are several. */
export function comparesAll(left: MessageStory, right: MessageStory, wanted: readonly string[]): boolean {
  const several = left.story.length > 1 || right.story.length > 1
  return several && !wanted.some((one) => one.includes('/'))
}

/** The attempt that is named, else the last: its outcome is the message's. */
export function comparedOf(story: MessageStory, wanted: string): Compared {
  return { story, attempt: story.story.find(({ id }) => id === wanted) ?? story.story.at(-1) ?? null }
}
