import type { Database } from 'better-sqlite3'
import type { CallbackKind, ReceiptState } from '#shared/callbacks/format.ts'
import type { MessageStory } from '#shared/message.ts'
import { applyClick, applyReceipt, isUnderWay } from '../../electron/callbacks/matching/apply-receipt.ts'
import { takeReply } from '../../electron/callbacks/matching/apply-reply.ts'
import { matchedById } from '../../electron/db/incoming/attempt-receipts.ts'
import type { ItemRow } from '../../electron/db/incoming/callback-items.ts'
import type { Random } from './random.ts'
import { hourMs } from './rhythm.ts'
import type { Purpose } from './texts.ts'

/** What came back for an attempt of a message, as if the requests that brought it had been cleared since. */
export type Returned =
  { kind: 'receipt'; state: ReceiptState; code?: string; text?: string } | { kind: 'click' | 'reply' }

/** Does what matching does, in the transaction of the caller. False where the message or the attempt takes none. */
export function comeBack(db: Database, id: string, position: number, what: Returned, now: number): boolean {
  const found = matchedById(db, id)
  const attempt = found?.attempts.find((one) => one.position === position)
  if (!found || !attempt || attempt.provider_id === null) return false
  const whole = { ...found, attempt }
  // What else comes so early waits for the answer.
  if (what.kind === 'reply') takeReply(db, whole)
  if (isUnderWay(whole)) return what.kind === 'reply'
  const item = itemOf(what.kind, found.message.seq, position)
  if (what.kind === 'receipt') {
    Object.assign(item, {
      state: what.state,
      word: what.state,
      error_code: what.code ?? null,
      error_text: what.text ?? null,
    })
    applyReceipt(db, item, whole, now)
  } else if (what.kind === 'click') applyClick(db, item, whole)
  return true
}

function itemOf(kind: CallbackKind, seq: number, attempt: number): ItemRow {
  return {
    callback: 0,
    position: 0,
    kind,
    message_seq: seq,
    attempt,
    open: 0,
    effect: 'unmatched',
    reason: null,
    why: null,
    vendor_id: null,
    reference: null,
    to_number: null,
    from_number: null,
    state: null,
    word: null,
    error_code: null,
    error_text: null,
    at: null,
    url: null,
    short_url: null,
    text: null,
    id_may_be_longer: 0,
  }
}

const failures: readonly (readonly [number, { code: string; text: string }])[] = [
  [40, { code: 'absent', text: 'The handset was off or out of reach.' }],
  [30, { code: 'unknown_subscriber', text: 'The number is not in use.' }],
  [20, { code: 'filtered', text: 'The network took it for spam.' }],
  [10, { code: 'expired', text: 'It could not be delivered in 24 hours.' }],
]

/** Shares of the messages that were sent. */
const reported = 0.97
const failing = 0.04
const clicking: Record<Purpose, number> = { code: 0, notice: 0.04, offer: 0.07 }
const replying = 0.006

/** Receipts, clicks and replies of a message that was sent, as far as they come before the history ends. */
export function playReturns(
  db: Database,
  random: Random,
  story: MessageStory,
  { purpose, until }: { purpose: Purpose; until: number },
): void {
  const sentAt = story.story.at(-1)?.finishedAt ?? story.createdAt
  const comes = (afterHours: number) => sentAt + random.skewed(afterHours, 1.2) * hourMs < until
  const back = (what: Returned) => comeBack(db, story.id, story.attempts, what, sentAt)
  // Seconds, most of the time.
  if (!random.chance(reported) || !comes(0.004)) return
  if (random.chance(failing)) {
    if (comes(3)) back({ kind: 'receipt', state: 'undelivered', ...random.weighted(failures) })
    return
  }
  back({ kind: 'receipt', state: 'delivered' })
  if (random.chance(clicking[purpose]) && comes(1))
    for (
      let clicks = random.weighted([
        [8, 1],
        [2, 2],
        [1, 3],
      ] as const);
      clicks > 0;
      clicks -= 1
    )
      back({ kind: 'click' })
  if (random.chance(replying) && comes(0.3)) back({ kind: 'reply' })
}
