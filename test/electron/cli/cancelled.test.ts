import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommandLine } from '../../../electron/cli/program.ts'
import { addLogRows, logRow, withStore } from '../../helpers/log-rows.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let printed: string

beforeEach(async () => {
  test = await openTestWorkbench()
  await test.workbench.close()
  addLogRows(
    test.folder,
    Array.from({ length: 4000 }, (_, index) => logRow({ createdAt: index, text: `No ${index}` })),
  )
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((printed += String(text))))
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await test.reopen()
  await test.close()
})

async function run(...args: string[]) {
  printed = ''
  process.exitCode = undefined
  await runCommandLine([...args, '--workspace', test.folder], '/')
  return { code: process.exitCode ?? 0, printed }
}

/** The same with Ctrl+C as soon as the command listens to it. */
async function cancelled(...args: string[]) {
  const before = process.listeners('SIGINT')
  const ended = run(...args)
  for (;;) {
    const listener = process.listeners('SIGINT').find((one) => !before.includes(one))
    if (listener) {
      listener('SIGINT')
      return ended
    }
    await new Promise(setImmediate)
  }
}

it('an export that is cancelled leaves no file, and can be made again under its name', async () => {
  const file = join(test.folder, 'messages.csv')
  expect(await cancelled('export', 'messages', '--output', file)).toEqual({
    code: 7,
    printed: 'Cancelled; no file is left behind.\n',
  })
  expect(existsSync(file)).toBe(false)
  expect(await run('export', 'messages', '--output', file)).toMatchObject({ code: 0 })
  expect(existsSync(file)).toBe(true)
})

it('a file that cannot be written is told in words, and no stack', async () => {
  const missing = join(test.folder, 'nowhere', 'messages.csv')
  expect(await run('export', 'messages', '--output', missing)).toEqual({
    code: 2,
    printed: `${missing} cannot be written (ENOENT). Name another file.\n`,
  })
  const folder = join(test.folder, 'folder.csv')
  mkdirSync(folder)
  const refused = await run('export', 'messages', '--output', folder, '--json')
  expect(refused.code).toBe(2)
  expect(JSON.parse(refused.printed)).toMatchObject({ error: { code: 'invalid_input' } })
})

it('a check or a repair that is cancelled says so and nothing else', async () => {
  withStore(test.folder, (db) => db.exec('UPDATE stats_marks SET complete = 1'))
  for (const command of ['check', 'repair'])
    expect(await cancelled('stats', command)).toEqual({
      code: 7,
      printed: 'Cancelled; nothing was changed.\n',
    })
  const { code, printed: json } = await cancelled('stats', 'check', '--json')
  expect(code).toBe(7)
  expect(JSON.parse(json)).toMatchObject({ kind: 'check', state: 'cancelled' })
})
