import type { Database } from 'better-sqlite3'
import type { Attempt } from '#shared/attempt.ts'
import type { MessageStory, MessageSummary } from '#shared/message.ts'
import { listAttempts, type AttemptWithWait } from '../db/attempts.ts'
import { lastCountedReceipt } from '../db/incoming/callback-items.ts'
import { storyCallbacks } from '../callbacks/view.ts'
import type { MessageRow } from '../db/messages.ts'

export function summaryOf(row: MessageRow): MessageSummary {
  return {
    id: row.id,
    createdAt: row.created_at,
    test: row.test === 1,
    simulated: row.simulated === 1,
    to: row.to_number,
    country: row.country,
    text: row.body,
    encoding: row.encoding,
    segments: row.segments,
    state: row.state,
    unknown: row.is_unknown === 1,
    providerId: row.provider_id,
    providerName: row.provider_name,
    providerMessageId: row.provider_message_id,
    outcomeClass: row.outcome_class,
    outcomeCode: row.outcome_code,
    groupId: row.group_id,
    groupName: row.group_name,
    mayArriveTwice: row.may_arrive_twice === 1,
    attempts: row.attempts,
    duration: row.duration,
    cost: row.cost === null || row.currency === null ? null : { amount: row.cost, currency: row.currency },
    runOf: row.run_of,
    settled:
      row.settled_as === null || row.settled_at === null ? null : { as: row.settled_as, at: row.settled_at },
  }
}

/** As a list shows it: why it is undelivered is looked up for those alone. */
export function listedOf(db: Database, row: MessageRow): MessageSummary {
  const receipt = row.state === 'undelivered' ? lastCountedReceipt(db, row.seq) : undefined
  const summary = summaryOf(row)
  return receipt ? { ...summary, receipt: { word: receipt.word, code: receipt.error_code } } : summary
}

/** A message with all its attempts, oldest first. */
export function storyOf(db: Database, row: MessageRow): MessageStory {
  const { unknown: _unknown, ...message } = summaryOf(row)
  return {
    ...message,
    from: row.sender,
    values: JSON.parse(row.placeholder_values) as Record<string, string>,
    story: listAttempts(db, row.seq).map((attempt) => attemptOf(row.id, attempt)),
    callbacks: storyCallbacks(db, row.seq, row.id),
  }
}

export function attemptIdOf(messageId: string, position: number): string {
  return `${messageId}/${position}`
}

function attemptOf(messageId: string, row: AttemptWithWait): Attempt {
  const outcome =
    row.class && row.code
      ? {
          class: row.class,
          code: row.code,
          facts: parseOr<NonNullable<Attempt['outcome']>['facts']>(row.facts, {}),
        }
      : null
  return {
    id: attemptIdOf(messageId, row.position),
    position: row.position,
    providerId: row.provider_id,
    providerName: row.provider_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome,
    bytesOut: row.bytes_out === 1,
    request: parseOr<Attempt['request']>(row.request, null),
    response: parseOr<Attempt['response']>(row.response, null),
    ...(row.request === 'null' && { cleared: true }),
    timings: parseOr<Attempt['timings']>(row.timings, null),
    why: parseOr<Attempt['why']>(row.why, null),
    after: parseOr<Attempt['after']>(row.after_what, null),
    wait: waitOf(row),
  }
}

function waitOf({ minutes, due_at: until, wait_end: how, wait_ended_at: at }: AttemptWithWait) {
  if (minutes === null || until === null) return null
  return { minutes, until, ended: how === null || at === null ? null : { how, at } }
}

function parseOr<T>(text: string | null, otherwise: T): T {
  return text === null ? otherwise : (JSON.parse(text) as T)
}
