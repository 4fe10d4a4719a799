import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nodeTooOld } from '../../../electron/node-version.ts'
import { runElectron } from '../../../electron/launch/run-electron.ts'
import { temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => rm(folder, { recursive: true }))

const launch = (...args: string[]) =>
  startProcess(process.execPath, [join(root, 'electron/launch.ts'), ...args], {
    env: { SMS_WORKBENCH_FOLDER: join(folder, 'workspace'), SMS_WORKBENCH_PORT: '0', CI: 'true' },
  })

/** A program that behaves as an Electron might. */
function fakeElectron(script: string): string {
  const path = join(folder, 'electron')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('npm start', () => {
  it.skipIf(process.platform !== 'linux')(
    'opens the headless host where no window can open, and says why and where in one line',
    async () => {
      const started = launch()
      const line = await started.line(/token=/)
      expect(line).toMatch(
        /^(Electron does not run as root|There is no display here); SMS Workbench runs headless at /,
      )
      started.child.kill('SIGTERM')
      expect(await started.ended).toMatchObject({ code: 0, stdout: `${line}\n`, stderr: '' })
    },
  )

  it('starts the headless host and the command line by name', async () => {
    const headless = launch('headless', '--no-browser')
    expect(await headless.line(/token=/)).toMatch(/^SMS Workbench runs at /)
    headless.child.kill('SIGTERM')
    expect((await headless.ended).code).toBe(0)
    expect(await launch('cli', 'providers', 'list', '--json').ended).toMatchObject({
      code: 0,
      stdout: '[]\n',
    })
  })
})

describe.skipIf(process.platform === 'win32')('running Electron', () => {
  it('answers how it ended, and passes its exit code on', async () => {
    expect(await runElectron(fakeElectron('exit 0'), [])).toEqual({ exitCode: 0 })
  })

  it.each([
    ['exit 3', 'it exited with code 3'],
    ['kill -ABRT $$', 'it was ended by SIGABRT'],
    [
      'echo "electron: error while loading shared libraries: libgtk-3.so.0: cannot open" >&2; exit 127',
      'the library libgtk-3.so.0 is missing',
    ],
  ])('says why it failed at once: %s', async (script, reason) => {
    expect(await runElectron(fakeElectron(script), [])).toEqual({ failedAtOnce: reason })
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('takes no end by %s for a failed start', async (signal, exitCode) => {
    const ready = join(folder, 'ready')
    const electron = fakeElectron(`touch ${ready}; while :; do sleep 0.05; done`)
    const script = `
      import { runElectron } from ${JSON.stringify(join(root, 'electron/launch/run-electron.ts'))}
      console.log(JSON.stringify(await runElectron(${JSON.stringify(electron)}, [])))`
    const args = ['--no-warnings', '--input-type=module-typescript', '--eval', script]
    const started = startProcess(process.execPath, args, { group: true })
    await vi.waitFor(() => statSync(ready), { timeout: 10_000 })
    // Ctrl+C goes to the whole group, a request to end to the launcher alone.
    process.kill(signal === 'SIGINT' ? -started.child.pid! : started.child.pid!, signal)
    expect(JSON.parse((await started.ended).stdout)).toEqual({ exitCode })
  })

  it('says when there is nothing to run', async () => {
    const ended = await runElectron(join(folder, 'nothing'), [])
    expect(ended).toEqual({ failedAtOnce: expect.stringContaining('ENOENT') })
  })
})

describe('an old Node', () => {
  it.each(['20.20.2', '18.0.0', '22.13.1', '21.7.0'])('%s is told what to do', (version) => {
    expect(nodeTooOld(version)).toContain(version)
  })

  it.each(['22.14.0', '22.21.0', '23.0.0', '24.21.0', '100.0.0'])('%s is not', (version) => {
    expect(nodeTooOld(version)).toBeNull()
  })

  it.each(['headless.js', 'cli.js'])(
    'is refused by %s in one line, before the addon is loaded',
    async (entry) => {
      // The same entry point, under a version that it takes for an old one.
      const pretend = join(folder, 'pretend.mjs')
      mkdirSync(folder, { recursive: true })
      writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`)
      const args = ['--import', pretend, join(root, 'out/main', entry), 'providers', 'list']
      const { code, stdout, stderr } = await startProcess(process.execPath, args).ended
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toContain('needs Node 22.14')
    },
  )
})
