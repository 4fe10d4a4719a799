import { randomBytes } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyApart } from '../../../electron/db/apart/copy-apart.ts'
import { filledStore, overwritePage, setVersion, storeFile } from './fixtures/damage.ts'
import {
  addMessages,
  addPreference,
  countMessages,
  openIn,
  preferenceNames,
  temporaryFolder,
} from './fixtures/workspace.ts'

const day = 86_400_000
const backupsIn = (folder: string) => readdirSync(join(folder, 'backups'))

describe('backups', () => {
  it('are whole, one file each, and for their owner only', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 300)
    const handle = openIn(folder)
    const name = await handle.backup()
    expect(backupsIn(folder)).toEqual([name])
    expect(statSync(join(folder, 'backups', name)).mode & 0o777).toBe(0o600)
    const elsewhere = temporaryFolder()
    copyFileSync(join(folder, 'backups', name), storeFile(elsewhere))
    expect(openIn(elsewhere).store.read(countMessages)).toBe(300)
  })

  it('are copied and checked on another thread', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 300)
    const signal = new AbortController().signal
    const finding = await copyApart(storeFile(folder), join(folder, 'copy.sqlite'), signal)
    expect(finding).toEqual({ usable: true, providers: 0, messages: 300 })
    await expect(
      copyApart(join(folder, 'none.sqlite'), join(folder, 'copy.sqlite'), signal),
    ).rejects.toThrow()
  })

  it('hold one moment’s state while the store is written to', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 5000)
    const handle = openIn(folder)
    const backup = handle.backup()
    let writing = true
    const name = backup.finally(() => (writing = false))
    for (let n = 0; writing; n += 1) {
      // Two rows in each transaction: a torn copy would hold an odd number.
      await handle.store.write((db) => addMessages(db, 5000 + 2 * n, 2))
    }
    const elsewhere = temporaryFolder()
    copyFileSync(join(folder, 'backups', await name), storeFile(elsewhere))
    const copied = openIn(elsewhere).store.read(countMessages)
    expect(copied).toBeGreaterThanOrEqual(5000)
    expect(copied % 2).toBe(0)
  })

  it('are the same one when two are asked for at once', async () => {
    const folder = temporaryFolder()
    const handle = openIn(folder)
    const [one, other] = await Promise.all([handle.backup(), handle.backup()])
    expect(one).toBe(other)
  })

  it('are ended by a close and leave nothing half made', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 3000)
    const handle = openIn(folder)
    const backup = handle.backup()
    const refused = expect(backup).rejects.toThrow()
    await handle.close()
    await refused
    expect(backupsIn(folder)).toEqual([])
    expect(openIn(folder).store.read(countMessages)).toBe(3000)
  })

  it('clear away what an earlier one left when it was killed', async () => {
    const folder = temporaryFolder()
    const handle = openIn(folder)
    await handle.backup()
    writeFileSync(join(folder, 'backups/daily-x.sqlite.new'), 'half')
    writeFileSync(join(folder, 'backups/daily-x.sqlite.new-journal'), 'half')
    await handle.backup()
    expect(backupsIn(folder).filter((name) => name.includes('.new'))).toEqual([])
  })

  it('are due a day after the last, when something was written since', async () => {
    const folder = temporaryFolder()
    let now = Date.now()
    const handle = openIn(folder, { now: () => now })
    expect(await handle.backupIfDue()).toBe(true)
    expect(await handle.backupIfDue()).toBe(false)
    handle.store.writeNow(addPreference('a'))
    const soon = new Date(now + 1000)
    utimesSync(`${storeFile(folder)}-wal`, soon, soon)
    now += day - 1
    expect(await handle.backupIfDue()).toBe(false)
    now += 1
    expect(await handle.backupIfDue()).toBe(true)
    now += 2 * day
    expect(await handle.backupIfDue()).toBe(false)
  })

  it('are kept for seven days, and those made by hand or before a migration for longer', async () => {
    const folder = temporaryFolder()
    let now = Date.parse('2026-01-01T12:00:00Z')
    const handle = openIn(folder, { now: () => now })
    await handle.backup()
    copyFileSync(storeFile(folder), join(folder, 'backups/mine.sqlite'))
    for (let n = 0; n < 9; n += 1) {
      now += day
      await handle.backup()
    }
    const names = backupsIn(folder)
    expect(names).toContain('mine.sqlite')
    expect(names.filter((name) => name.startsWith('daily-')).map((name) => name.slice(6, 16))).toEqual([
      '2026-01-04',
      '2026-01-05',
      '2026-01-06',
      '2026-01-07',
      '2026-01-08',
      '2026-01-09',
      '2026-01-10',
    ])
  })
})

