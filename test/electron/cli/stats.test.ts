import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommandLine } from '../../../electron/cli/program.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let printed: string

beforeEach(async () => {
  const server = await startRawServer({ onRequest: (socket) => socket.write(reply('201 Created', '{}')) })
  test = await openTestWorkbench()
  const provider = providerInput({ endpoint: `http://127.0.0.1:${server.port}/` }, { name: 'First' })
  await test.call('providers.save', provider)
  for (const isTest of [false, false, true])
    await test.call('messages.send', sendInput(provider.id, { test: isTest }))
  await test.workbench.close()
  await server.close()
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((printed += String(text))))
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await test.reopen()
  await test.close()
})

async function stats(...args: string[]) {
  printed = ''
  process.exitCode = undefined
  await runCommandLine(['stats', ...args, '--workspace', test.folder], '/')
  return { code: process.exitCode ?? 0, printed }
}

it('shows figures of all and of a provider, with and without tests', async () => {
  const all = await stats('--json', '--zone', 'Asia/Kathmandu')
  expect(JSON.parse(all.printed)).toMatchObject({
    zone: 'Asia/Kathmandu',
    range: { totals: { sent: 2 } },
    leftOut: { tests: 1 },
  })
  const first = await stats('--provider', 'first', '--tests', '--range', 'today', '--compare')
  expect(first.printed).toMatch(/^First, /)
  expect(first.printed).toMatch(/Total Sent +3 +0/)
  expect(first.printed).toContain('No delivery receipt has come yet')
  expect((await stats('--range', 'soon')).code).toBe(2)
  expect((await stats('--to', '2026-01-01')).printed).toContain('--from')
  expect((await stats('--from', '2026-02-01', '--to', '2026-01-01')).code).toBe(2)
})

it('checks and repairs them', async () => {
  expect((await stats('check')).printed).toContain('agree with the log')
  withStore(test.folder, (db) => db.exec('UPDATE stats_sums SET sent = sent + 1 WHERE level = 4'))
  expect(await stats('check')).toMatchObject({
    code: 1,
    printed: expect.stringContaining('differ from the log'),
  })
  expect(JSON.parse((await stats('repair', '--json')).printed)).toMatchObject({ state: 'done', all: 3 })
  expect((await stats('check')).code).toBe(0)
})
