import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'

/** While the figures are made anew from the log, by this process: the mark is only looked up then. */
const making = new WeakSet<Database>()

export function setMaking(db: Database, on: boolean): void {
  if (on) making.add(db)
  else making.delete(db)
}

/** While what outlived its messages is copied, piece by piece, and has to stay as it is. */
const copying = new WeakSet<Database>()

export function setCopying(db: Database, on: boolean): void {
  if (on) copying.add(db)
  else copying.delete(db)
}

export function isCopying(db: Database): boolean {
  return copying.has(db)
}

export function isMaking(db: Database): boolean {
  return making.has(db)
}

/** Whether the message was looked at already for the figures that are made anew. */
export function markOf(db: Database, seq: number): boolean {
  if (!making.has(db)) return false
  const to = lookedTo(db)
  return to !== null && seq <= to
}

/** Null: none are being made. */
export function lookedTo(db: Database): number | null {
  const row = prepared(db, 'SELECT looked_to FROM stats_marks').get() as { looked_to: number | null }
  return row.looked_to
}

export function setLookedTo(db: Database, to: number | null): void {
  prepared(db, 'UPDATE stats_marks SET looked_to = ?').run(to)
}

/** Whether all messages of the log are in the figures. */
export function isComplete(db: Database): boolean {
  return prepared(db, 'SELECT complete FROM stats_marks').pluck().get() === 1
}

export function setComplete(db: Database): void {
  prepared(db, 'UPDATE stats_marks SET complete = 1').run()
}
