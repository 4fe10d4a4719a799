import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const root = resolve(import.meta.dirname, '../..')
const stamp = join(root, 'out', 'built-from')
const lock = join(root, 'out', 'building')
const sources = [
  'electron',
  'shared',
  'renderer',
  'resources',
  'package-lock.json',
  'electron.vite.config.ts',
]

/** Builds the hosts and the page unless `out` was built from just these sources. Throws what the build printed. */
export async function ensureBuilt(onBuilding: () => void): Promise<void> {
  if (isFresh()) return
  await whileAlone(() => {
    if (isFresh()) return
    onBuilding()
    build()
  })
}

/** Path, time and size of every source: a renamed or deleted file counts too, which its time alone would not tell. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => filesOf(join(root, source)))) {
    const { mtimeMs, size } = statSync(path)
    hash.update(`${path} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found ? [path] : []
  const names = readdirSync(path).filter((name) => !name.startsWith('.'))
  return names.sort().flatMap((name) => filesOf(join(path, name)))
}

function isFresh(): boolean {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint()
  } catch {
    return false
  }
}

function build(): void {
  // Taken before the build: a source that changes meanwhile makes the next start build again.
  const from = fingerprint()
  rmSync(stamp, { force: true })
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'build'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`)
  writeFileSync(stamp, from)
}

/** Two starts at once would build into each other's output; the second waits. A lock left by a killed build is taken. */
async function whileAlone(work: () => void): Promise<void> {
  mkdirSync(join(root, 'out'), { recursive: true })
  while (!takeLock()) await sleep(200)
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isAlive(lockHolder())) rmSync(lock, { force: true })
    return false
  }
}

function lockHolder(): number | null {
  try {
    return Number(readFileSync(lock, 'utf8')) || null
  } catch {
    return null
  }
}

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0)
  } catch {
    return false
  }
}
