import type { Database } from 'better-sqlite3'
import { prepared } from '../prepared.ts'

/** A number that wants no more messages. */
export interface OptOutRow {
  number: string
  at: number
  /** What was replied; empty: by hand. */
  word: string
  provider_id: string | null
}

/** Answers whether it was none before. */
export function optOut(db: Database, { number, at, word, provider_id }: OptOutRow): boolean {
  const { changes } = prepared(
    db,
    'INSERT INTO opt_outs (number, at, word, provider_id) VALUES (?, ?, ?, ?) ON CONFLICT (number) DO NOTHING',
  ).run(number, at, word, provider_id)
  return changes === 1
}

/** Answers whether it was one before. */
export function optIn(db: Database, number: string): boolean {
  return prepared(db, 'DELETE FROM opt_outs WHERE number = ?').run(number).changes === 1
}

export function getOptOut(db: Database, number: string): OptOutRow | undefined {
  return prepared(db, 'SELECT * FROM opt_outs WHERE number = ?').get(number) as OptOutRow | undefined
}

/** Newest first, after another one; `part` is a piece of the number. */
export function listOptOuts(
  db: Database,
  part: string,
  after: { at: number; number: string } | null,
  limit: number,
): OptOutRow[] {
  return prepared(
    db,
    `SELECT * FROM opt_outs WHERE instr(number, ?) > 0 AND (at, number) < (?, ?)
     ORDER BY at DESC, number DESC LIMIT ?`,
  ).all(part, after?.at ?? Number.MAX_SAFE_INTEGER, after?.number ?? '', limit) as OptOutRow[]
}
