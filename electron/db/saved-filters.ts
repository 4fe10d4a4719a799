import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export interface SavedFilterRow {
  id: string
  name: string
  /** JSON. */
  filter: string
}

export function listSavedFilters(db: Database): SavedFilterRow[] {
  return prepared(
    db,
    'SELECT id, name, filter FROM saved_filters ORDER BY name COLLATE NOCASE',
  ).all() as SavedFilterRow[]
}

export function saveFilter(db: Database, row: SavedFilterRow, now: number): void {
  prepared(
    db,
    `INSERT INTO saved_filters (id, name, filter, updated_at) VALUES (@id, @name, @filter, @now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter, updated_at = excluded.updated_at`,
  ).run({ ...row, now })
}

export function deleteSavedFilter(db: Database, id: string): void {
  prepared(db, 'DELETE FROM saved_filters WHERE id = ?').run(id)
}
