import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export interface GroupRow {
  id: string
  name: string
  notes: string
  /** JSON of the policies. */
  policies: string
  is_default: 0 | 1
  created_at: number
  updated_at: number
}

const rowsKept = new WeakMap<Database, Map<string, GroupRow>>()
const membersKept = new WeakMap<Database, Map<string, readonly string[]>>()

/** What a transaction has not yet committed is never kept. */
function keep<T>(all: WeakMap<Database, Map<string, T>>, db: Database, id: string, found: T): void {
  if (db.inTransaction) return
  const known = all.get(db) ?? new Map<string, T>()
  all.set(db, known.set(id, found))
}

/** Whatever writes groups calls it; also for members that another connection has deleted. */
export function forgetGroups(db: Database): void {
  rowsKept.delete(db)
  membersKept.delete(db)
}

/** Kept in memory, as each message through the group asks for it. */
export function getGroup(db: Database, id: string): GroupRow | undefined {
  const kept = rowsKept.get(db)?.get(id)
  if (kept) return kept
  const row = prepared(db, 'SELECT * FROM provider_groups WHERE id = ?').get(id) as GroupRow | undefined
  if (row) keep(rowsKept, db, id, row)
  return row
}

export function listGroups(db: Database): GroupRow[] {
  return prepared(db, 'SELECT * FROM provider_groups ORDER BY name COLLATE NOCASE').all() as GroupRow[]
}

/** Whatever the case, in any script: SQLite itself only knows the cases of ASCII. */
export function findGroupByName(db: Database, name: string): GroupRow | undefined {
  const wanted = name.toLowerCase()
  return listGroups(db).find((row) => row.name.toLowerCase() === wanted)
}

/** The providers' ids, the first to be tried first; kept in memory as the group is. */
export function membersOf(db: Database, groupId: string): readonly string[] {
  const kept = membersKept.get(db)?.get(groupId)
  if (kept) return kept
  const rows = prepared(db, 'SELECT provider_id FROM group_members WHERE group_id = ? ORDER BY position').all(
    groupId,
  ) as { provider_id: string }[]
  const members = rows.map((row) => row.provider_id)
  if (members.length > 0) keep(membersKept, db, groupId, members)
  return members
}

export function countriesOf(db: Database, groupId: string): string[] {
  const rows = prepared(db, 'SELECT country FROM group_countries WHERE group_id = ? ORDER BY country').all(
    groupId,
  ) as { country: string }[]
  return rows.map((row) => row.country)
}

/** The group that a country's numbers go through. */
export function groupOfCountry(db: Database, country: string): GroupRow | undefined {
  return prepared(
    db,
    `SELECT provider_groups.* FROM group_countries JOIN provider_groups ON id = group_id WHERE country = ?`,
  ).get(country) as GroupRow | undefined
}

export function groupsWith(db: Database, providerId: string): GroupRow[] {
  return prepared(
    db,
    `SELECT provider_groups.* FROM group_members JOIN provider_groups ON id = group_id
     WHERE provider_id = ? ORDER BY name COLLATE NOCASE`,
  ).all(providerId) as GroupRow[]
}

export interface SavedGroup {
  id: string
  name: string
  notes: string
  policies: string
  members: readonly string[]
  countries: readonly string[]
  now: number
}

/** `updated_at` grows with each save, so that it tells one version from another. */
export function saveGroup(db: Database, group: SavedGroup): void {
  forgetGroups(db)
  const { id, name, notes, policies, members, countries, now } = group
  prepared(
    db,
    `INSERT INTO provider_groups (id, name, notes, policies, created_at, updated_at)
     VALUES (@id, @name, @notes, @policies, @now, @now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, notes = excluded.notes, policies = excluded.policies,
       updated_at = max(excluded.updated_at, updated_at + 1)`,
  ).run({ id, name, notes, policies, now })
  prepared(db, 'DELETE FROM group_members WHERE group_id = ?').run(id)
  const member = prepared(db, 'INSERT INTO group_members (group_id, position, provider_id) VALUES (?, ?, ?)')
  members.forEach((providerId, index) => member.run(id, index + 1, providerId))
  prepared(db, 'DELETE FROM group_countries WHERE group_id = ?').run(id)
  const country = prepared(db, 'INSERT INTO group_countries (country, group_id) VALUES (?, ?)')
  for (const one of countries) country.run(one, id)
}

export function deleteGroup(db: Database, id: string): void {
  forgetGroups(db)
  prepared(db, 'DELETE FROM provider_groups WHERE id = ?').run(id)
}

/** One provider or group is the default at most. */
export function setDefaultGroup(db: Database, id: string): void {
  forgetGroups(db)
  prepared(db, 'UPDATE providers SET is_default = 0 WHERE is_default = 1').run()
  prepared(db, 'UPDATE provider_groups SET is_default = 0 WHERE is_default = 1 AND id <> ?').run(id)
  prepared(db, 'UPDATE provider_groups SET is_default = 1 WHERE id = ?').run(id)
}

export function clearDefaultGroup(db: Database): void {
  forgetGroups(db)
  prepared(db, 'UPDATE provider_groups SET is_default = 0 WHERE is_default = 1').run()
}

export function defaultGroup(db: Database): GroupRow | undefined {
  return prepared(db, 'SELECT * FROM provider_groups WHERE is_default = 1').get() as GroupRow | undefined
}
