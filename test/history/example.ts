/**
 * `npm run example`: opens the app in a workspace of its own, filled with a year of made-up history, so that the log, the
 * conversations and the stats have something to show. `--anew` throws that one away and makes another, which ends now.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

// Never one that is named from outside: it may be somebody's own, and is thrown away here.
const folder = join(resolve(import.meta.dirname, '../..'), 'node_modules/.cache/sms-workbench-example')
const args = process.argv.slice(2)

if (args.includes('--anew')) rmSync(folder, { recursive: true, force: true })
if (existsSync(folder) || fill()) {
  process.env['SMS_WORKBENCH_FOLDER'] = folder
  process.argv = [...process.argv.slice(0, 2), ...args.filter((arg) => arg !== '--anew')]
  await import('../../electron/launch.ts')
} else process.exitCode = 1

/** False when it failed, which it has said. */
function fill(): boolean {
  process.stderr.write('Making up a year of messages…\n')
  const unfinished = `${folder}-unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const program = join(import.meta.dirname, 'run.ts')
  const wanted = ['--messages', '20000', '--days', '365', '--workspace', unfinished]
  const { status } = spawnSync(process.execPath, [...process.execArgv, program, ...wanted], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status === 0) renameSync(unfinished, folder)
  return status === 0
}
