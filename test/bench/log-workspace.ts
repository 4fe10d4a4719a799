import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const kept = join(root, 'node_modules/.cache/sms-workbench-bench')

/**
 * A workspace of so many messages. It is made once, in about a minute for a million, and kept for as long as what it is made
 * by stays the same.
 */
export function workspaceOf(messages: number): string {
  const version = versionOf(['electron/db', 'test/history', 'test/bench/log-store.ts'])
  const folder = join(kept, version, String(messages))
  if (existsSync(folder)) return folder
  if (existsSync(kept))
    for (const old of readdirSync(kept)) if (old !== version) rmSync(join(kept, old), { recursive: true })
  process.stderr.write(`Making a workspace of ${messages.toLocaleString('en')} messages…\n`)
  const unfinished = `${folder}-unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const hooks = join(root, 'test/electron/db/fixtures/raw-sql.mjs')
  const program = join(import.meta.dirname, 'log-store.ts')
  const flags = ['--disable-warning=ExperimentalWarning', '--import', hooks, program]
  const made = spawnSync(process.execPath, [...flags, unfinished, String(messages)], { stdio: 'inherit' })
  if (made.status !== 0) throw new Error('The workspace for the bench could not be made.')
  renameSync(unfinished, folder)
  return folder
}

function versionOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.map((one) => join(root, one))) {
    const names = path.endsWith('.ts') ? [''] : readdirSync(path, { encoding: 'utf8', recursive: true })
    const files = names.map((name) => join(path, name))
    for (const file of files.toSorted()) if (/\.(ts|sql)$/.test(file)) hash.update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 12)
}
