import { newestVersion } from '../../../electron/db/migrate.ts'
import { migrations } from '../../../electron/db/migrations/index.ts'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  addMessages,
  addPreference,
  codeThrownBy,
  openIn,
  preferenceNames,
  temporaryFolder,
} from './fixtures/workspace.ts'

describe('the store', () => {
  it('writes ahead, holds foreign keys, and leaves it to group commit to wait for the disk', () => {
    const { store } = openIn(temporaryFolder())
    const pragma = (name: string) => store.read((db) => db.pragma(name, { simple: true }))
    expect(['journal_mode', 'foreign_keys', 'user_version', 'synchronous'].map(pragma)).toEqual([
      'wal',
      1,
      newestVersion(migrations),
      1,
    ])
  })

  it('keeps its file to its owner', () => {
    const folder = temporaryFolder()
    const { store } = openIn(folder)
    store.writeNow(addPreference('a'))
    const modes = ['', '-wal', '-shm'].map(
      (suffix) => statSync(join(folder, `workbench.sqlite${suffix}`)).mode & 0o777,
    )
    expect(modes).toEqual([0o600, 0o600, 0o600])
  })

  it('keeps what was written at once and what was queued, in the order in which it came', async () => {
    const folder = temporaryFolder()
    const first = openIn(folder)
    const queued = first.store.write(addPreference('a'))
    const seen = first.store.writeNow((db) => preferenceNames(db))
    await queued
    await first.close()
    expect(seen).toEqual(['a'])
    expect(openIn(folder).store.read(preferenceNames)).toEqual(['a'])
  })

  it('commits what is still queued when it is closed', async () => {
    const folder = temporaryFolder()
    const first = openIn(folder)
    const queued = first.store.write(addPreference('a'))
    await first.close()
    await queued
    expect(openIn(folder).store.read(preferenceNames)).toEqual(['a'])
  })

  it('undoes a write of its own that throws, and refuses one within another', () => {
    const { store } = openIn(temporaryFolder())
    expect(() =>
      store.writeNow((db) => {
        addPreference('a')(db)
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(() => store.writeNow(() => store.writeNow(addPreference('b')))).toThrow('open already')
    expect(store.read(preferenceNames)).toEqual([])
  })

  it('says that it is closed afterwards', async () => {
    const handle = openIn(temporaryFolder())
    const { store } = handle
    await handle.close()
    expect(codeThrownBy(() => store.read(preferenceNames))).toBe('store_unreadable')
    expect(codeThrownBy(() => store.writeNow(preferenceNames))).toBe('store_unreadable')
    await expect(store.write(preferenceNames)).rejects.toMatchObject({ code: 'store_unreadable' })
    expect(codeThrownBy(() => handle.store)).toBe('store_unreadable')
  })

  it('keeps every acknowledged row when the disk is full, and goes on when there is space again', async () => {
    const folder = temporaryFolder()
    const handle = openIn(folder)
    const { store } = handle
    const pages = Number(store.read((db) => db.pragma('page_count', { simple: true })))
    store.read((db) => db.pragma(`max_page_count = ${pages + 40}`))
    const acknowledged: string[] = []
    const codes = new Set<string>()
    for (let round = 0; round < 30; round += 1) {
      const names = Array.from({ length: 20 }, (_, n) => `${round}-${n}`)
      const results = await Promise.allSettled(
        names.map((name) => store.write(addPreference(name, 'x'.repeat(1000)))),
      )
      results.forEach((result, n) => {
        if (result.status === 'fulfilled') acknowledged.push(names[n] ?? '')
        else codes.add(result.reason.code)
      })
    }
    expect([...codes]).toEqual(['SQLITE_FULL'])
    expect(acknowledged.length).toBeGreaterThan(50)
    expect(store.read(preferenceNames)).toEqual(acknowledged.sort())
    store.read((db) => db.pragma('max_page_count = 1000000'))
    await store.write((db) => addMessages(db, 0, 100))
    await handle.close()
    const again = openIn(folder)
    expect(again.store.read(preferenceNames)).toEqual(acknowledged)
    expect(again.store.read((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
  })

  it('holds at most one default and no name twice, whatever its case', () => {
    const { store } = openIn(temporaryFolder())
    const add = (id: string, name: string, isDefault: number) =>
      codeThrownBy(() =>
        store.writeNow((db) =>
          db
            .prepare(
              `INSERT INTO providers (id, name, kind, settings, is_default, created_at, updated_at)
               VALUES (?, ?, 'generic', '{}', ?, 1, 1)`,
            )
            .run(id, name, isDefault),
        ),
      )
    expect(add('1', 'Acme', 1)).toBe('nothing was thrown')
    expect(add('2', 'ACME', 0)).toBe('SQLITE_CONSTRAINT_UNIQUE')
    expect(add('3', 'Other', 1)).toBe('SQLITE_CONSTRAINT_UNIQUE')
    expect(add('4', 'Third', 0)).toBe('nothing was thrown')
  })
})
