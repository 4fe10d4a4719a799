import type { Database } from 'better-sqlite3'
import { insertAttempt, insertAttemptResult } from '../db/attempts.ts'
import { takeFromQueue } from '../db/jobs/bulk.ts'
import { finishMessage, getMessageBySeq, type MessageRow } from '../db/messages.ts'
import { recounting } from '../db/rollups/add.ts'
import { noTimings } from '../messages/recover.ts'

/** A message that no request can be made for ends with an attempt that tells why; nothing went out. */
export function refuseQueued(db: Database, seq: number, reason: string, now: number): void {
  const message = getMessageBySeq(db, seq)
  if (!message || message.state !== 'queued') return
  recounting(db, seq, () => refuse(db, message, reason, now))
}

function refuse(db: Database, message: MessageRow, reason: string, now: number): void {
  const { seq, provider_id, provider_name } = message
  const position = message.attempts + 1
  const about = { message_seq: seq, position, provider_id, provider_name, started_at: now }
  const attempt = insertAttempt(db, { ...about, request: null, why: null })
  const outcome = { class: 'misconfigured', code: 'request_not_renderable' } as const
  insertAttemptResult(db, {
    attempt_seq: attempt,
    finished_at: now,
    ...outcome,
    facts: JSON.stringify({ reason }),
    bytes_out: 0,
    response: null,
    timings: JSON.stringify(noTimings),
    after_what: null,
  })
  db.prepare('UPDATE messages SET attempts = ? WHERE seq = ?').run(position, seq)
  takeFromQueue(db, seq)
  finishMessage(db, {
    seq,
    now,
    state: 'failed',
    provider_message_id: null,
    outcome_class: outcome.class,
    outcome_code: outcome.code,
    duration: 0,
    cost: null,
  })
}
