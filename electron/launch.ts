// What `npm start` runs, straight from this source: nothing here may need a build or the native addon.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt, root } from './launch/build.ts'
import { findElectron } from './launch/electron-runtime.ts'
import { runElectron } from './launch/run-electron.ts'

const [first, ...rest] = process.argv.slice(2)

try {
  await ensureBuilt(() => process.stderr.write('Building…\n'))
  if (first === 'headless' || first === 'cli') await runHere(first, rest)
  else await openDesktop(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

async function openDesktop(args: string[]): Promise<void> {
  const found = findElectron({
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    electronPackage: join(root, 'node_modules/electron'),
  })
  if ('reason' in found) return runHeadless(found.reason, args)
  const ended = await runElectron(found.executable, [root, ...args])
  if ('failedAtOnce' in ended) return runHeadless(`Electron did not start: ${ended.failedAtOnce}`, args)
  process.exitCode = ended.exitCode
}

function runHeadless(because: string, args: string[]): Promise<void> {
  return runHere('headless', ['--because', because, ...args])
}

/** In this process, so that signals, the terminal and the exit code need no passing on. */
async function runHere(program: 'headless' | 'cli', args: string[]): Promise<void> {
  const entry = join(root, 'out/main', `${program}.js`)
  process.argv = [process.execPath, entry, ...args]
  await import(pathToFileURL(entry).href)
}
