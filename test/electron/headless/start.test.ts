import { existsSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takePort } from '../../helpers/free-port.ts'
import { openSession, startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

const entry = join(root, 'out/main/headless.js')
const lines = (text: string) => text.trimEnd().split('\n')

describe('starting', () => {
  it('prints one line, listens on 127.0.0.1 only, and takes the workspace of the environment', async () => {
    const folder = await temporaryFolder()
    const env = { SMS_WORKBENCH_FOLDER: folder, SMS_WORKBENCH_PORT: '0' }
    const started = startProcess(process.execPath, [entry], { env })
    const line = await started.line(/token=/)
    expect(line).toMatch(/^SMS Workbench runs at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
    started.child.kill('SIGTERM')
    const { code, stdout, stderr } = await started.ended
    expect({ code, stderr, lines: lines(stdout) }).toEqual({ code: 0, stderr: '', lines: [line] })
    expect(existsSync(join(folder, 'workbench.sqlite'))).toBe(true)
    await rm(folder, { recursive: true })
  })

  it('says why it runs instead of the desktop host', async () => {
    const host = await startHeadless({ args: ['--because', 'There is no display here'] })
    expect(lines(host.process.stdout())).toEqual([
      `There is no display here; SMS Workbench runs headless at ${host.address}`,
    ])
    await host.remove()
  })

  it('takes the next port when its own is taken, and says so', async () => {
    const taken = await takePort()
    const host = await startHeadless({ port: taken.port })
    expect(host.port).toBeGreaterThan(taken.port)
    expect(lines(host.process.stdout())).toEqual([
      `Port ${taken.port} is taken; port ${host.port} is used instead.`,
      `SMS Workbench runs at ${host.address}`,
    ])
    expect((await host.call('app.info')).ok).toBe(true)
    await taken.release()
    await host.remove()
  })

  it('tells others of its folder by the whole path, however it was named', async () => {
    const folder = await temporaryFolder()
    const args = [entry, '--workspace', basename(folder), '--port', '0', '--no-browser']
    const started = startProcess(process.execPath, args, { cwd: dirname(folder) })
    await started.line(/token=/)
    const { door } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { door: string }
    expect(isAbsolute(door)).toBe(true)
    const second = await startProcess(process.execPath, [entry, '--workspace', folder]).ended
    expect(second.stdout).toContain('already running')
    started.child.kill('SIGTERM')
    await started.ended
    await rm(folder, { recursive: true })
  })

  it('says in one line that its folder cannot be used', async () => {
    const args = [entry, '--workspace', join(root, 'package.json', 'x')]
    const { code, stderr } = await startProcess(process.execPath, args).ended
    expect(code).toBe(8)
    expect(stderr).toMatch(/^The workspace’s folder cannot be made.*\n$/)
  })

  it.each([['--workspace', ''], ['--port', 'x'], ['--port', '70000'], ['--nonsense'], ['stray']])(
    'refuses %s %s in one line',
    async (...args) => {
      const { code, stdout, stderr } = await startProcess(process.execPath, [entry, ...args]).ended
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(lines(stderr)).toHaveLength(1)
    },
  )
})

describe('a second start on the same workspace', () => {
  it('prints where the first one answers, with a token of its own, and ends well', async () => {
    const host = await startHeadless()
    const args = [entry, '--workspace', host.folder, '--port', '0']
    const { code, stdout, stderr } = await startProcess(process.execPath, args).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(lines(stdout)).toHaveLength(1)
    expect(stdout).toContain('already running')
    const address = new URL(/http:\S+/.exec(stdout)![0])
    expect(address.origin).toBe(host.origin)
    const token = address.hash.slice('#token='.length)
    expect(token).not.toBe(host.token)
    expect(await openSession(host.origin, token)).toContain('sms-workbench')
    expect((await host.call('app.info')).ok).toBe(true)
    await host.remove()
  })

  it('works at once after the first was killed', async () => {
    const folder = await temporaryFolder()
    const first = await startHeadless({ folder })
    await first.call('app.prefer', { testNumber: '+14155550123' })
    expect((await first.stop('SIGKILL')).signal).toBe('SIGKILL')
    const second = await startHeadless({ folder })
    expect(await second.call('app.preferences')).toMatchObject({ value: { testNumber: '+14155550123' } })
    await second.stop()
    await rm(folder, { recursive: true })
  })
})

describe('stopping', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s closes everything in order', async (signal) => {
    const folder = await temporaryFolder()
    const host = await startHeadless({ folder })
    await host.call('app.prefer', { testNumber: '1' })
    expect(await host.stop(signal)).toMatchObject({ code: 0, signal: null, stderr: '' })
    for (const left of ['door.sock', 'running.json', 'open-in-browser.html']) {
      expect(existsSync(join(folder, left)), left).toBe(false)
    }
    await rm(folder, { recursive: true })
  })
})

describe('the door', () => {
  it('is for its owner only and needs the token', async () => {
    const host = await startHeadless()
    if (process.platform !== 'win32') {
      expect(statSync(join(host.folder, 'door.sock')).mode & 0o777).toBe(0o600)
      expect(statSync(join(host.folder, 'running.json')).mode & 0o777).toBe(0o600)
    }
    const { dispatchThrough, focusThrough } = await import('../../../electron/door.ts')
    const { readAnnouncement } = await import('../../../electron/workspace.ts')
    const door = readAnnouncement(host.folder)!
    expect(door).toMatchObject({ host: 'headless', pid: host.process.child.pid, address: `${host.origin}/` })
    expect(await dispatchThrough(door)('app.info', undefined)).toMatchObject({ value: { host: 'headless' } })
    expect(await focusThrough(door)).toContain('#token=')
    for (const token of ['', 'x', `${door.token}x`]) {
      const refused = dispatchThrough({ ...door, token })('app.info', undefined)
      await expect(refused).rejects.toMatchObject({ code: 'workspace_in_use' })
    }
    await host.remove()
  })

  it('lies elsewhere, under a name that cannot be foretold, where the workspace’s path is too long', async () => {
    const folder = join(await temporaryFolder(), 'deep'.repeat(25))
    const host = await startHeadless({ folder })
    expect(existsSync(join(folder, 'door.sock'))).toBe(false)
    const { stdout } = await startProcess(process.execPath, [entry, '--workspace', folder]).ended
    expect(stdout).toContain(`already running at ${host.origin}`)
    await host.stop()
    await rm(join(folder, '..'), { recursive: true })
  })
})
