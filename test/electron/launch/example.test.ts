import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openSession } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

it('the example opens a workspace of its own, with a year of messages', async () => {
  const hooks = join(root, 'test/electron/db/fixtures/raw-sql.mjs')
  const flags = ['--disable-warning=ExperimentalWarning', '--import', hooks]
  const program = [join(root, 'test/history/example.ts')]
  const host = ['headless', '--port', '0', '--no-browser']
  const example = startProcess(process.execPath, [...flags, ...program, ...host], {
    // Somebody's own workspace, which is left alone.
    env: { SMS_WORKBENCH_FOLDER: join(root, 'package.json') },
  })
  onTestFinished(async () => {
    example.child.kill('SIGTERM')
    await example.ended
  })
  const line = await example.line(/http:\/\/\S+#token=/)
  const { origin, hash } = new URL(/http:\S+/.exec(line)?.[0] ?? '')
  const cookie = await openSession(origin, hash.slice('#token='.length))
  const response = await fetch(`${origin}/rpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({
      name: 'stats.get',
      input: {
        scope: { kind: 'all' },
        range: { kind: 'days', days: 365 },
        zone: 'UTC',
        compare: true,
        tests: false,
        simulated: false,
      },
    }),
  })
  const { value } = (await response.json()) as { value: { range: { totals: { sent: number } } } }
  expect(value.range.totals.sent).toBeGreaterThan(1000)
})
