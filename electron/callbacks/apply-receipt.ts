import type { Database } from 'better-sqlite3'
import type { ItemEffect } from '#shared/callbacks/callback.ts'
import type { MessageState } from '#shared/message.ts'
import {
  addClick,
  recountForJob,
  setArrivedTwice,
  setMessageState,
  setProgress,
  type MatchedAttempt,
} from '../db/attempt-receipts.ts'
import { clickCameBefore, receiptCameBefore, type ItemRow } from '../db/callback-items.ts'
import { endWaitOf } from '../db/receipt-waits.ts'
import type { Found } from './find-message.ts'
import { attemptFigures, effectOn, isTaken, messageFigures, progressOf, stateAfter } from './lattice.ts'
import type { Tally } from './tally.ts'

/** A message or an attempt without its result takes no receipt yet: there is nothing that it could be counted to. */
export function isUnderWay({ message, attempt }: Found): boolean {
  return message.state === 'queued' || message.state === 'sending' || attempt.class === null
}

/** Writes what a receipt makes of its message, with the figures. Answers with its effect. */
export function applyReceipt(
  db: Database,
  tally: Tally,
  item: ItemRow,
  found: Found,
  now: number,
): ItemEffect {
  if (receiptCameBefore(db, item)) return 'repeat'
  if (item.state === null) return 'noted'
  const { message, attempts, attempt } = found
  const { class: outcome, progress: known } = attempt
  if (outcome === null) return 'waiting'
  const next = progressOf(item.state)
  const effect = effectOn(known, next)
  if (effect !== 'counted') return effect
  setProgress(db, message.seq, attempt.position, next)
  if (message.group_id !== null && (next === 'delivered' || next === 'undelivered'))
    endWaitOf(db, message.seq, 'receipt', now)
  const marked = isMarkedSent(found, attempt)
  moveAttempt(tally, found, next, marked)
  const taken = isTaken(outcome, next, marked)
  const othersOpen = attempts.some(
    (other) => other !== attempt && isOpenElsewhere(other, isMarkedSent(found, other)),
  )
  const state = stateAfter(message.state, next, taken, othersOpen)
  if (next === 'delivered' && message.state === 'delivered') setArrivedTwice(db, message.seq)
  moveMessage(db, tally, found, state)
  const changed = state !== message.state || isTaken(outcome, known, marked) !== taken
  attempt.progress = next
  message.state = state
  return changed || next === 'delivered' || (next === 'undelivered' && taken) ? 'counted' : 'noted'
}

/** Each click counts, and the message once as clicked. */
export function applyClick(db: Database, tally: Tally, item: ItemRow, found: Found): ItemEffect {
  if (clickCameBefore(db, item)) return 'repeat'
  const { message, attempts, attempt } = found
  const clicked = attempts.every(({ clicks }) => !clicks) ? 1 : 0
  addClick(db, message.seq, attempt.position)
  attempt.clicks = (attempt.clicks ?? 0) + 1
  countFor(tally, found, { clicks: 1, clicked })
  return 'counted'
}

/** At the quarter in which the message was counted as sent, for the provider and for the group. */
export function countFor(
  tally: Tally,
  { message, attempt }: Pick<Found, 'message' | 'attempt'>,
  change: Parameters<Tally['add']>[2],
): void {
  const { test, simulated, group_id: groupId, updated_at: endedAt } = message
  if (attempt.provider_id !== null)
    tally.add(
      'provider',
      { id: attempt.provider_id, at: attempt.finished_at ?? endedAt, test, simulated },
      change,
    )
  if (groupId !== null) tally.add('group', { id: groupId, at: endedAt, test, simulated }, change)
}

/** By hand, of the last attempt of which nobody knows. */
function isMarkedSent({ message, attempts }: Found, attempt: MatchedAttempt): boolean {
  if (message.settled_as !== 'sent') return false
  return attempts.findLast((one) => one.class === 'unknown') === attempt
}

function isOpenElsewhere({ class: outcome, progress }: MatchedAttempt, marked: boolean): boolean {
  if (outcome === null || progress === 'delivered' || progress === 'undelivered') return false
  return isTaken(outcome, progress, marked)
}

function moveAttempt(
  tally: Tally,
  { message, attempt }: Found,
  next: NonNullable<MatchedAttempt['progress']>,
  marked: boolean,
): void {
  const { provider_id: id, finished_at: at, class: outcome, progress } = attempt
  if (id === null || at === null || outcome === null) return
  const { test, simulated } = message
  tally.move(
    'provider',
    { id, at, test, simulated },
    attemptFigures(outcome, progress, marked),
    attemptFigures(outcome, next, marked),
  )
}

function moveMessage(db: Database, tally: Tally, { message }: Found, state: MessageState): void {
  if (state === message.state) return
  const { seq, group_id: id, updated_at: at, test, simulated } = message
  setMessageState(db, seq, state)
  recountForJob(db, seq, message.state, state)
  if (id !== null)
    tally.move('group', { id, at, test, simulated }, messageFigures(message.state), messageFigures(state))
}
