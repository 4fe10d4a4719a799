import type { Attempt } from './attempt.ts'
import type { StoryCallback } from './callbacks/callback.ts'
import type { OutcomeClass, OutcomeCode } from './outcome.ts'
import type { Encoding } from './segments.ts'

export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'cancelled',
] as const
export type MessageState = (typeof messageStates)[number]

/** As the log shows them: a message that failed as far as is known, but may arrive, is *unknown* and not *failed*. */
export const shownStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'unknown',
  'cancelled',
] as const satisfies (MessageState | 'unknown')[]
export type ShownState = (typeof shownStates)[number]

export function shownState({ state, unknown }: Pick<MessageSummary, 'state' | 'unknown'>): ShownState {
  return unknown ? 'unknown' : state
}

export interface MessageSummary {
  id: string
  createdAt: number
  test: boolean
  simulated: boolean
  to: string
  country: string | null
  text: string
  encoding: Encoding
  segments: number
  state: MessageState
  /** It failed, and of one of its attempts nobody knows whether it was taken: it may arrive. Until somebody settles it. */
  unknown: boolean
  providerId: string | null
  providerName: string
  providerMessageId: string | null
  outcomeClass: OutcomeClass | null
  outcomeCode: OutcomeCode | null
  /** The group that it went through; null: a provider was chosen. */
  groupId: string | null
  groupName: string | null
  /** A later member took it after one of which nobody knows whether it did. */
  mayArriveTwice: boolean
  attempts: number
  /** Milliseconds that the last attempt took. */
  duration: number | null
  /** Segments times the provider's price when it was sent; null without a price, and until it is accepted. */
  cost: { amount: number; currency: string } | null
  /** The message that this one is another run of; it may have been deleted since. */
  runOf: string | null
  /** What the vendor said of one that is undelivered: its own word and code. Only in lists. */
  receipt?: { word: string | null; code: string | null }
  /** What somebody said became of it, as nobody could know; its attempts keep their own outcomes. */
  settled: { as: SettledAs; at: number } | null
}

export const settleChoices = ['sent', 'failed'] as const
export type SettledAs = (typeof settleChoices)[number]

/** The runs that a message has to do with: the one that it is another run of, and the later ones of itself. */
export interface MessageRuns {
  first: MessageSummary | null
  /** Oldest first. */
  later: MessageSummary[]
}

/** Whether it is unknown is seen from its attempts. */
export interface MessageStory extends Omit<MessageSummary, 'unknown' | 'receipt'> {
  from: string
  /** Values given for custom placeholders. */
  values: Record<string, string>
  story: Attempt[]
  /** What came for it, oldest first. */
  callbacks: StoryCallback[]
  /** Recorded elsewhere: it was opened from a bundle and is in no log. Its id is the bundle's, `messageId` its own there. */
  fromBundle?: { openedAt: number; exportedAt: number; messageId: string }
}
