import type { Database } from 'better-sqlite3'
import type { Attempt, AttemptAfter } from '#shared/attempt.ts'
import type { MessageState, MessageStory } from '#shared/message.ts'
import type { AttemptOutcome, OutcomeFacts } from '#shared/outcome.ts'
import type { Price } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { insertAttemptResult } from '../db/attempts.ts'
import { backToQueue } from '../db/bulk.ts'
import { writeBreaker } from '../db/breakers.ts'
import { noteOutcome } from '../db/health.ts'
import { finishMessage } from '../db/messages.ts'
import { getProviderVersion, setAttention } from '../db/providers.ts'
import { addGroupCounts } from '../db/group-counts.ts'
import { addCounts } from '../db/quarters.ts'
import type { Vault } from '../secrets/vault.ts'
import { answerText } from '../sending/answer/answer-text.ts'
import type { ExchangeAnswer, ExchangeTrace } from '../sending/exchange.ts'
import { runningAttempt, type StoryPlace } from './open-message.ts'

const longestFact = 1000

/** What came of an attempt, before it is written down. */
export interface Result {
  outcome: AttemptOutcome
  trace: ExchangeTrace
  answer: ExchangeAnswer | null
  providerMessageId: string
}

/** The story with its attempt finished; secrets that the answer echoes are taken out. */
export function closeStory(
  vault: Vault,
  story: MessageStory,
  result: Result,
  price: Price | null,
  at: number,
  after: AttemptAfter | null = null,
): MessageStory {
  const { trace, answer } = result
  const outcome = { ...result.outcome, facts: redactFacts(result.outcome.facts, vault) }
  const finished = {
    finishedAt: at,
    outcome,
    bytesOut: trace.bytesOut,
    response: answer ? recordResponse(answer, vault) : null,
    timings: trace.timings,
    after,
  }
  return {
    ...story,
    state: after !== null && after.stopped === null ? 'sending' : stateAfter(outcome),
    providerMessageId: shortened(vault.redact(result.providerMessageId)) || null,
    outcomeClass: outcome.class,
    outcomeCode: outcome.code,
    duration: trace.timings.total,
    cost: outcome.class === 'accepted' ? costOf(story.segments, price) : null,
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
  if (!isNew) return false
  if (story.state === 'queued') backToQueue(db, place.message, attempt.finishedAt)
  else if (!isMovingOn) finish(db, story, place, outcome, attempt.finishedAt)
  if (story.groupId !== null && attempt.providerId !== null)
    writeBreaker(db, attempt.providerId, attempt.finishedAt)
  addCounts(db, countsOf(story, outcome, attempt.finishedAt))
  noteOutcome(db, attempt.providerId, place.attempt, outcome.class)
  return version !== null && flagProvider(db, story.providerId, version, outcome)
}

/** Ends a group's message whose next attempt cannot begin, with the outcome of the last one that was not taken back. */
export function endStory(db: Database, story: MessageStory, place: StoryPlace, now: number): void {
  const outcome = story.story.findLast((attempt) => attempt.outcome?.class !== 'cancelled')?.outcome
  if (outcome) finish(db, story, place, outcome, now)
}

function finish(
  db: Database,
  story: MessageStory,
  place: StoryPlace,
  outcome: AttemptOutcome,
  now: number,
): void {
  finishMessage(db, {
    seq: place.message,
    now,
    state: story.state,
    provider_message_id: story.providerMessageId,
    outcome_class: outcome.class,
    outcome_code: outcome.code,
    duration: story.duration ?? 0,
    cost: story.cost,
  })
  if (story.groupId === null) return
  const { at, test, simulated, sent, delivered, errors } = countsOf(story, outcome, now)
  addGroupCounts(db, { groupId: story.groupId, at, test, simulated, sent, delivered, errors })
}

/** To a millionth of the currency's unit, so that 3 x 0.1 is 0.3. */
export function costOf(segments: number, price: Price | null): MessageStory['cost'] {
  if (price === null) return null
  return { amount: Math.round(segments * price.perSegment * 1e6) / 1e6, currency: price.currency }
}

function stateAfter(outcome: AttemptOutcome): MessageState {
  if (outcome.class === 'accepted') return 'sent'
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

function countsOf(story: MessageStory, outcome: AttemptOutcome, at: number) {
  const { providerId, simulated, test } = story
  const sent = outcome.class === 'accepted' ? 1 : 0
  const errors = outcome.class === 'accepted' || outcome.class === 'cancelled' ? 0 : 1
  return { providerId: providerId ?? '', at, test, simulated, sent, delivered: 0, errors }
}

/** Some gateways echo credentials in their answers; what is kept holds none. */
export function recordResponse(answer: ExchangeAnswer, vault: Vault): NonNullable<Attempt['response']> {
  const contentType = answer.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return {
    status: answer.status,
    statusText: vault.redact(answer.statusText),
    headers: answer.headers.map(({ name, value }) => ({
      name: vault.redact(name),
      value: vault.redact(value),
    })),
    body: vault.redact(answerText(answer.body, contentType)),
    bytes: answer.body.length,
  }
}

/** Cut only once the secrets are out: a cut through one would leave a part of it. */
function shortened(text: string): string {
  return text.length > longestFact ? `${text.slice(0, longestFact)}…` : text
}

export function redactFacts(facts: OutcomeFacts, vault: Vault): OutcomeFacts {
  const clean = (value: unknown): unknown =>
    typeof value === 'string'
      ? shortened(vault.redact(value))
      : Array.isArray(value)
        ? value.map(clean)
        : value
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, clean(value)]))
}
