import SqliteDatabase, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GroupCommit } from '../../../electron/db/group-commit.ts'
import type { LogSync } from '../../../electron/db/wal-sync.ts'

/** Every statement that begins or ends a transaction, and the database. */
function recorded() {
  const statements: string[] = []
  const db = new SqliteDatabase(':memory:', {
    verbose: (sql) => {
      if (/^(BEGIN|COMMIT|ROLLBACK)/.test(String(sql))) statements.push(String(sql))
    },
  })
  onTestFinished(() => void db.close())
  db.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY CHECK (n >= 0)) STRICT')
  return { db, statements, group: new GroupCommit(db) }
}

const insert = (n: number) => (db: Database) => db.prepare('INSERT INTO numbers VALUES (?)').run(n)
const numbersOf = (db: Database) => db.prepare('SELECT n FROM numbers ORDER BY n').pluck().all()

describe('group commit', () => {
  it('commits all writes of one turn of the event loop together', async () => {
    const { db, statements, group } = recorded()
    await Promise.all(Array.from({ length: 500 }, (_, n) => group.add(insert(n))))
    expect(statements).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
    expect(numbersOf(db)).toHaveLength(500)
  })

  it('resolves with what the work answered, after the commit', async () => {
    const { db, group } = recorded()
    const seen = group.add(() => 'answer').then((answer) => [answer, db.inTransaction])
    expect(db.inTransaction).toBe(false)
    expect(await seen).toEqual(['answer', false])
  })

  it('refuses only the write that fails, and undoes all of its changes', async () => {
    const { db, group } = recorded()
    const failing = group.add((inner) => {
      insert(50)(inner)
      insert(-1)(inner)
    })
    const results = await Promise.allSettled([group.add(insert(1)), failing, group.add(insert(2))])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(numbersOf(db)).toEqual([1, 2])
  })

  it('needs few transactions although one write of many fails', async () => {
    const { statements, group } = recorded()
    await Promise.allSettled(Array.from({ length: 1000 }, (_, n) => group.add(insert(n === 700 ? -1 : n))))
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(2)
  })

  it('does what the writes would have done one after the other, whichever fail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 40 }), async (wanted) => {
        const { db, group } = recorded()
        const results = await Promise.allSettled(wanted.map((n) => group.add(insert(n))))
        const kept = new Set<number>()
        const expected = wanted.map((n) => (n < 0 || kept.has(n) ? 'rejected' : (kept.add(n), 'fulfilled')))
        expect(results.map(({ status }) => status)).toEqual(expected)
        expect(numbersOf(db)).toEqual([...kept].sort((one, other) => one - other))
        db.close()
      }),
      { numRuns: 300 },
    )
  })

  it('refuses work that is asynchronous, as its end would lie outside the transaction', async () => {
    const { db, group } = recorded()
    await expect(group.add(async () => {})).rejects.toThrow('asynchronous')
    await group.add(insert(1))
    expect(numbersOf(db)).toEqual([1])
  })

  it('takes writes that come while it settles others', async () => {
    const { db, group } = recorded()
    await group.add(insert(1)).then(() => group.add(insert(2)))
    expect(numbersOf(db)).toEqual([1, 2])
  })

  it('commits what is queued at once when told to', () => {
    const { db, group } = recorded()
    void group.add(insert(1))
    group.commitQueued()
    expect(numbersOf(db)).toEqual([1])
  })

  it('leaves the event loop free between large batches', async () => {
    const { statements, group } = recorded()
    await Promise.all(Array.from({ length: 25_000 }, (_, n) => group.add(insert(n))))
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(3)
  })
})

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
    expect(recorded().db.pragma('synchronous', { simple: true })).toBe(2)
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
