import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { deleteGroup, getGroup, membersOf, saveGroup, setDefaultGroup } from '../../../electron/db/groups.ts'
import { migrations } from '../../../electron/db/migrations/index.ts'
import { setDefaultProvider } from '../../../electron/db/providers.ts'

function filled() {
  const db = new SqliteDatabase(':memory:')
  onTestFinished(() => void db.close())
  for (const { sql } of migrations) db.exec(sql)
  const save = (name: string, ...members: string[]) =>
    saveGroup(db, { id: 'g', name, notes: '', policies: '{}', members, countries: [], now: 1 })
  const seen = () => [getGroup(db, 'g')?.name, getGroup(db, 'g')?.is_default, ...membersOf(db, 'g')]
  save('First', 'a', 'b')
  expect(seen()).toEqual(['First', 0, 'a', 'b'])
  return { db, save, seen }
}

it('a group that was asked for is told anew after each change', () => {
  const { db, save, seen } = filled()
  save('Second', 'b')
  expect(seen()).toEqual(['Second', 0, 'b'])
  setDefaultGroup(db, 'g')
  expect(seen()).toEqual(['Second', 1, 'b'])
  setDefaultProvider(db, 'nobody')
  expect(seen()).toEqual(['Second', 0, 'b'])
  deleteGroup(db, 'g')
  expect(seen()).toEqual([undefined, undefined])
})

it('what a transaction reads of a group is not kept when it is undone', () => {
  const { db, save, seen } = filled()
  const undone = db.transaction(() => {
    save('Second', 'b')
    expect(seen()).toEqual(['Second', 0, 'b'])
    throw new Error('undone')
  })
  expect(undone).toThrow('undone')
  expect(seen()).toEqual(['First', 0, 'a', 'b'])
})
