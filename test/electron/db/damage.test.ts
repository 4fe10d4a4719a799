import { newestVersion } from '../../../electron/db/migrate.ts'
import { migrations } from '../../../electron/db/migrations/index.ts'
import { randomBytes, randomInt } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  filledStore,
  messagePage,
  overwritePage,
  pageCount,
  setVersion,
  storeFile,
} from './fixtures/damage.ts'
import {
  addPreference,
  codeThrownBy,
  countMessages,
  openIn,
  preferenceNames,
  temporaryFolder,
} from './fixtures/workspace.ts'

describe('a store that cannot be opened', () => {
  it('is found damaged whichever page is overwritten, and its file is left as it is', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 500)
    const file = storeFile(folder)
    const sound = readFileSync(file)
    const missed: number[] = []
    for (let round = 0; round < 40; round += 1) {
      const page = randomInt(pageCount(file))
      overwritePage(file, page, randomBytes(4096))
      const damaged = readFileSync(file)
      const handle = openIn(folder)
      if (handle.status().state !== 'damaged') missed.push(page)
      await handle.close()
      expect(readFileSync(file).equals(damaged)).toBe(true)
      writeFileSync(file, sound)
    }
    expect(missed).toEqual([])
    expect(openIn(folder).store.read(countMessages)).toBe(500)
  })

  it('answers with a code in place of the store', async () => {
    const folder = temporaryFolder()
    writeFileSync(storeFile(folder), 'This is no database at all.'.repeat(100))
    const handle = openIn(folder)
    expect(handle.status()).toMatchObject({ state: 'damaged', reason: expect.stringContaining('begin like') })
    expect(handle.isReady).toBe(false)
    expect(codeThrownBy(() => handle.store)).toBe('store_damaged')
    await expect(handle.backup()).rejects.toMatchObject({ code: 'store_damaged' })
    expect(await handle.backupIfDue()).toBe(false)
  })

  it('is damaged when it is cut off', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 500)
    for (const size of [50, 4096, 3 * 4096, 4096 * 4 + 100]) {
      truncateSync(storeFile(folder), size)
      expect(openIn(folder).status().state).toBe('damaged')
    }
  })

  it('is damaged when it is another program’s database', () => {
    const folder = temporaryFolder()
    const other = join(folder, 'other')
    mkdirSync(other)
    const handle = openIn(other)
    handle.store.read((db) => db.pragma('user_version = 0'))
    void handle.close()
    expect(openIn(other).status()).toMatchObject({
      state: 'damaged',
      reason: expect.stringContaining('not one of'),
    })
  })

  it('is not replaced by an empty one when it vanishes while backups are there', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 10)
    const first = openIn(folder)
    await first.backup()
    await first.close()
    rmSync(storeFile(folder))
    expect(openIn(folder).status()).toMatchObject({
      state: 'damaged',
      reason: 'The store’s file is missing.',
    })
    expect(existsSync(storeFile(folder))).toBe(false)
    writeFileSync(storeFile(folder), '')
    expect(openIn(folder).status()).toMatchObject({ state: 'damaged', reason: 'The store’s file is empty.' })
  })

  it('is refused untouched when a newer version made it', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 10)
    setVersion(storeFile(folder), 99)
    const before = readFileSync(storeFile(folder))
    const handle = openIn(folder)
    expect(handle.status()).toEqual({ state: 'newer', version: 99, known: newestVersion(migrations) })
    expect(codeThrownBy(() => handle.store)).toBe('store_newer')
    await handle.close()
    expect(readFileSync(storeFile(folder)).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['workbench.sqlite'])
  })

  it('is refused when a newer version has left its number in the write-ahead log only', async () => {
    const folder = temporaryFolder()
    const copy = temporaryFolder()
    await filledStore(folder, 10)
    const newer = openIn(folder)
    newer.store.writeNow((db) => db.pragma('user_version = 99'))
    for (const name of ['workbench.sqlite', 'workbench.sqlite-wal'])
      copyFileSync(join(folder, name), join(copy, name))
    const before = readFileSync(storeFile(copy))
    expect(before.readInt32BE(60)).toBe(newestVersion(migrations))
    expect(openIn(copy).status()).toEqual({ state: 'newer', version: 99, known: newestVersion(migrations) })
    expect(readFileSync(storeFile(copy)).equals(before)).toBe(true)
    expect(existsSync(`${storeFile(copy)}-wal`)).toBe(true)
  })

  it('is unreadable when its folder is missing, or something else is in its place', () => {
    const folder = temporaryFolder()
    const missing = openIn(join(folder, 'missing'))
    expect(missing.status()).toMatchObject({ state: 'unreadable' })
    expect(codeThrownBy(() => missing.store)).toBe('store_unreadable')
    mkdirSync(storeFile(folder))
    expect(openIn(folder).status()).toEqual({
      state: 'unreadable',
      reason: 'There is a folder where the store’s file should be.',
    })
  })
})

