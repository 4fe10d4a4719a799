import SqliteDatabase, { type Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { LogFilter } from '#shared/message-log.ts'
import { walkLog } from '../../../electron/db/log/message-log.ts'
import { lastTestOf, lastValuesOf } from '../../../electron/db/messages.ts'
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

/** None of them walks through a provider's mass messages, of which there may be a million. */
it.each([
  ['the last values', (db: Database) => lastValuesOf(db, 'p'), 'messages_with_values (provider_id=?)'],
  ['the last test', (db: Database) => lastTestOf(db, 'p', 0), 'messages_tests (provider_id=?)'],
])('an index of its own finds %s', (_what, work, expected) => {
  expect(planOf(work)).toContain(expected)
})

/** One message, so that the walk has something to ask for. */
const message = `INSERT INTO messages (id, created_at, updated_at, test, simulated, to_number, sender, body, encoding,
  segments, placeholder_values, state, provider_name) VALUES ('m', 1, 1, 1, 0, '+1', '', '', '', 1, '{}', 'failed', '')`

const errors = {
  scope: { kind: 'all' },
  class: 'rejected',
  code: 'vendor_code',
  vendorCode: '',
  words: '',
  since: 0,
  until: 900_000,
} as const

it.each<[string, Partial<LogFilter>, string]>([
  ['tests', { providerId: 'p', test: true }, 'messages_tests (provider_id=? AND seq>? AND seq<?)'],
  ['a provider', { providerId: 'p' }, 'messages_by_provider (provider_id=? AND seq>? AND seq<?)'],
  ['failures', { states: ['failed'] }, 'messages_ended_apart (state=? AND seq>? AND seq<?)'],
  ['an outcome', { outcomeClass: 'unknown' }, 'messages_not_accepted (outcome_class=? AND seq>? AND seq<?)'],
  ['doubles', { mayArriveTwice: true }, 'messages_twice (may_arrive_twice=? AND seq>? AND seq<?)'],
  ['errors of the stats', { counted: errors }, 'messages_ended_apart (state=? AND seq>? AND seq<?)'],
  ['anything', {}, 'SEARCH messages USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
])('the log finds %s by the index for it', (_what, filter, expected) => {
  const walk = { from: Infinity, towards: 'older', most: 9, budget: 9 } as const
  const plan = planOf((db) => {
    db.exec(message)
    walkLog(db, { providerId: null, ...filter }, walk)
  })
  expect(plan).toContain(expected)
  expect(plan).not.toContain('TEMP B-TREE')
  expect(plan).not.toContain('SCAN')
})
