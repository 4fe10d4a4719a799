import type { Database } from 'better-sqlite3'
import type { BulkFailure, BulkJob, BulkSetup } from '#shared/bulk.ts'
import { countsOfJob, type BulkJobRow } from '../db/jobs/bulk.ts'
import type { JobRun } from './job-run.ts'

const sentStates = new Set(['sent', 'delivered'])

/** `run`: while it is running, and since when by itself. */
export function jobView(
  db: Database,
  row: BulkJobRow,
  run: { run: JobRun; resumedAt: number | null } | undefined,
): BulkJob {
  const counts = countsOfJob(db, row.seq)
  const sum = (wanted: (state: string) => boolean) =>
    counts.filter(({ state }) => wanted(state)).reduce((total, { count }) => total + count, 0)
  const sent = sum((state) => sentStates.has(state))
  const cancelled = sum((state) => state === 'cancelled')
  const failed = sum((state) => !sentStates.has(state) && state !== 'cancelled')
  const setup = JSON.parse(row.setup) as BulkSetup
  const left = row.messages - sent - failed - cancelled
  const speed = run?.run.speed ?? null
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    target: setup.target,
    targetName: row.target_name,
    text: setup.text,
    test: setup.test,
    perSecond: setup.perSecond,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    messages: row.messages,
    refused: row.refused,
    segments: row.segments,
    sent,
    failed,
    cancelled,
    sending: Math.min(run?.run.inFlight ?? 0, left),
    failures: counts
      .filter(({ state }) => !sentStates.has(state))
      .map(({ state, code, count }) => ({ state, code: code || null, count }) as BulkFailure),
    trouble: row.trouble,
    speed,
    leftMs: speed === null ? null : Math.round((left / speed) * 1000),
    resumedAt: run?.resumedAt ?? null,
  }
}
