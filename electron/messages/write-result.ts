import type { Database } from 'better-sqlite3'
import type { Attempt, AttemptOutcome, MessageState, MessageStory, OutcomeFacts } from '#shared/message.ts'
import { verdictOf } from '#shared/verdict.ts'
import { finishAttempt, type AttemptResult } from '../db/attempts.ts'
import { finishMessage, getMessage, type MessageResult, type MessageRow } from '../db/messages.ts'
import { setAttention } from '../db/providers.ts'
import { addCounts } from '../db/quarters.ts'
import type { Vault } from '../secrets/vault.ts'
import type { ExchangeAnswer, ExchangeTrace } from '../sending/exchange.ts'
import type { Prepared } from './prepare.ts'
import { storyOf } from './story.ts'

/** What came of an attempt, before it is written down. */
export interface Result {
  outcome: AttemptOutcome
  trace: ExchangeTrace
  answer: ExchangeAnswer | null
  providerMessageId: string
}

/** The rows of a result: everything but the ids is worked out before the transaction begins. */
export interface ResultRows {
  attempt: AttemptResult
  message: MessageResult
  outcome: AttemptOutcome
}

export function rowsOf(
  vault: Vault,
  ids: { messageId: string; attemptId: string },
  result: Result,
  at: number,
): ResultRows {
  const outcome = { ...result.outcome, facts: redactFacts(result.outcome.facts, vault) }
  const { trace, answer } = result
  return {
    outcome,
    attempt: {
      id: ids.attemptId,
      finished_at: at,
      class: outcome.class,
      code: outcome.code,
      facts: JSON.stringify(outcome.facts),
      bytes_out: trace.bytesOut ? 1 : 0,
      response: answer ? JSON.stringify(recordResponse(answer, vault)) : null,
      timings: JSON.stringify(trace.timings),
    },
    message: {
      id: ids.messageId,
      now: at,
      state: stateAfter(outcome),
      provider_message_id: vault.redact(result.providerMessageId) || null,
      outcome_class: outcome.class,
      outcome_code: outcome.code,
      duration: trace.timings.total,
    },
  }
}

/** Attempt, message, counts and the provider's flag, in the transaction of the caller. */
export function writeResult(
  db: Database,
  prepared: Prepared,
  rows: ResultRows,
): { story: MessageStory; row: MessageRow; flagged: boolean } {
  finishAttempt(db, rows.attempt)
  finishMessage(db, rows.message)
  addCounts(db, countsOf(prepared, rows.outcome, rows.message.now))
  const flagged = flagProvider(db, prepared, rows.outcome)
  const row = getMessage(db, rows.message.id) as MessageRow
  return { story: storyOf(db, row), row, flagged }
}

function stateAfter(outcome: AttemptOutcome): MessageState {
  if (outcome.class === 'accepted') return 'sent'
  return outcome.class === 'cancelled' ? 'cancelled' : 'failed'
}

/** A provider that is ours to mend is flagged, until it is edited or a message passes. Answers whether that changed. */
function flagProvider(db: Database, prepared: Prepared, outcome: AttemptOutcome): boolean {
  if (!prepared.saved) return false
  if (outcome.class === 'accepted') return setAttention(db, prepared.providerId, null)
  if (outcome.class !== 'misconfigured') return false
  return setAttention(db, prepared.providerId, verdictOf(outcome).title)
}

function countsOf(prepared: Prepared, outcome: AttemptOutcome, at: number) {
  const { providerId, simulated, input } = prepared
  const failed = outcome.class !== 'accepted' && outcome.class !== 'cancelled'
  const sent = outcome.class === 'accepted' ? 1 : 0
  return { providerId, at, test: input.test, simulated, sent, delivered: 0, errors: failed ? 1 : 0 }
}

/** Some gateways echo credentials in their answers; what is kept holds none. */
function recordResponse(answer: ExchangeAnswer, vault: Vault): NonNullable<Attempt['response']> {
  return {
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers.map(({ name, value }) => ({ name, value: vault.redact(value) })),
    body: vault.redact(answer.body.toString('utf8')),
    bytes: answer.body.length,
  }
}

function redactFacts(facts: OutcomeFacts, vault: Vault): OutcomeFacts {
  const clean = (value: unknown): unknown =>
    typeof value === 'string' ? vault.redact(value) : Array.isArray(value) ? value.map(clean) : value
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, clean(value)]))
}
