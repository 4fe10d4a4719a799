import type { Database } from 'better-sqlite3'

export interface Migration {
  version: number
  name: string
  sql: string
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.reduce((newest, { version }) => Math.max(newest, version), 0)
}

/**
 * Brings a store to the newest version, each step in one transaction with its number, so that a step that fails leaves
 * the store as it was before it. `copyFirst` is called with the first step's version, except for a new store. Throws
 * `MigrationError`, and what `copyFirst` throws.
 */
export function migrate(
  db: Database,
  migrations: readonly Migration[],
  copyFirst: (version: number) => void,
): void {
  const current = Number(db.pragma('user_version', { simple: true }))
  const pending = migrations.filter(({ version }) => version > current)
  const [first] = pending
  if (!first) return
  if (current > 0) copyFirst(first.version)
  // A table that is made anew under an old name would drop the rows that refer to it.
  db.pragma('foreign_keys = OFF')
  try {
    for (const migration of pending) apply(db, migration)
  } finally {
    db.pragma('foreign_keys = ON')
  }
}

export class MigrationError extends Error {
  constructor(migration: Migration, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`The store could not be brought to version ${migration.version} (${migration.name}): ${why}`, {
      cause,
    })
    this.name = 'MigrationError'
  }
}

function apply(db: Database, migration: Migration): void {
  try {
    db.exec('BEGIN IMMEDIATE')
    db.exec(migration.sql)
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`${broken.length} rows refer to rows that are not there`)
    db.pragma(`user_version = ${migration.version}`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw new MigrationError(migration, error)
  }
}
