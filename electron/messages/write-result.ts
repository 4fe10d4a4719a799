import type { Database } from 'better-sqlite3'
import type { AttemptAfter, ReceiptWait } from '#shared/attempt.ts'
import type { MessageState, MessageStory } from '#shared/message.ts'
import type { AttemptOutcome } from '#shared/outcome.ts'
import type { Price } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { hasReturns } from '../db/incoming/attempt-receipts.ts'
import { insertAttemptResult } from '../db/attempts.ts'
import { backToQueue } from '../db/jobs/bulk.ts'
import { writeBreaker } from '../db/breakers.ts'
import { noteOutcome } from '../db/health.ts'
import { finishMessage } from '../db/messages.ts'
import { getProviderVersion, setAttention } from '../db/providers.ts'
import { insertWait, type NewWait } from '../db/incoming/receipt-waits.ts'
import { countFirst, recounting } from '../db/rollups/add.ts'
import { addTaken } from '../db/rollups/add-taken.ts'
import { gatherAttempt, type GatheredAttempt } from '../db/incoming/vendor-ids.ts'
import type { Vault } from '../secrets/vault.ts'
import type { ExchangeAnswer, ExchangeTrace } from '../sending/exchange.ts'
import { runningAttempt, type StoryPlace } from './open-message.ts'
import { recordResponse, redactFacts, shortened } from './record-answer.ts'

/** What came of an attempt, before it is written down. */
export interface Result {
  outcome: AttemptOutcome
  trace: ExchangeTrace
  answer: ExchangeAnswer | null
  providerMessageId: string
}

/** What a group does after an attempt, and how long it waits for a receipt then; null: it waits for none. */
export interface Ending {
  after: AttemptAfter
  waitMinutes: number | null
}

/** The story with its attempt finished; secrets that the answer echoes are taken out. */
export function closeStory(
  vault: Vault,
  story: MessageStory,
  result: Result,
  price: Price | null,
  at: number,
  ending: Ending | null,
): MessageStory {
  const { trace, answer } = result
  const { after, waitMinutes } = ending ?? { after: null, waitMinutes: null }
  const outcome = { ...result.outcome, facts: redactFacts(result.outcome.facts, vault) }
  const finished = {
    finishedAt: at,
    outcome,
    bytesOut: trace.bytesOut,
    response: answer ? recordResponse(answer, vault) : null,
    timings: trace.timings,
    after,
    wait:
      waitMinutes === null ? null : { minutes: waitMinutes, until: at + waitMinutes * 60_000, ended: null },
  }
  return {
    ...story,
    state: after !== null && after.stopped === null ? 'sending' : stateAfter(outcome, story),
    providerMessageId: shortened(vault.redact(result.providerMessageId)) || null,
    outcomeClass: outcome.class,
    outcomeCode: outcome.code,
    duration: trace.timings.total,
    cost: outcome.class === 'accepted' ? inAll(story.cost, costOf(story.segments, price)) : story.cost,
    story: story.story.map((attempt) =>
      attempt.finishedAt === null ? { ...attempt, ...finished } : attempt,
    ),
  }
}

/**
 * Attempt, message, counts and the provider's flag, in the transaction of the caller. `version`: of the saved settings
 * that were tried. Only while they are still those stored the outcome says something of the provider. Answers whether its
 * flag changed.
 */
export function writeResult(
  db: Database,
  story: MessageStory,
  place: StoryPlace,
  version: number | null,
): boolean {
  const write = () => writeAttempt(db, story, place, version)
  if (story.attempts > 1) return recounting(db, place.message, write).flagged
  const { isNew, flagged } = write()
  if (isNew) countSingle(db, story, place)
  return flagged
}

/** Most messages are taken at once, before anything comes back, and then nothing has to be looked up. */
function countSingle(db: Database, story: MessageStory, place: StoryPlace): void {
  const { outcome, finishedAt, response, timings } = runningAttempt(story)
  const isKnown = outcome?.class === 'accepted' && finishedAt !== null && timings !== null
  if (!isKnown || hasReturns(db, place.message)) {
    countFirst(db, place.message)
    return
  }
  const total = response ? timings.total : null
  addTaken(db, { ...story, seq: place.message, finishedAt, total })
}

