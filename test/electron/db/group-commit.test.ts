import SqliteDatabase, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GroupCommit } from '../../../electron/db/group-commit.ts'

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
