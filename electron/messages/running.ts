import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import type { Cancellation } from '../sending/cancellation.ts'
import type { Seat } from './exchange-message.ts'

/** A message between the call that sends it and its outcome. */
export interface Running {
  /** Null once it is over: a Map keeps its former tables, with all that is in them, until old memory is collected. */
  story: Promise<MessageStory> | null
  stop: Cancellation
  providerId: string
  seat: Seat
  /** The message as it waited in the store; null for one that nobody has seen before. */
  queued: Queued | null
  /** Its attempt is being written down, or is, and has no result yet: that is waited for. */
  begun: boolean
  /** It goes back to the queue, unless its attempt has sent a byte. */
  takenBack: boolean
}

export interface Queued {
  seq: number
  /** With the attempts that were made before it went back to the queue. */
  story: MessageStory
}

/** A message of the queue was taken back while surely nothing of it was on its way: it waits as before. */
export class StillQueued extends Error {}

/** Empty while it is not known yet. */
export function providerIdOf({ provider }: Pick<SendInput, 'provider'>): string {
  if (provider.kind === 'saved') return provider.id
  return provider.kind === 'draft' ? provider.draft.id : ''
}

export function leaveSeat(seat: Seat): void {
  seat.leave?.()
  seat.leave = null
}