function writeAttempt(
  db: Database,
  story: MessageStory,
  place: StoryPlace,
  version: number | null,
): { isNew: boolean; flagged: boolean } {
  const attempt = runningAttempt(story)
  const { outcome } = attempt
  if (!outcome || attempt.finishedAt === null) throw new Error('the attempt is not finished')
  const isMovingOn = attempt.after !== null && attempt.after.stopped === null
  const isNew = insertAttemptResult(db, {
    attempt_seq: place.attempt,
    finished_at: attempt.finishedAt,
    class: outcome.class,
    code: outcome.code,
    facts: JSON.stringify(outcome.facts),
    bytes_out: attempt.bytesOut ? 1 : 0,
    response: attempt.response ? JSON.stringify(attempt.response) : null,
    timings: JSON.stringify(attempt.timings),
    after_what: attempt.after ? JSON.stringify(attempt.after) : null,
  })
  if (!isNew) return { isNew, flagged: false }
  // The message keeps the vendor's id of its last attempt only.
  if (isMovingOn) gatherAttempt(db, gatheredOf(story, place))
  if (story.state === 'queued') backToQueue(db, place.message, attempt.finishedAt)
  else if (!isMovingOn) finish(db, story, place, outcome, attempt.finishedAt)
  if (attempt.wait) insertWait(db, place.message, waitOf(attempt.wait, story, place))
  if (story.groupId !== null && attempt.providerId !== null)
    writeBreaker(db, attempt.providerId, attempt.finishedAt)
  noteOutcome(db, attempt.providerId, place.attempt, outcome.class)
  const flagged = version !== null && flagProvider(db, story.providerId, version, outcome)
  return { isNew, flagged }
}

/** Ends a group's message whose next attempt cannot begin, with the outcome of the last one that was not taken back. */
export function endStory(db: Database, story: MessageStory, place: StoryPlace, now: number): void {
  const outcome = story.story.findLast((attempt) => attempt.outcome?.class !== 'cancelled')?.outcome
  if (outcome) recounting(db, place.message, () => finish(db, story, place, outcome, now))
}

/** Ends a message that a provider took, without a receipt in time and with nobody left to try. */
export function endUndelivered(db: Database, story: MessageStory, place: StoryPlace, now: number): void {
  const { outcome } = runningAttempt(story)
  if (!outcome) throw new Error('the attempt is not finished')
  const state = 'undelivered'
  recounting(db, place.message, () =>
    finishMessage(db, { ...endOf(story, outcome), seq: place.message, now, state, again: true }),
  )
}

function finish(
  db: Database,
  story: MessageStory,
  place: StoryPlace,
  outcome: AttemptOutcome,
  now: number,
): void {
  const { state } = story
  finishMessage(db, { ...endOf(story, outcome), seq: place.message, now, state, again: wasTaken(story) })
}

function endOf(story: MessageStory, outcome: AttemptOutcome) {
  return {
    provider_message_id: story.providerMessageId,
    outcome_class: outcome.class,
    outcome_code: outcome.code,
    duration: story.duration ?? 0,
    cost: story.cost,
  }
}

/** An earlier provider took it, and its receipt did not come in time. */
export function wasTaken({ story }: MessageStory): boolean {
  return story.slice(0, -1).some(({ outcome }) => outcome?.class === 'accepted')
}

/** What a receipt of a story's newest attempt is matched by. */
export function gatheredOf(story: MessageStory, place: StoryPlace): GatheredAttempt {
  return {
    provider_id: runningAttempt(story).providerId,
    vendor_id: story.providerMessageId,
    number: story.to,
    message_seq: place.message,
    attempt: story.attempts,
  }
}

function waitOf({ minutes, until }: ReceiptWait, story: MessageStory, place: StoryPlace): NewWait {
  return { attempt: place.attempt, minutes, dueAt: until, providerMessageId: story.providerMessageId }
}

/** Both providers ask to be paid. Amounts in two currencies have no sum: then it is the later one. */
function inAll(before: MessageStory['cost'], cost: MessageStory['cost']): MessageStory['cost'] {
  if (before === null || cost === null) return cost ?? before
  return before.currency === cost.currency
    ? { ...cost, amount: inMillionths(before.amount + cost.amount) }
    : cost
}

export function costOf(segments: number, price: Price | null): MessageStory['cost'] {
  if (price === null) return null
  return { amount: inMillionths(segments * price.perSegment), currency: price.currency }
}

/** To a millionth of the currency's unit, so that 3 x 0.1 is 0.3. */
const inMillionths = (amount: number) => Math.round(amount * 1e6) / 1e6

/** What a provider took and no receipt came of stays undelivered where no other provider takes it. */
function stateAfter(outcome: AttemptOutcome, story: MessageStory): MessageState {
  if (outcome.class === 'accepted') return 'sent'
  if (wasTaken(story)) return 'undelivered'
  return outcome.class === 'cancelled' ? 'cancelled' : 'failed'
}

/** A provider that is ours to mend is flagged, until it is edited or a message passes. */
function flagProvider(
  db: Database,
  providerId: string | null,
  version: number,
  outcome: AttemptOutcome,
): boolean {
  if (providerId === null || getProviderVersion(db, providerId)?.updated_at !== version) return false
  if (outcome.class === 'accepted') return setAttention(db, providerId, null)
  if (outcome.class !== 'misconfigured') return false
  return setAttention(db, providerId, verdictOf(outcome).title)
}
