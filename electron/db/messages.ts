import type { Database } from 'better-sqlite3'
import type { MessageState, SettledAs } from '#shared/message.ts'
import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import type { Encoding } from '#shared/segments.ts'
import { countForJob, uncountForJob } from './jobs/bulk.ts'
import { prepared } from './prepared.ts'

export interface MessageRow {
  seq: number
  id: string
  created_at: number
  updated_at: number
  test: 0 | 1
  simulated: 0 | 1
  to_number: string
  country: string | null
  sender: string
  body: string
  encoding: Encoding
  segments: number
  /** JSON object: placeholder name to value. */
  placeholder_values: string
  state: MessageState
  provider_id: string | null
  provider_name: string
  provider_message_id: string | null
  outcome_class: OutcomeClass | null
  outcome_code: OutcomeCode | null
  attempts: number
  duration: number | null
  cost: number | null
  /** ISO 4217; null exactly where `cost` is. */
  currency: string | null
  group_id: string | null
  group_name: string | null
  may_arrive_twice: 0 | 1
  /** The id of the message that this one is another run of. */
  run_of: string | null
  settled_as: SettledAs | null
  /** Null exactly where `settled_as` is. */
  settled_at: number | null
  /** Not a column: it failed as far as is known, but may arrive. */
  is_unknown: 0 | 1
}

/**
 * Of a failed message: nobody knows of one of its attempts, and nobody has said since what became of it. Its last outcome
 * is asked first, as few messages have more than one attempt.
 */
export const unknownCondition = `(settled_as IS NULL AND (outcome_class IS 'unknown' OR (attempts > 1 AND EXISTS (
  SELECT 1 FROM attempts JOIN attempt_results ON attempt_seq = attempts.seq
  WHERE message_seq = messages.seq AND class = 'unknown'))))`
const rowColumns = `*, state = 'failed' AND ${unknownCondition} AS is_unknown`

export type NewMessage = Omit<
  MessageRow,
  | 'seq'
  | 'updated_at'
  | 'state'
  | 'provider_message_id'
  | 'outcome_class'
  | 'outcome_code'
  | 'attempts'
  | 'duration'
  | 'cost'
  | 'currency'
  | 'may_arrive_twice'
  | 'settled_as'
  | 'settled_at'
  | 'is_unknown'
>

/**
 * A message whose first attempt is written with it, so that it is on its way from its first moment; or one that
 * waits for it. Answers with its seq, or null when the id is used.
 */
