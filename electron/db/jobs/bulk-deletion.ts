import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'
import { endingWaiting } from '../rollups/changing-provider.ts'

/** From here on nobody sees it. False when it is running, gone or going already. */
export function beginDeletion(db: Database, id: string): boolean {
  const sql = "UPDATE bulk_jobs SET deleting = 1 WHERE id = ? AND deleting = 0 AND state <> 'running'"
  return prepared(db, sql).run(id).changes === 1
}

/** Those whose deletion has begun and is not through. */
export function listDeleting(db: Database): { seq: number; id: string }[] {
  return prepared(db, 'SELECT seq, id FROM bulk_jobs WHERE deleting = 1 ORDER BY seq').all() as {
    seq: number
    id: string
  }[]
}

/**
 * Removes some rows of a job, and with them the messages that were never tried; what was tried stays in the log. False
 * when none is left: then the job itself goes.
 */
export function deleteSome(db: Database, job: number, limit: number): boolean {
  const rows = prepared(
    db,
    'SELECT line, message_seq FROM bulk_rows WHERE job = ? ORDER BY line LIMIT ?',
  ).all(job, limit) as { line: number; message_seq: number | null }[]
  const untried = "DELETE FROM messages WHERE seq = ? AND attempts = 0 AND state IN ('queued', 'cancelled')"
  const tried = "UPDATE messages SET state = 'cancelled' WHERE seq = ? AND state = 'queued'"
  for (const { line, message_seq: seq } of rows) {
    prepared(db, 'DELETE FROM bulk_rows WHERE job = ? AND line = ?').run(job, line)
    if (seq === null) continue
    if (prepared(db, untried).run(seq).changes > 0) continue
    endingWaiting(db, seq, () => prepared(db, tried).run(seq))
  }
  if (rows.length === limit) return true
  prepared(db, 'DELETE FROM bulk_jobs WHERE seq = ?').run(job)
  return false
}
