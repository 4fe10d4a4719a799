import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export function readPreferences(db: Database): Record<string, unknown> {
  const rows = prepared(db, 'SELECT name, value FROM preferences').all() as { name: string; value: string }[]
  return Object.fromEntries(rows.map((row) => [row.name, JSON.parse(row.value) as unknown]))
}

export function writePreference(db: Database, name: string, value: unknown): void {
  prepared(
    db,
    'INSERT INTO preferences (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, JSON.stringify(value))
}
