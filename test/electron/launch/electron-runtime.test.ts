import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findElectron, type Machine } from '../../../electron/launch/electron-runtime.ts'

let electronPackage: string
beforeEach(() => {
  electronPackage = mkdtempSync(join(tmpdir(), 'sms-workbench-test-'))
})
afterEach(() => rmSync(electronPackage, { recursive: true }))

const machine = (changes: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  isRoot: false,
  electronPackage,
  ...changes,
})

function put(path: string, content = ''): void {
  mkdirSync(join(electronPackage, path, '..'), { recursive: true })
  writeFileSync(join(electronPackage, path), content)
}

const download = (outcome: string) => put('install.js', outcome)

describe('finding Electron', () => {
  it('takes what was downloaded', () => {
    put('path.txt', 'electron')
    put('dist/electron')
    expect(findElectron(machine())).toEqual({ executable: join(electronPackage, 'dist/electron') })
  })

  it('takes what the environment names, downloaded or not', () => {
    put('elsewhere/electron')
    const environment = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(electronPackage, 'elsewhere') }
    expect(findElectron(machine({ environment }))).toEqual({
      executable: join(electronPackage, 'elsewhere/electron'),
    })
  })

  it('downloads it where it is missing', () => {
    download(`const fs = require('node:fs'); fs.mkdirSync(__dirname + '/dist')
      fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron')`)
    expect(findElectron(machine())).toEqual({ executable: join(electronPackage, 'dist/electron') })
  })

  it.each([
    ['the download fails', () => download('process.exit(1)'), {}, 'Electron cannot be downloaded here'],
    ['the download leaves nothing', () => download(''), {}, 'Electron cannot be downloaded here'],
    ['the package is missing', () => {}, {}, 'Electron is not installed here'],
    ['there is no display', () => {}, { environment: {} }, 'There is no display here'],
    ['the user is root', () => {}, { isRoot: true }, 'Electron does not run as root'],
  ])('says so when %s', (_name, prepare, changes, reason) => {
    prepare()
    expect(findElectron(machine(changes))).toEqual({ reason })
  })

  it('downloads nothing where no window could open', () => {
    download(`require('node:fs').writeFileSync(__dirname + '/asked', '')`)
    findElectron(machine({ environment: {} }))
    findElectron(machine({ isRoot: true }))
    expect(existsSync(join(electronPackage, 'asked'))).toBe(false)
    findElectron(machine())
    expect(existsSync(join(electronPackage, 'asked'))).toBe(true)
  })

  it('asks neither for a display nor about root elsewhere', () => {
    put('path.txt', 'Electron.app/Contents/MacOS/Electron')
    put('dist/Electron.app/Contents/MacOS/Electron')
    const found = findElectron(machine({ platform: 'darwin', environment: {}, isRoot: true }))
    expect(found).toHaveProperty('executable')
  })
})
