import type { Database, Statement } from 'better-sqlite3'

const caches = new WeakMap<Database, Map<string, Statement>>()

/**
 * The statement of this text, prepared once for each connection. SQLite prepares one that joins tables anew each time it
 * is given other values, as they might want another plan, and that takes ten times as long as running it: where it runs
 * often, write `+?`, which no plan depends on.
 */
export function prepared(db: Database, sql: string): Statement {
  let statements = caches.get(db)
  if (!statements) {
    statements = new Map()
    caches.set(db, statements)
  }
  let statement = statements.get(sql)
  if (!statement) {
    statement = db.prepare(sql)
    statements.set(sql, statement)
  }
  return statement
}
