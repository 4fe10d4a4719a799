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
  type Progress,
} from '../../db/incoming/attempt-receipts.ts'
import { clickCameBefore, receiptCameBefore, type ItemRow } from '../../db/incoming/callback-items.ts'
import { endWaitOf } from '../../db/incoming/receipt-waits.ts'
import { recounting } from '../../db/rollups/add.ts'
import { countArrival, countClick } from './count-receipts.ts'
import type { Found } from './find-message.ts'
import { effectOn, isTaken, progressOf, stateAfter } from './lattice.ts'

/** A message or an attempt without its result takes no receipt yet: there is nothing that it could be counted to. */
export function isUnderWay({ message, attempt }: Found): boolean {
  return message.state === 'queued' || message.state === 'sending' || attempt.class === null
}

/** Writes what a receipt makes of its message, with the figures. Answers with its effect. */
export function applyReceipt(db: Database, item: ItemRow, found: Found, now: number): ItemEffect {
  const { message, attempts, attempt } = found
  // The first that says how far it is cannot be a repeat, and most are the first.
  const isFirst = attempt.progress === null && item.state !== null
  if (!isFirst && receiptCameBefore(db, item)) return 'repeat'
  if (item.state === null) return 'noted'
  const { class: outcome, progress: known } = attempt
  if (outcome === null) return 'waiting'
  const next = progressOf(item.state)
  const effect = effectOn(known, next)
  if (effect !== 'counted') return effect
  const marked = isMarkedSent(found, attempt)
  const taken = isTaken(outcome, next, marked)
  const othersOpen = attempts.some(
    (other) => other !== attempt && isOpenElsewhere(other, isMarkedSent(found, other)),
  )
  const state = stateAfter(message.state, next, taken, othersOpen)
  const write = () => writeReceipt(db, item, found, { next, state, now })
  if (isTaken(outcome, known, marked) && next === 'delivered' && message.state === 'sent') {
    write()
    countArrival(db, found)
  } else if (isTaken(outcome, known, marked) && !isEnd(next) && message.state === state) write()
  else recounting(db, message.seq, write)
  const changed = state !== message.state || isTaken(outcome, known, marked) !== taken
  attempt.progress = next
  message.state = state
  return changed || next === 'delivered' || (next === 'undelivered' && taken) ? 'counted' : 'noted'
}

const isEnd = (progress: Progress) => progress === 'delivered' || progress === 'undelivered'

interface Step {
  next: Progress
  state: MessageState
  now: number
}

function writeReceipt(db: Database, item: ItemRow, found: Found, { next, state, now }: Step): void {
  const { message, attempt } = found
  const why = { code: item.error_code, text: item.error_text }
  setProgress(db, message.seq, attempt.position, next, why)
  if (message.group_id !== null && isEnd(next)) endWaitOf(db, message.seq, 'receipt', now)
  if (next === 'delivered' && message.state === 'delivered') setArrivedTwice(db, message.seq)
  if (state === message.state) return
  setMessageState(db, message.seq, state)
  recountForJob(db, message.seq, message.state, state)
}

/** Each click counts, and the message once as clicked. */
export function applyClick(db: Database, item: ItemRow, found: Found): ItemEffect {
  if (clickCameBefore(db, item)) return 'repeat'
  const { message, attempt } = found
  addClick(db, message.seq, attempt.position)
  countClick(db, found)
  attempt.clicks = (attempt.clicks ?? 0) + 1
  return 'counted'
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