describe('the write-ahead log', () => {
  /** A copy of the files as a crash leaves them: rows a and b are in the log only. */
  async function crashed(): Promise<string> {
    const folder = temporaryFolder()
    const copy = temporaryFolder()
    await filledStore(folder, 50)
    const handle = openIn(folder)
    handle.store.writeNow(addPreference('a'))
    handle.store.writeNow(addPreference('b'))
    for (const name of ['workbench.sqlite', 'workbench.sqlite-wal'])
      copyFileSync(join(folder, name), join(copy, name))
    return copy
  }

  it('gives back what was committed before a crash', async () => {
    expect(openIn(await crashed()).store.read(preferenceNames)).toEqual(['a', 'b', 'marker'])
  })

  it('may be torn anywhere: what is left is a store without the last commits', async () => {
    const folder = await crashed()
    const log = `${storeFile(folder)}-wal`
    const whole = readFileSync(log)
    const main = readFileSync(storeFile(folder))
    for (let round = 0; round < 25; round += 1) {
      writeFileSync(storeFile(folder), main)
      writeFileSync(log, whole.subarray(0, randomInt(whole.length)))
      const handle = openIn(folder)
      expect(handle.store.read(countMessages)).toBe(50)
      expect([['marker'], ['a', 'marker'], ['a', 'b', 'marker']]).toContainEqual(
        handle.store.read(preferenceNames),
      )
      await handle.close()
    }
  })

  it('may be gone or filled with noise', async () => {
    const folder = await crashed()
    writeFileSync(`${storeFile(folder)}-wal`, randomBytes(20_000))
    const first = openIn(folder)
    expect(first.store.read(preferenceNames)).toEqual(['marker'])
    await first.close()
    rmSync(`${storeFile(folder)}-wal`, { force: true })
    expect(openIn(folder).store.read(preferenceNames)).toEqual(['marker'])
  })
})

describe('a clean close', () => {
  /** One page is overwritten in a way that only a look at every page finds. */
  async function damagedQuietly(folder: string): Promise<void> {
    await filledStore(folder, 500)
    const file = storeFile(folder)
    overwritePage(file, messagePage(file), randomBytes(4096))
  }

  /** As the record of a clean close names the file. */
  function fingerprintNow(folder: string): string {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(storeFile(folder), { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join(':')
  }

  it('spares the next start the look at every page, and only that one', async () => {
    const folder = temporaryFolder()
    await filledStore(folder, 10)
    expect(existsSync(`${storeFile(folder)}-clean`)).toBe(true)
    const handle = openIn(folder)
    expect(existsSync(`${storeFile(folder)}-clean`)).toBe(false)
    await handle.close()
    expect(existsSync(`${storeFile(folder)}-clean`)).toBe(true)
  })

  it('does not hide a change from outside', async () => {
    const folder = temporaryFolder()
    await damagedQuietly(folder)
    expect(existsSync(`${storeFile(folder)}-clean`)).toBe(true)
    expect(openIn(folder).status().state).toBe('damaged')
  })

  it('is trusted for a week', async () => {
    const folder = temporaryFolder()
    await damagedQuietly(folder)
    const record = `${storeFile(folder)}-clean`
    const fingerprint = fingerprintNow(folder)
    const ago = (days: number) => JSON.stringify({ fingerprint, checkedAt: Date.now() - days * 86_400_000 })
    writeFileSync(record, ago(8))
    expect(openIn(folder).status().state).toBe('damaged')
    writeFileSync(record, ago(6))
    expect(openIn(folder).status().state).toBe('ready')
  })

  it('is not recorded when a damaged page was met', async () => {
    const folder = temporaryFolder()
    await damagedQuietly(folder)
    writeFileSync(
      `${storeFile(folder)}-clean`,
      JSON.stringify({ fingerprint: fingerprintNow(folder), checkedAt: Date.now() }),
    )
    const handle = openIn(folder)
    const code = codeThrownBy(() =>
      handle.store.read((db) => db.prepare('SELECT sum(length(body)) FROM messages').get()),
    )
    expect(code).toMatch(/^SQLITE_CORRUPT/)
    await handle.close()
    expect(existsSync(`${storeFile(folder)}-clean`)).toBe(false)
  })
})
