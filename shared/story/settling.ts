import type { MessageStory } from '../message.ts'

type Ended = Pick<MessageStory, 'state' | 'settled' | 'story'>

/** Nobody knows what became of it, or nobody did until somebody said so; a receipt that came since has the last word. */
export function mayBeSettled({ state, settled, story }: Ended): boolean {
  if (state !== 'failed' && !(state === 'sent' && settled !== null)) return false
  return story.some(({ outcome }) => outcome?.class === 'unknown')
}

/** It is sent, and goes on to another provider unless its delivery receipt comes. */
export function waitsForReceipt({ state, story }: Ended): boolean {
  const wait = story.at(-1)?.wait
  return state === 'sent' && wait != null && wait.ended === null
}

/** Whether the phone may have got it already, or may yet: then another run may make it arrive twice. */
export function mayHaveArrived({ state, story }: Ended): boolean {
  if (state === 'sent' || state === 'delivered' || state === 'sending' || state === 'queued') return true
  return story.some(
    ({ outcome }) =>
      outcome?.class === 'unknown' ||
      outcome?.class === 'accepted' ||
      outcome?.code === 'cancelled_after_sending',
  )
}