describe('a damaged store', () => {
  /** Three backups, of 10, 20 and 30 messages; the store itself is damaged. */
  async function damagedWithBackups() {
    const folder = temporaryFolder()
    let now = Date.parse('2026-01-01T12:00:00.000Z')
    const handle = openIn(folder, { now: () => now })
    const names: string[] = []
    for (let n = 0; n < 3; n += 1) {
      handle.store.writeNow((db) => addMessages(db, n * 10, 10))
      names.push(await handle.backup())
      now += day
    }
    handle.store.writeNow(addPreference('never backed up'))
    await handle.close()
    overwritePage(storeFile(folder), 1, randomBytes(4096))
    return { folder, names, damaged: readFileSync(storeFile(folder)), handle: openIn(folder) }
  }

  it('lists its backups, newest first, with what is in them and which cannot be used', async () => {
    const { folder, names } = await damagedWithBackups()
    overwritePage(join(folder, 'backups', names[1] ?? ''), 2, randomBytes(4096))
    copyFileSync(join(folder, 'backups', names[0] ?? ''), join(folder, 'backups/newer.sqlite'))
    setVersion(join(folder, 'backups/newer.sqlite'), 99)
    const status = openIn(folder).status()
    const backups = status.state === 'damaged' ? status.backups : []
    expect(
      backups.map(({ name, messages, providers, usable }) => [name, messages, providers, usable]),
    ).toEqual([
      ['newer.sqlite', null, null, false],
      [names[2], 30, 0, true],
      [names[1], null, null, false],
      [names[0], 10, 0, true],
    ])
    expect(backups[1]).toMatchObject({
      at: Date.parse('2026-01-03T12:00:00.000Z'),
      bytes: expect.any(Number),
    })
    expect(readdirSync(join(folder, 'backups')).toSorted()).toEqual([...names, 'newer.sqlite'].toSorted())
  })

  it('is replaced by the backup that was chosen, and set aside byte by byte', async () => {
    const { folder, names, damaged, handle } = await damagedWithBackups()
    const status = await handle.restore(names[1] ?? '')
    expect(status.state).toBe('ready')
    expect(handle.store.read(countMessages)).toBe(20)
    handle.store.writeNow(addPreference('after'))
    const [aside = ''] = readdirSync(join(folder, 'damaged'))
    expect(readFileSync(join(folder, 'damaged', aside, 'workbench.sqlite')).equals(damaged)).toBe(true)
    expect(backupsIn(folder)).toHaveLength(3)
    await handle.close()
    expect(openIn(folder).store.read(preferenceNames)).toEqual(['after'])
  })

  it('can be replaced again and again, each time set aside in a folder of its own', async () => {
    const { folder, names, handle } = await damagedWithBackups()
    for (const name of names) await handle.restore(name)
    expect(readdirSync(join(folder, 'damaged'))).toHaveLength(3)
    expect(handle.store.read(countMessages)).toBe(30)
  })

  it('stays where it is when the backup is damaged, newer, or not there', async () => {
    const { folder, names, damaged, handle } = await damagedWithBackups()
    const [first = '', second = ''] = names
    overwritePage(join(folder, 'backups', first), 2, randomBytes(4096))
    setVersion(join(folder, 'backups', second), 99)
    const outside = join(folder, '../outside.sqlite')
    const paths = [
      '../workbench.sqlite',
      '..',
      '',
      outside,
      'sub/x.sqlite',
      String.raw`..\workbench.sqlite`,
      'none.sqlite',
    ]
    for (const name of [first, second]) {
      await expect(handle.restore(name)).rejects.toMatchObject({ code: 'backup_unusable' })
    }
    for (const name of paths) await expect(handle.restore(name)).rejects.toMatchObject({ code: 'not_found' })
    expect(readFileSync(storeFile(folder)).equals(damaged)).toBe(true)
    expect(readdirSync(folder)).not.toContain('damaged')
    expect(handle.status().state).toBe('damaged')
  })

  it('is set aside when its owner starts anew', async () => {
    const { folder, damaged, handle } = await damagedWithBackups()
    writeFileSync(`${storeFile(folder)}-wal`, 'some log')
    expect((await handle.startEmpty()).state).toBe('ready')
    expect(handle.store.read(countMessages)).toBe(0)
    const [aside = ''] = readdirSync(join(folder, 'damaged'))
    const kept = join(folder, 'damaged', aside)
    expect(readFileSync(join(kept, 'workbench.sqlite')).equals(damaged)).toBe(true)
    expect(readFileSync(join(kept, 'workbench.sqlite-wal'), 'utf8')).toBe('some log')
    expect(backupsIn(folder)).toHaveLength(3)
  })

  it('that is sound is set aside as well, with its last commits', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 10)
    const handle = openIn(folder)
    const name = await handle.backup()
    handle.store.writeNow(addPreference('later'))
    const before = handle.store
    await handle.restore(name)
    expect(handle.store).not.toBe(before)
    expect(handle.store.read(preferenceNames)).toEqual(['marker'])
    const [aside = ''] = readdirSync(join(folder, 'damaged'))
    expect(openIn(join(folder, 'damaged', aside)).store.read(preferenceNames)).toEqual(['later', 'marker'])
  })
})
