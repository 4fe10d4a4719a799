import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  announce,
  defaultFolder,
  lockWorkspace,
  readAnnouncement,
  type Announcement,
} from '../../electron/workspace.ts'
import { startChild } from './db/fixtures/child.ts'
import { codeThrownBy, temporaryFolder } from './db/fixtures/workspace.ts'

const announcement: Announcement = {
  pid: process.pid,
  host: 'headless',
  address: 'http://127.0.0.1:4000/',
  door: '/tmp/door',
  token: 'secret',
}

/** A process that has tried to hold the workspace, and what it says of that. */
async function holder(folder: string) {
  const { child, lines } = startChild('holder.ts', folder)
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of lines) return { child, said: line }
  throw new Error('The holder said nothing.')
}

describe('the default folder', () => {
  it('is named by the environment, or lies where the system keeps programs’ data', () => {
    expect(defaultFolder({ SMS_WORKBENCH_FOLDER: 'some/where' })).toBe(resolve('some/where'))
    expect(defaultFolder({}).startsWith(homedir()) || process.env['XDG_DATA_HOME'] !== undefined).toBe(true)
    expect(defaultFolder({ SMS_WORKBENCH_FOLDER: '' })).toContain('sms-workbench')
  })
})

describe('the lock of a workspace', () => {
  it('makes the folder for its owner only', () => {
    const folder = join(temporaryFolder(), 'a/b')
    const lock = lockWorkspace(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    lock.release()
  })

  it.skipIf(process.platform === 'win32')('takes folder and lock from others who could read them', () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o755)
    lockWorkspace(folder).release()
    const modes = () => [folder, join(folder, 'workspace.lock')].map((path) => statSync(path).mode & 0o7777)
    expect(modes()).toEqual([0o700, 0o600])
    chmodSync(folder, 0o777)
    chmodSync(join(folder, 'workspace.lock'), 0o644)
    lockWorkspace(folder).release()
    expect(modes()).toEqual([0o700, 0o600])
  })

  it.skipIf(process.platform === 'win32')('leaves the mode of a folder that is not its own', () => {
    const foreign = temporaryFolder()
    writeFileSync(join(foreign, 'letter.txt'), '')
    const sticky = temporaryFolder()
    for (const [folder, mode] of [
      [foreign, 0o755],
      [sticky, 0o1777],
    ] as const) {
      chmodSync(folder, mode)
      lockWorkspace(folder).release()
      expect(statSync(folder).mode & 0o7777).toBe(mode)
    }
  })

  it('is held once, and can be had again when it was released', () => {
    const folder = temporaryFolder()
    const lock = lockWorkspace(folder)
    expect(codeThrownBy(() => lockWorkspace(folder))).toBe('workspace_in_use')
    expect(readdirSync(folder)).toEqual(['workspace.lock'])
    lock.release()
    lock.release()
    lockWorkspace(folder).release()
  })

  it('is held against another process, and says where that one is', async () => {
    const folder = temporaryFolder()
    const { said } = await holder(folder)
    expect(said).toBe('held')
    expect(() => lockWorkspace(folder)).toThrow(
      expect.objectContaining({ code: 'workspace_in_use', details: { address: 'http://127.0.0.1:1/' } }),
    )
    expect((await holder(folder)).said).toBe('workspace_in_use')
    expect(readAnnouncement(folder)).toMatchObject({ door: 'd' })
  })

  it('is free at once when its holder is killed, and what that one announced is gone', async () => {
    const folder = temporaryFolder()
    const { child } = await holder(folder)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(join(folder, 'running.json'))).toBe(true)
    expect(readAnnouncement(folder)).toBeNull()
    const lock = lockWorkspace(folder)
    expect(existsSync(join(folder, 'running.json'))).toBe(false)
    lock.release()
  })

  it('does not need what its file holds', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'workspace.lock'), 'noise '.repeat(1000))
    const lock = lockWorkspace(folder)
    expect(codeThrownBy(() => lockWorkspace(folder))).toBe('workspace_in_use')
    lock.release()
  })

  it('cannot be had where no folder can be', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(codeThrownBy(() => lockWorkspace(join(folder, 'file')))).toBe('store_unreadable')
    mkdirSync(join(folder, 'sub/workspace.lock'), { recursive: true })
    expect(codeThrownBy(() => lockWorkspace(join(folder, 'sub')))).toBe('store_unreadable')
  })
})

describe('the announcement of a running host', () => {
  it('is read back, by its owner only', () => {
    const folder = temporaryFolder()
    expect(readAnnouncement(folder)).toBeNull()
    announce(folder, announcement)
    expect(readAnnouncement(folder)).toEqual(announcement)
    expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600)
  })

  it('is not left readable by others, however the file was before', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'running.json'), '{}')
    chmodSync(join(folder, 'running.json'), 0o666)
    announce(folder, announcement)
    expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600)
  })

  it('is none when it is half of one', () => {
    const folder = temporaryFolder()
    for (const text of ['', '{', '[]', 'null', '{"pid":1}', JSON.stringify({ ...announcement, pid: -1 })]) {
      writeFileSync(join(folder, 'running.json'), text)
      expect(readAnnouncement(folder)).toBeNull()
    }
  })

  it('goes with the lock', () => {
    const folder = temporaryFolder()
    const lock = lockWorkspace(folder)
    announce(folder, announcement)
    lock.release()
    expect(existsSync(join(folder, 'running.json'))).toBe(false)
  })
})
