import type { ItemEffect } from '#shared/callbacks/callback.ts'
import type { ReceiptState } from '#shared/callbacks/format.ts'
import type { OutcomeClass } from '#shared/outcome.ts'
import type { MessageState } from '#shared/message.ts'
import type { Progress } from '../../db/incoming/attempt-receipts.ts'

/*
 * How far a message is: queued < sent < an end, and an end stays. A message may have several attempts, each with a
 * receipt of its own; it is delivered when one of them is.
 */

/** What a vendor's word comes to. Whatever end it is at which the message did not arrive, it is undelivered. */
export function progressOf(state: ReceiptState): Progress {
  return state === 'queued' || state === 'sent' || state === 'delivered' ? state : 'undelivered'
}

const rank: Record<Progress, number> = { queued: 1, sent: 2, delivered: 3, undelivered: 3 }

/** What a receipt does to an attempt that is so far. */
export function effectOn(
  known: Progress | null,
  next: Progress,
): Extract<ItemEffect, 'counted' | 'noted' | 'late' | 'conflict'> {
  if (known === null) return 'counted'
  if (rank[next] > rank[known]) return 'counted'
  if (next === known) return 'noted'
  return rank[next] < rank[known] ? 'late' : 'conflict'
}

/**
 * Whether a provider took the message, by its answer and by what its receipts say. Where nobody knows, any receipt tells
 * that it did; where it refused, only one that says that the message went on.
 */
export function isTaken(outcome: OutcomeClass, progress: Progress | null, markedSent: boolean): boolean {
  if (outcome === 'accepted' || progress === 'sent' || progress === 'delivered') return true
  return outcome === 'unknown' && (progress !== null || markedSent)
}

/**
 * The state of a message after one of its attempts went on to `progress`. `othersOpen`: another provider took it, too, and
 * has not said how it ended.
 */
export function stateAfter(
  state: MessageState,
  progress: Progress,
  taken: boolean,
  othersOpen: boolean,
): MessageState {
  if (!taken || state === 'delivered') return state
  if (progress === 'delivered') return 'delivered'
  if (progress === 'undelivered') return othersOpen ? state : 'undelivered'
  return state === 'failed' || state === 'cancelled' ? 'sent' : state
}
