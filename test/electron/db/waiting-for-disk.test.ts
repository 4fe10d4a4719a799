import SqliteDatabase, { type Database } from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GroupCommit } from '../../../electron/db/group-commit.ts'
import type { LogSync } from '../../../electron/db/wal-sync.ts'

const insert = (n: number) => (db: Database) => db.prepare('INSERT INTO numbers VALUES (?)').run(n)
const numbersOf = (db: Database) => db.prepare('SELECT n FROM numbers ORDER BY n').pluck().all()

/** A disk that is as slow as the test says. */
function withSlowDisk() {
  const db = new SqliteDatabase(':memory:')
  onTestFinished(() => void db.close())
  db.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY CHECK (n >= 0)) STRICT')
  const waiting: ((error: Error | null) => void)[] = []
  const events: string[] = []
  const disk: LogSync = {
    possible: true,
    sync: (done) => void waiting.push(done),
    syncNow: () => void events.push('synced now'),
    close: () => void events.push('closed'),
  }
  let clock = 0
  const group = new GroupCommit(db, disk, () => clock)
  const add = (n: number) =>
    group.add(insert(n)).then(
      () => events.push(`told ${n}`),
      (error: Error) => events.push(`refused ${n}: ${error.message}`),
    )
  const finish = (error: Error | null = null, tookMs = 10) => {
    clock += tookMs
    waiting.shift()?.(error)
  }
  return { db, group, waiting, events, add, finish }
}

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('waiting for the disk', () => {
  it('leaves the transaction to SQLite and the waiting to the log', () => {
    const { db } = withSlowDisk()
    expect(db.pragma('synchronous', { simple: true })).toBe(1)
    const alone = new SqliteDatabase(':memory:')
    onTestFinished(() => void alone.close())
    new GroupCommit(alone).close()
    expect(alone.pragma('synchronous', { simple: true })).toBe(2)
  })

  it('tells nobody of a write before it is on the disk', async () => {
    const { db, waiting, events, add, finish } = withSlowDisk()
    const added = add(1)
    await turns(5)
    expect([numbersOf(db), waiting.length, events]).toEqual([[1], 1, []])
    finish()
    await added
    expect(events).toEqual(['told 1'])
  })

  it('gathers what comes meanwhile into one more transaction', async () => {
    const { db, waiting, events, add, finish } = withSlowDisk()
    const first = add(0)
    await turns(5)
    const rest: Promise<unknown>[] = []
    for (let n = 1; n <= 20; n += 1) {
      rest.push(add(n))
      await turns(1)
    }
    expect([numbersOf(db), waiting.length]).toEqual([[0], 1])
    finish()
    await first
    await turns(5)
    expect([numbersOf(db).length, waiting.length, events]).toEqual([21, 1, ['told 0']])
    finish()
    await Promise.all(rest)
    expect(events).toHaveLength(21)
  })

  it('sends a large batch to a quick disk in two halves, and tells each when it is there', async () => {
    const { db, waiting, events, add, finish } = withSlowDisk()
    const first = add(0)
    await turns(2)
    finish(null, 1)
    await first
    const rest = Array.from({ length: 40 }, (_, n) => add(n + 1))
    await turns(1)
    expect([numbersOf(db).length, waiting.length]).toEqual([21, 1])
    await turns(2)
    expect([numbersOf(db).length, waiting.length, events.length]).toEqual([41, 1, 1])
    finish(null, 1)
    await turns(2)
    expect([waiting.length, events.length, events.at(-1)]).toEqual([1, 21, 'told 20'])
    finish(null, 1)
    await Promise.all(rest)
    expect(events).toHaveLength(41)
  })

  it.each([
    ['a quick disk', 1, 2],
    ['a slow disk', 10, 1],
  ])('commits one write of many rows while %s is at work, or waits', async (_case, tookMs, committed) => {
    const { db, group, add, finish } = withSlowDisk()
    const first = add(0)
    await turns(2)
    finish(null, tookMs)
    await first
    const second = add(1)
    await turns(2)
    const large = group.add(insert(2), 1)
    await turns(2)
    expect(numbersOf(db)).toHaveLength(committed + 1)
    finish()
    await turns(2)
    finish()
    await Promise.all([second, large])
    expect(numbersOf(db)).toEqual([0, 1, 2])
  })

  it('keeps writes together of which more are worth a transaction', async () => {
    const { db, group, add, finish } = withSlowDisk()
    const first = add(0)
    await turns(2)
    finish(null, 1)
    await first
    const rest = Array.from({ length: 40 }, (_, n) => group.add(insert(n + 1), 30))
    await turns(1)
    expect(numbersOf(db)).toHaveLength(41)
    const more = Array.from({ length: 29 }, (_, n) => group.add(insert(n + 100), 30))
    await turns(3)
    expect(numbersOf(db)).toHaveLength(41)
    const last = group.add(insert(200), 30)
    await turns(2)
    expect(numbersOf(db)).toHaveLength(71)
    finish()
    finish()
    await Promise.all([...rest, ...more, last])
  })

  it('refuses only the half that a quick disk did not take', async () => {
    const { events, add, finish } = withSlowDisk()
    const first = add(0)
    await turns(2)
    finish(null, 1)
    await first
    const rest = Array.from({ length: 40 }, (_, n) => add(n + 1))
    await turns(3)
    finish(new Error('EIO'), 1)
    finish(null, 1)
    await Promise.all(rest)
    expect(events.filter((event) => event.startsWith('told'))).toHaveLength(21)
    expect(events.filter((event) => event.endsWith('EIO'))).toHaveLength(20)
  })

  it.each([
    ['few writes', 1, 30],
    ['a slow disk', 10, 400],
  ])('keeps %s together', async (_case, tookMs, count) => {
    const { waiting, events, add, finish } = withSlowDisk()
    const first = add(0)
    await turns(2)
    finish(null, tookMs)
    await first
    const rest = Array.from({ length: count }, (_, n) => add(n + 1))
    await turns(3)
    finish()
    await Promise.all(rest)
    expect([waiting.length, events.length]).toEqual([0, count + 1])
  })

  it('refuses what the disk did not take, and goes on', async () => {
    const { events, add, finish } = withSlowDisk()
    const first = add(1)
    await turns(5)
    finish(new Error('EIO'))
    await first
    const second = add(2)
    await turns(5)
    finish()
    await second
    expect(events).toEqual(['refused 1: EIO', 'told 2'])
  })

  it('is cut short by a sync of its own, which serves all, each once', async () => {
    const { group, events, add, finish } = withSlowDisk()
    const first = add(1)
    await turns(5)
    const second = add(2)
    group.close()
    expect(events).toEqual(['synced now', 'closed'])
    await Promise.all([first, second])
    finish(new Error('EBADF'))
    await turns(2)
    expect(events).toEqual(['synced now', 'closed', 'told 1', 'told 2'])
  })

  it('refuses a whole transaction whose commit fails', async () => {
    const { db, group, waiting } = withSlowDisk()
    db.pragma('foreign_keys = ON')
    db.exec('CREATE TABLE parts (n INTEGER REFERENCES numbers (n) DEFERRABLE INITIALLY DEFERRED)')
    const failing = group.add((inner) => inner.exec('INSERT INTO parts VALUES (99)'))
    const results = await Promise.allSettled([group.add(insert(1)), failing])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect([numbersOf(db), waiting.length]).toEqual([[], 0])
  })
})
