import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../../electron/launch/build.ts'
import { root } from '../../helpers/start-process.ts'

export interface Packaged {
  /** Readable by everyone: the app, a Node, and what starts the app where it can be reached. */
  folder: string
  executable: string
  /** An Electron that has not been packaged, for programs of the tests' own. */
  rawElectron: string
}

declare module 'vitest' {
  interface ProvidedContext {
    packaged: Packaged | null
  }
}

/** Packages the app as it ships, but over the test runtime, whose Node-API is older than the addon's. */
export async function setup(project: TestProject): Promise<(() => void) | undefined> {
  const dist = process.env['ELECTRON_TEST_DIST']
  const addon = process.env['ELECTRON_TEST_SQLITE']
  if (!dist || !addon) {
    process.stderr.write(
      'Desktop tests are skipped: ELECTRON_TEST_DIST and ELECTRON_TEST_SQLITE are not set.\n',
    )
    project.provide('packaged', null)
    return undefined
  }
  await ensureBuilt(() => {})
  const folder = mkdtempSync(join(tmpdir(), 'sms-workbench-desktop-'))
  packageOver(dist, folder)
  const unpacked = join(folder, 'linux-unpacked')
  const prebuilds = 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds'
  copyFileSync(addon, join(unpacked, prebuilds, 'linux-x64.node'))
  cpSync(dist, join(folder, 'raw'), { recursive: true })
  copyFileSync(process.execPath, join(folder, 'node'))
  copyFileSync(join(import.meta.dirname, 'relay.ts'), join(folder, 'relay.ts'))
  // The app runs as a user without rights.
  execFileSync('chmod', ['-R', 'a+rX', folder])
  chmodSync(join(folder, 'node'), 0o755)
  const executable = join(unpacked, 'sms-workbench')
  project.provide('packaged', { folder, executable, rawElectron: join(folder, 'raw/electron') })
  return () => rmSync(folder, { recursive: true, force: true })
}

function packageOver(dist: string, output: string): void {
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const options = [`-c.electronDist=${dist}`, '-c.electronVersion=33.4.11', `-c.directories.output=${output}`]
  execFileSync(process.execPath, [builder, '--linux', 'dir', ...options], { cwd: root, stdio: 'pipe' })
}
