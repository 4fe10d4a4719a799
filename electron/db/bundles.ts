import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export interface BundleRow {
  id: string
  opened_at: number
  sum: string
  /** JSON of the file. */
  content: string
  /** JSON: ids of the providers that were made for it. */
  providers: string
  group_id: string | null
}

export function insertBundle(db: Database, row: BundleRow): void {
  prepared(
    db,
    `INSERT INTO bundles (id, opened_at, sum, content, providers, group_id)
     VALUES (@id, @opened_at, @sum, @content, @providers, @group_id)`,
  ).run(row)
}

export function getBundle(db: Database, id: string): BundleRow | undefined {
  return prepared(db, 'SELECT * FROM bundles WHERE id = ?').get(id) as BundleRow | undefined
}

export function findBundleBySum(db: Database, sum: string): BundleRow | undefined {
  return prepared(db, 'SELECT * FROM bundles WHERE sum = ?').get(sum) as BundleRow | undefined
}

/** Newest first, without the files. */
export function listBundles(db: Database): Omit<BundleRow, 'content'>[] {
  return prepared(
    db,
    'SELECT id, opened_at, sum, providers, group_id FROM bundles ORDER BY opened_at DESC, id',
  ).all() as Omit<BundleRow, 'content'>[]
}

export function setBundleParts(
  db: Database,
  { id, providers, group_id }: Pick<BundleRow, 'id' | 'providers' | 'group_id'>,
): void {
  prepared(db, 'UPDATE bundles SET providers = ?, group_id = ? WHERE id = ?').run(providers, group_id, id)
}

export function deleteBundle(db: Database, id: string): void {
  prepared(db, 'DELETE FROM bundles WHERE id = ?').run(id)
}
