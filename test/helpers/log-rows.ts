import { randomUUID } from 'node:crypto'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import type { MessageSummary } from '#shared/message.ts'
import { describePart, nextToDescribe } from '../../electron/db/log/log-blocks.ts'
import { storeFiles } from '../../electron/db/files/store-files.ts'

type Left = 'unknown' | 'encoding' | 'segments' | 'attempts' | 'duration' | 'cost' | 'runOf' | 'settled'
export type LogRow = Omit<MessageSummary, Left>

export function logRow(more: Partial<LogRow> = {}): LogRow {
  return {
    id: randomUUID(),
    createdAt: 1_700_000_000_000,
    test: false,
    simulated: false,
    to: '+14155550123',
    country: 'US',
    text: 'Hello',
    state: 'sent',
    providerId: null,
    providerName: 'Provider',
    providerMessageId: null,
    outcomeClass: 'accepted',
    outcomeCode: 'accepted',
    groupId: null,
    groupName: null,
    mayArriveTwice: false,
    ...more,
  }
}

/** Writes messages into a store as sending would have left them, over a connection of its own. */
export function addLogRows(folder: string, rows: readonly LogRow[]): void {
  withStore(folder, (db) => db.transaction(() => insertLogRows(db, rows))())
}

export function withStore<T>(folder: string, work: (db: Database) => T): T {
  const db = new SqliteDatabase(storeFiles(folder).main, { timeout: 5000 })
  db.pragma('foreign_keys = ON')
  try {
    return work(db)
  } finally {
    db.close()
  }
}

export function insertLogRows(db: Database, rows: readonly LogRow[]): void {
  const insert =
    db.prepare(`INSERT INTO messages (id, created_at, updated_at, test, simulated, to_number, country,
      sender, body, encoding, segments, placeholder_values, state, provider_id, provider_name, provider_message_id,
      outcome_class, outcome_code, attempts, duration, group_id, group_name, may_arrive_twice)
    VALUES (@id, @createdAt, @createdAt, @test, @simulated, @to, @country, '', @text, 'GSM-7', 1, '{}', @state,
      @providerId, @providerName, @providerMessageId, @outcomeClass, @outcomeCode, 1, 12.5, @groupId, @groupName,
      @mayArriveTwice)`)
  const flag = (on: boolean) => (on ? 1 : 0)
  for (const row of rows) {
    const { test, simulated, mayArriveTwice } = row
    insert.run({ ...row, test: flag(test), simulated: flag(simulated), mayArriveTwice: flag(mayArriveTwice) })
  }
}

/** Sets messages so far apart in the log that a few hundred fill several of the blocks by which it is described. */
export function spreadOut(db: Database, step = 15): void {
  db.exec(`UPDATE messages SET seq = -seq * ${step}; UPDATE messages SET seq = -seq`)
}

/** Describes the log as a host that stays does when it is quiet. Answers with the blocks that are described whole. */
export function describeLog(db: Database): number {
  db.transaction(() => {
    let after = -1
    for (;;) {
      const next = nextToDescribe(db, after)
      if (next === null) return
      if (describePart(db, next)) after = next
    }
  })()
  return Number(db.prepare('SELECT count(*) FROM log_blocks WHERE marked = 1').pluck().get())
}
