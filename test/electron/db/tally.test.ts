import SqliteDatabase, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GroupCommit } from '../../../electron/db/group-commit.ts'
import { tally } from '../../../electron/db/tally.ts'

const sql = `INSERT INTO counts VALUES (?, ?, ?, ?)
  ON CONFLICT (a, b) DO UPDATE SET one = one + excluded.one, two = two + excluded.two`

function counted() {
  const written: string[] = []
  const db = new SqliteDatabase(':memory:', {
    verbose: (text) => {
      if (String(text).startsWith('INSERT INTO counts')) written.push(String(text))
    },
  })
  onTestFinished(() => void db.close())
  db.exec(
    'CREATE TABLE counts (a TEXT, b INTEGER, one INTEGER CHECK (one < 1000), two INTEGER, PRIMARY KEY (a, b))',
  )
  const rows = () => db.prepare('SELECT * FROM counts ORDER BY a, b').all()
  return { db, rows, written, group: new GroupCommit(db) }
}

const add = (a: string, b: number, one: number, two: number) => (db: Database) =>
  tally(db, sql, [a, b], [one, two])

describe('what is counted', () => {
  it('is written once for each row of a transaction', async () => {
    const { rows, written, group } = counted()
    await Promise.all(Array.from({ length: 30 }, (_, n) => group.add(add('x', n % 2, 1, n))))
    expect(rows()).toEqual([
      { a: 'x', b: 0, one: 15, two: 210 },
      { a: 'x', b: 1, one: 15, two: 225 },
    ])
    expect(written).toHaveLength(2)
  })

  it('is written at once outside of a group’s transaction, after one that was undone, too', async () => {
    const { db, rows, written, group } = counted()
    const failing = group.add(() => {
      throw new Error('refused')
    })
    await expect(failing).rejects.toThrow('refused')
    for (const two of [3, 4]) add('x', 1, 1, two)(db)
    expect([rows(), written.length]).toEqual([[{ a: 'x', b: 1, one: 2, two: 7 }], 2])
  })

  it('leaves out what was counted by writes that fail, and nothing else', async () => {
    const write = fc.record({ a: fc.constantFrom('x', 'y'), one: fc.nat(9), fails: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 30 }), async (writes) => {
        const { rows, group } = counted()
        const done = writes.map(({ a, one, fails }) =>
          group.add((db) => {
            add(a, 1, one, 1)(db)
            if (fails) throw new Error('refused')
          }),
        )
        await Promise.allSettled(done)
        const sum = (name: string) => writes.filter(({ a, fails }) => a === name && !fails)
        const expected = ['x', 'y']
          .filter((name) => sum(name).length > 0)
          .map((a) => ({ a, b: 1, one: sum(a).reduce((all, { one }) => all + one, 0), two: sum(a).length }))
        expect(rows()).toEqual(expected)
      }),
    )
  })

  it('refuses the whole transaction when it cannot be written, and is not counted again later', async () => {
    const { rows, group } = counted()
    const results = await Promise.allSettled([group.add(add('x', 1, 600, 1)), group.add(add('x', 1, 600, 1))])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await group.add(add('x', 1, 5, 1))
    expect(rows()).toEqual([{ a: 'x', b: 1, one: 5, two: 1 }])
  })
})