export function insertMessage(
  db: Database,
  message: NewMessage,
  state: 'sending' | 'queued' = 'sending',
): number | null {
  const { changes, lastInsertRowid } = prepared(
    db,
    `INSERT INTO messages (id, created_at, updated_at, test, simulated, to_number, country, sender, body,
       encoding, segments, placeholder_values, provider_id, provider_name, group_id,
       group_name, run_of, state, attempts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  ).run(
    message.id,
    message.created_at,
    message.created_at,
    message.test,
    message.simulated,
    message.to_number,
    message.country,
    message.sender,
    message.body,
    message.encoding,
    message.segments,
    message.placeholder_values,
    message.provider_id,
    message.provider_name,
    message.group_id,
    message.group_name,
    message.run_of,
    state,
    state === 'sending' ? 1 : 0,
  )
  return changes === 1 ? Number(lastInsertRowid) : null
}

/** A group's message goes to its next member: it belongs to that one now. False when it is not on its way any more. */
export function passMessageOn(
  db: Database,
  next: Pick<
    MessageRow,
    'seq' | 'provider_id' | 'provider_name' | 'sender' | 'simulated' | 'may_arrive_twice'
  > & {
    now: number
  },
): boolean {
  const { seq, now, provider_id, provider_name, sender, simulated, may_arrive_twice } = next
  const { changes } = prepared(
    db,
    `UPDATE messages SET updated_at = ?, provider_id = ?, provider_name = ?, sender = ?, simulated = ?,
       may_arrive_twice = ?, attempts = attempts + 1
     WHERE seq = ? AND state = 'sending'`,
  ).run(now, provider_id, provider_name, sender, simulated, may_arrive_twice, seq)
  return changes === 1
}

export interface MessageResult {
  seq: number
  now: number
  state: MessageState
  provider_message_id: string | null
  outcome_class: OutcomeClass
  outcome_code: OutcomeCode
  duration: number
  cost: { amount: number; currency: string } | null
  /** It was counted as sent before: a provider took it, and no receipt came in time. */
  again?: boolean
}

/** Only a message that is still on its way takes a result: a receipt may have come before the answer. */
export function finishMessage(db: Database, result: MessageResult): void {
  const { seq, now, state, provider_message_id, outcome_class, outcome_code, duration, cost } = result
  prepared(
    db,
    `UPDATE messages SET updated_at = ?, outcome_class = ?, outcome_code = ?,
       provider_message_id = coalesce(?, provider_message_id), duration = ?, cost = ?, currency = ?,
       state = CASE WHEN state IN ('queued', 'sending') THEN ? ELSE state END
     WHERE seq = ?`,
  ).run(
    now,
    outcome_class,
    outcome_code,
    provider_message_id,
    duration,
    cost?.amount ?? null,
    cost?.currency ?? null,
    state,
    seq,
  )
  if (result.again) uncountForJob(db, seq, 'sent', 'accepted')
  countForJob(db, seq, state, outcome_code)
}

export function getMessage(db: Database, id: string): MessageRow | undefined {
  return prepared(db, `SELECT ${rowColumns} FROM messages WHERE id = ?`).get(id) as MessageRow | undefined
}

/** Oldest first. */
export function listRunsOf(db: Database, id: string): MessageRow[] {
  return prepared(db, `SELECT ${rowColumns} FROM messages WHERE run_of = ? ORDER BY seq LIMIT 100`).all(
    id,
  ) as MessageRow[]
}

/** What somebody says became of it. When it ended stays as it is: the figures are kept under that time. */
export function settleMessage(db: Database, seq: number, { as, now }: { as: SettledAs; now: number }): void {
  prepared(db, 'UPDATE messages SET state = ?, settled_as = ?, settled_at = ? WHERE seq = ?').run(
    as,
    as,
    now,
    seq,
  )
}

/** 0 without messages. */
export function newestSeq(db: Database): number {
  return Number(prepared(db, 'SELECT coalesce(max(seq), 0) FROM messages').pluck().get())
}

export function getMessageBySeq(db: Database, seq: number): MessageRow | undefined {
  return prepared(db, `SELECT ${rowColumns} FROM messages WHERE seq = ?`).get(seq) as MessageRow | undefined
}

/** The placeholder values of a provider's newest message that had any; JSON. */
export function lastValuesOf(db: Database, providerId: string): string | undefined {
  const row = prepared(
    db,
    `SELECT placeholder_values FROM messages
     WHERE provider_id = ? AND placeholder_values <> '{}' ORDER BY seq DESC LIMIT 1`,
  ).get(providerId) as Pick<MessageRow, 'placeholder_values'> | undefined
  return row?.placeholder_values
}

/** The newest test of a provider that has an outcome: of those to the simulator, or of those to the vendor itself. */
export function lastTestOf(
  db: Database,
  providerId: string,
  simulated: 0 | 1,
): Pick<MessageRow, 'id' | 'created_at' | 'outcome_class' | 'outcome_code'> | undefined {
  return prepared(
    db,
    `SELECT id, created_at, outcome_class, outcome_code FROM messages
     WHERE provider_id = ? AND test = 1 AND simulated = ? AND outcome_class IS NOT NULL
     ORDER BY seq DESC LIMIT 1`,
  ).get(providerId, simulated) as
    Pick<MessageRow, 'id' | 'created_at' | 'outcome_class' | 'outcome_code'> | undefined
}
