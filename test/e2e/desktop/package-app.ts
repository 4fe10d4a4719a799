import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../../electron/launch/build.ts'
import { root } from '../../helpers/start-process.ts'

export interface Packaged {
  /** Readable by everyone: the app, a Node, and what starts the app where it can be reached. */
  folder: string
  executable: string
  /** The tests' own program `foreign-main.ts` in an Electron of its own. */
  foreign: string
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
  await makeForeign(dist, join(folder, 'foreign'))
  copyFileSync(process.execPath, join(folder, 'node'))
  copyFileSync(join(import.meta.dirname, 'relay.ts'), join(folder, 'relay.ts'))
  // The app runs as a user without rights.
  execFileSync('chmod', ['-R', 'a+rX', folder])
  chmodSync(join(folder, 'node'), 0o755)
  const executable = join(unpacked, 'sms-workbench')
  project.provide('packaged', { folder, executable, foreign: join(folder, 'foreign/electron') })
  return () => rmSync(folder, { recursive: true, force: true })
}

function packageOver(dist: string, output: string): void {
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const options = [`-c.electronDist=${dist}`, '-c.electronVersion=33.4.11', `-c.directories.output=${output}`]
  execFileSync(process.execPath, [builder, '--linux', 'dir', ...options], { cwd: root, stdio: 'pipe' })
}

/** Electron starts `resources/app` where there is one, as its fuses are still as they come. */
async function makeForeign(dist: string, output: string): Promise<void> {
  cpSync(dist, output, { recursive: true })
  const app = join(output, 'resources/app')
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: join(import.meta.dirname, 'foreign-main.ts'),
      outDir: app,
      target: 'node20',
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'main.mjs' } },
    },
    ssr: { noExternal: true, external: ['electron'] },
  })
  copyFileSync(join(root, 'out/preload/preload.cjs'), join(app, 'preload.cjs'))
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'foreign', main: 'main.mjs' }))
}
