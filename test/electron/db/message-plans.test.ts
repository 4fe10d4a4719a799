import SqliteDatabase, { type Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { lastTestOf, lastValuesOf, listMessages } from '../../../electron/db/messages.ts'
import { migrations } from '../../../electron/db/migrations/index.ts'

/** How SQLite goes about what the work asks of a store of the newest version. */
function planOf(work: (db: Database) => unknown): string {
  const asked: string[] = []
  const db = new SqliteDatabase(':memory:', { verbose: (sql) => void asked.push(String(sql)) })
  for (const { sql } of migrations) db.exec(sql)
  asked.length = 0
  work(db)
  const plans = [...asked].map((sql) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
  db.close()
  return (plans.flat() as { detail: string }[]).map(({ detail }) => detail).join('\n')
}

const page = { providerId: 'p', test: true, before: null, limit: 30 }

/** None of them walks through a provider's mass messages, of which there may be a million. */
it.each([
  ['the last values', (db: Database) => lastValuesOf(db, 'p'), 'messages_with_values (provider_id=?)'],
  ['the last test', (db: Database) => lastTestOf(db, 'p', 0), 'messages_tests (provider_id=?)'],
  ['the tests', (db: Database) => listMessages(db, page), 'messages_tests (provider_id=?)'],
  [
    'older tests',
    (db: Database) => listMessages(db, { ...page, before: 'm' }),
    'messages_tests (provider_id=? AND seq<?)',
  ],
])('an index of its own finds %s', (_what, work, expected) => {
  expect(planOf(work)).toContain(expected)
})
