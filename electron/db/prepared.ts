import type { Database, Statement } from 'better-sqlite3'

const caches = new WeakMap<Database, Map<string, Statement>>()

/** The statement of this text, prepared once for each connection. */
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
