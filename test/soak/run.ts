// `npm run soak [minutes]`: what takes too long for `npm test`. Kills a writing store and a sending workbench some
// hundred times, and a whole host while receipts stream in, then lets one host send without a pause for that many
// minutes (5 unless told).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const minutes = process.argv[2] ?? '5'
const kills = [
  'test/electron/db/kill.test.ts',
  'test/electron/messages/kill.test.ts',
  'test/electron/bulk/kill.test.ts',
  'test/electron/groups/kill.test.ts',
  'test/electron/groups/kill-waiting.test.ts',
  'test/electron/stats/any-order.test.ts',
  'test/electron/stats/figures.test.ts',
  'test/shared/failover/sequences.test.ts',
  'test/electron/callbacks/kill.test.ts',
  'test/electron/callbacks/doors.test.ts',
  'test/electron/callbacks/malformed.test.ts',
  'test/electron/callbacks/lattice.test.ts',
]

const killed = await run([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit', ...kills])
const hosts = await run([join(root, 'test/soak/callback-kills.ts')])
const endured = await run([join(root, 'test/soak/endurance.ts'), minutes])
process.exitCode = killed || hosts || endured

async function run(args: string[]): Promise<number> {
  const env = { ...process.env, SOAK: '1' }
  const [code] = (await once(
    spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' }),
    'exit',
  )) as [number]
  return code
}
