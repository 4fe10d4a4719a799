import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { newestVersion, type Migration } from '../../../electron/db/migrate.ts'
import { migrations } from '../../../electron/db/migrations/index.ts'
import { filledStore, storeFile } from './fixtures/damage.ts'
import { addMessages, countMessages, openIn, preferenceNames, temporaryFolder } from './fixtures/workspace.ts'

const newest = newestVersion(migrations)

const addColumn = (version: number): Migration => ({
  version,
  name: 'a-column',
  sql: `ALTER TABLE preferences ADD COLUMN extra${version} TEXT; UPDATE preferences SET extra${version} = 'new';`,
})

/** Its first statements work. */
const failing = (version: number): Migration => ({
  version,
  name: 'broken',
  sql: "DELETE FROM preferences; CREATE TABLE half (x TEXT); INSERT INTO nowhere VALUES ('x');",
})

function schemaOf(folder: string): unknown[] {
  const db = new SqliteDatabase(storeFile(folder), { readonly: true })
  const rows = db.prepare('SELECT sql FROM sqlite_master ORDER BY name').pluck().all()
  db.close()
  return rows
}

describe('migrations', () => {
  it('are numbered from 1 on without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('are the files of their folder', () => {
    const folder = join(import.meta.dirname, '../../../electron/db/migrations')
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
    expect(migrations.map(({ sql }) => sql)).toEqual(
      files.map((name) => readFileSync(join(folder, name), 'utf8')),
    )
  })

  it('bring an older store forward, after a copy of it', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 20)
    const handle = openIn(folder, {
      migrations: [...migrations, addColumn(newest + 1), addColumn(newest + 2)],
    })
    const row = handle.store.read((db) => db.prepare('SELECT * FROM preferences').get())
    expect(row).toEqual({
      name: 'marker',
      value: 'x',
      [`extra${newest + 1}`]: 'new',
      [`extra${newest + 2}`]: 'new',
    })
    expect(handle.store.read((db) => db.pragma('user_version', { simple: true }))).toBe(newest + 2)
    const copies = readdirSync(join(folder, 'backups'))
    expect(copies).toEqual([expect.stringMatching(new RegExp(`^before-${newest + 1}-.*\\.sqlite$`))])
    const copy = new SqliteDatabase(join(folder, 'backups', copies[0] ?? ''), { readonly: true })
    expect([copy.pragma('user_version', { simple: true }), countMessages(copy)]).toEqual([newest, 20])
    copy.close()
  })

  it('make no copy of a store that is new', () => {
    const folder = temporaryFolder()
    openIn(folder)
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })

  it('leave the store as it was when one fails in the middle', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 20)
    const before = schemaOf(folder)
    const handle = openIn(folder, { migrations: [...migrations, failing(newest + 1)] })
    expect(handle.status()).toMatchObject({
      state: 'unreadable',
      reason: expect.stringContaining(`could not be brought to version ${newest + 1} (broken)`),
    })
    expect(schemaOf(folder)).toEqual(before)
    const again = openIn(folder)
    expect(again.store.read(preferenceNames)).toEqual(['marker'])
    expect(again.store.read((db) => db.pragma('user_version', { simple: true }))).toBe(newest)
  })

  it('refuse to leave rows that refer to nothing', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 0)
    const orphan = "INSERT INTO secrets VALUES ('nobody', 'token', 'k', 'v1', 1)"
    const handle = openIn(folder, {
      migrations: [...migrations, { version: newest + 1, name: 'orphan', sql: orphan }],
    })
    expect(handle.status()).toMatchObject({
      state: 'unreadable',
      reason: expect.stringContaining('refer to rows'),
    })
    const again = openIn(folder)
    expect(again.store.read((db) => db.prepare('SELECT count(*) FROM secrets').pluck().get())).toBe(0)
  })

  it('may make a table anew without losing the rows that refer to it', async () => {
    const folder = temporaryFolder()
    const first = openIn(folder)
    first.store.writeNow((db) => {
      const columns = 'id, name, kind, settings, created_at, updated_at'
      db.exec(`INSERT INTO providers (${columns}) VALUES ('p', 'Acme', 'generic', '{}', 1, 1)`)
      db.prepare("INSERT INTO secrets VALUES ('p', 'token', 'k', 'v1', 1)").run()
    })
    await first.close()
    const sql = `CREATE TABLE anew (id TEXT PRIMARY KEY, name TEXT NOT NULL);
      INSERT INTO anew SELECT id, name FROM providers; DROP TABLE providers; ALTER TABLE anew RENAME TO providers;`
    const handle = openIn(folder, { migrations: [...migrations, { version: newest + 1, name: 'anew', sql }] })
    expect(handle.store.read((db) => db.prepare('SELECT count(*) FROM secrets').pluck().get())).toBe(1)
    expect(handle.store.read((db) => db.pragma('foreign_keys', { simple: true }))).toBe(1)
  })

  it('leave messages and what belongs to them as they were when their table is made anew', async () => {
    const folder = temporaryFolder()
    const old = openIn(folder, { migrations: migrations.slice(0, 12) })
    old.store.writeNow((db) => {
      addMessages(db, 0, 20)
      db.exec(`UPDATE messages SET state = 'undelivered', outcome_class = 'unknown', attempts = 2, country = 'US',
          cost = 0.07, currency = 'EUR', run_of = 'one', settled_as = 'sent', settled_at = 5 WHERE seq % 3 = 0;
        UPDATE messages SET state = 'queued', group_id = 'g', group_name = 'G', may_arrive_twice = 1 WHERE seq % 3 = 1;
        INSERT INTO attempts (message_seq, position, provider_name, started_at) SELECT seq, 1, 'Acme', 1 FROM messages;
        DELETE FROM messages WHERE seq = 7`)
    })
    const whole = (db: Database) =>
      ['messages', 'attempts'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY seq`).all())
    const around = (db: Database) =>
      db.prepare(`SELECT type, name FROM sqlite_master WHERE tbl_name = 'messages' ORDER BY name`).all()
    const [before, names] = [old.store.read(whole), old.store.read(around)]
    await old.close()
    const { store } = openIn(folder, { migrations: migrations.slice(0, 13) })
    expect(store.read(whole)).toEqual(before)
    expect(store.read(around)).toEqual(names)
    expect(store.read((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
    store.writeNow((db) => db.exec('DELETE FROM messages'))
    expect(store.read(whole)).toEqual([[], []])
  })

  it('leave callbacks as they were when their tables are made anew, and no seq is given again', async () => {
    const folder = temporaryFolder()
    const old = openIn(folder, { migrations: migrations.slice(0, 18) })
    const add = (db: Database, id: string) =>
      db
        .prepare(
          `INSERT INTO callbacks (id, received_at, provider_id, origin, simulated, method, target, remote, signature,
             status, answer, headers, body)
           VALUES (?, 1, 'p', 'replay', 1, 'POST', '/c/x', '127.0.0.1', 'absent', 200, '{}', '[]', x'00ff')`,
        )
        .run(id).lastInsertRowid
    old.store.writeNow((db) => {
      addMessages(db, 0, 3)
      for (const id of ['one', 'two', 'three']) add(db, id)
      db.exec(`INSERT INTO callback_readings (callback, kinds, effects, count, apart) SELECT seq, 1, 1, 1, 0 FROM callbacks;
        INSERT INTO callback_items (callback, position, kind, message_seq, attempt, open, effect, id_may_be_longer)
          SELECT seq, 0, 'receipt', 1, 1, 0, 'counted', 0 FROM callbacks;
        INSERT INTO attempt_receipts VALUES (1, 1, 'undelivered', 2, '30005', 'Unknown', 3), (2, 1, NULL, 1, NULL, NULL, 0);
        DELETE FROM callbacks WHERE id = 'three'`)
    })
    const tables = ['callbacks', 'callback_readings', 'callback_items', 'attempt_receipts']
    const whole = (db: Database) =>
      tables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all())
    const around = (db: Database) =>
      db
        .prepare(
          `SELECT type, name FROM sqlite_master WHERE tbl_name IN ('callbacks', 'attempt_receipts', 'messages')
             OR type = 'view' ORDER BY name`,
        )
        .all()
    const [before, names] = [old.store.read(whole), old.store.read(around)]
    await old.close()
    const { store } = openIn(folder)
    expect(store.read(whole)).toEqual(before)
    expect(store.read(around)).toEqual(names)
    expect(store.read((db) => db.prepare('SELECT * FROM stats_messages').all())).toEqual([])
    expect(store.writeNow((db) => add(db, 'four'))).toBe(4)
    store.writeNow((db) => db.exec('DELETE FROM callbacks; DELETE FROM messages'))
    expect(store.read(whole)).toEqual([[], [], [], []])
    expect(store.read((db) => db.pragma('foreign_key_check'))).toEqual([])
  })

  it('keep the three newest copies', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 1)
    const all = [...migrations]
    for (let version = newest + 1; version <= newest + 5; version += 1) {
      all.push(addColumn(version))
      await openIn(folder, { migrations: all, now: () => Date.now() + version * 1000 }).close()
    }
    const copies = readdirSync(join(folder, 'backups')).map((name) => Number(/\d+/.exec(name)?.[0]))
    expect(copies.toSorted((one, other) => one - other)).toEqual([3, 4, 5].map((step) => newest + step))
  })
})
