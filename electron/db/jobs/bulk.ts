import type { Database } from 'better-sqlite3'
import type { BulkState } from '#shared/bulk.ts'
import type { MessageState } from '#shared/message.ts'
import type { OutcomeCode } from '#shared/outcome.ts'
import { prepared } from '../prepared.ts'
import { endingWaiting } from '../rollups/changing-provider.ts'

export interface BulkJobRow {
  seq: number
  id: string
  name: string
  state: BulkState
  /** JSON of the setup. */
  setup: string
  target_name: string
  /** JSON array of names. */
  columns: string
  messages: number
  segments: number
  refused: number
  trouble: string | null
  deleting: number
  created_at: number
  started_at: number | null
  finished_at: number | null
}

export function insertJob(
  db: Database,
  job: Pick<BulkJobRow, 'id' | 'name' | 'setup' | 'target_name' | 'columns' | 'created_at'>,
): number | null {
  const { changes, lastInsertRowid } = prepared(
    db,
    `INSERT INTO bulk_jobs (id, name, state, setup, target_name, columns, created_at)
     VALUES (@id, @name, 'loading', @setup, @target_name, @columns, @created_at) ON CONFLICT (id) DO NOTHING`,
  ).run(job)
  return changes === 1 ? Number(lastInsertRowid) : null
}

/** Undefined also for one that is going away. */
export function getJob(db: Database, id: string): BulkJobRow | undefined {
  const sql = 'SELECT * FROM bulk_jobs WHERE id = ? AND deleting = 0'
  return prepared(db, sql).get(id) as BulkJobRow | undefined
}

/** Newest first. */
export function listJobs(db: Database, limit: number): BulkJobRow[] {
  const sql = 'SELECT * FROM bulk_jobs WHERE deleting = 0 ORDER BY seq DESC LIMIT ?'
  return prepared(db, sql).all(limit) as BulkJobRow[]
}

export function listJobsIn(db: Database, state: BulkState): BulkJobRow[] {
  const sql = 'SELECT * FROM bulk_jobs WHERE state = ? AND deleting = 0 ORDER BY seq'
  return prepared(db, sql).all(state) as BulkJobRow[]
}

/** Moves a job on; false where it is in none of the states `from`, and then nothing changes. */
export function moveJob(
  db: Database,
  seq: number,
  from: readonly BulkState[],
  to: { state: BulkState; now: number; trouble?: string | null },
): boolean {
  const { changes } = prepared(
    db,
    `UPDATE bulk_jobs SET state = @state, trouble = @trouble,
       started_at = CASE WHEN @state = 'running' THEN coalesce(started_at, @now) ELSE started_at END,
       finished_at = CASE WHEN @state IN ('done', 'cancelled') THEN @now END
     WHERE seq = @seq AND state IN (SELECT value FROM json_each(@from))`,
  ).run({ state: to.state, trouble: to.trouble ?? null, now: to.now, seq, from: JSON.stringify(from) })
  return changes === 1
}

export interface BulkRowInput {
  job: number
  line: number
  message_seq: number | null
  cells: string
  refusal: string | null
}

export function insertRow(db: Database, row: BulkRowInput): void {
  const { job, line, message_seq, cells, refusal } = row
  prepared(
    db,
    'INSERT INTO bulk_rows (job, line, message_seq, cells, refusal, waiting) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(job, line, message_seq, cells, refusal, message_seq === null ? 0 : 1)
  if (message_seq !== null) newestSeqs.set(db, Math.max(newestOfJobs(db), message_seq))
}

/** False when its file is not being read any more. */
export function addToJob(
  db: Database,
  seq: number,
  { messages, segments, refused }: Pick<BulkJobRow, 'messages' | 'segments' | 'refused'>,
): boolean {
  const { changes } = prepared(
    db,
    `UPDATE bulk_jobs SET messages = messages + ?, segments = segments + ?, refused = refused + ?
     WHERE seq = ? AND state = 'loading' AND deleting = 0`,
  ).run(messages, segments, refused, seq)
  return changes === 1
}

/** The next rows of a job that wait, in the file's order. */
export function listWaiting(
  db: Database,
  job: number,
  after: number,
  limit: number,
): { line: number; message_seq: number }[] {
  return prepared(
    db,
    `SELECT line, message_seq FROM bulk_rows
     WHERE job = ? AND line > ? AND waiting = 1 AND message_seq IS NOT NULL ORDER BY line LIMIT ?`,
  ).all(job, after, limit) as { line: number; message_seq: number }[]
}

/** Its message's attempt begins. */
export function takeFromQueue(db: Database, messageSeq: number): void {
  prepared(db, 'UPDATE bulk_rows SET waiting = 0 WHERE message_seq = ?').run(messageSeq)
}

/** False when the message belongs to no job. */
export function backToQueue(db: Database, messageSeq: number, now: number): boolean {
  const { changes } = prepared(db, 'UPDATE bulk_rows SET waiting = 1 WHERE message_seq = ?').run(messageSeq)
  if (changes === 0) return false
  prepared(db, "UPDATE messages SET state = 'queued', updated_at = ? WHERE seq = ?").run(now, messageSeq)
  return true
}

const newestSeqs = new WeakMap<Database, number>()

/** Of the messages that belong to a job; those after it are known to belong to none, without looking. */
function newestOfJobs(db: Database): number {
  const known = newestSeqs.get(db)
  if (known !== undefined) return known
  const sql = 'SELECT max(message_seq) AS newest FROM bulk_rows WHERE message_seq IS NOT NULL'
  const { newest } = prepared(db, sql).get() as { newest: number | null }
  newestSeqs.set(db, newest ?? 0)
  return newest ?? 0
}

/** Counts the end of a message for the job that it belongs to, if it belongs to one. */
export function countForJob(
  db: Database,
  messageSeq: number,
  state: MessageState,
  code: OutcomeCode | null,
): void {
  if (messageSeq > newestOfJobs(db)) return
  prepared(
    db,
    `INSERT INTO bulk_counts (job, state, code, count)
     SELECT job, ?, ?, 1 FROM bulk_rows WHERE message_seq = ?
     ON CONFLICT (job, state, code) DO UPDATE SET count = count + 1`,
  ).run(state, code ?? '', messageSeq)
}

/** Takes back what `countForJob` counted for a message that has another end now. */
export function uncountForJob(
  db: Database,
  messageSeq: number,
  state: MessageState,
  code: OutcomeCode,
): void {
  prepared(
    db,
    `UPDATE bulk_counts SET count = count - 1
     WHERE job = (SELECT job FROM bulk_rows WHERE message_seq = ?) AND state = ? AND code = ?`,
  ).run(messageSeq, state, code)
}

export function countsOfJob(
  db: Database,
  job: number,
): { state: MessageState; code: string; count: number }[] {
  return prepared(db, 'SELECT state, code, count FROM bulk_counts WHERE job = ? ORDER BY count DESC').all(
    job,
  ) as { state: MessageState; code: string; count: number }[]
}

/** Cancels some of those that wait; answers how many. */
export function cancelWaiting(db: Database, job: number, limit: number, now: number): number {
  const waiting = listWaiting(db, job, 0, limit)
  for (const { message_seq: seq } of waiting) {
    takeFromQueue(db, seq)
    const cancel = prepared(
      db,
      `UPDATE messages SET state = 'cancelled', updated_at = ?, outcome_class = 'cancelled',
         outcome_code = 'cancelled_before_sending' WHERE seq = ?`,
    )
    endingWaiting(db, seq, () => cancel.run(now, seq))
    countForJob(db, seq, 'cancelled', 'cancelled_before_sending')
  }
  return waiting.length
}
