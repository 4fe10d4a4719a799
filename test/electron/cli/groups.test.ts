import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCommandLine } from '../../../electron/cli/program.ts'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let printed: string

beforeEach(async () => {
  test = await openTestWorkbench()
  for (const name of ['First', 'Second'])
    await test.call('providers.save', providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name }))
  await test.workbench.close()
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((printed += String(text))))
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await test.reopen()
  await test.close()
})

/** Answers with the document that is printed, and the exit code. */
async function groups(...args: string[]) {
  printed = ''
  process.exitCode = undefined
  await runCommandLine(['groups', ...args, '--json', '--workspace', test.folder], '/')
  return { code: process.exitCode ?? 0, document: JSON.parse(printed) as Record<string, unknown> }
}

it('adds, shows, lists, marks as default and deletes groups', async () => {
  const policies = ['--on-unknown', 'hold', '--no-breaker', '--receipt-minutes', '5']
  const about = ['--name', 'Both', '--provider', 'second', '--provider', 'First', '--country', 'gb']
  const added = await groups('add', ...about, ...policies)
  expect(added).toMatchObject({ code: 0, document: { name: 'Both', countries: ['GB'] } })
  const shown = (await groups('get', 'both')).document as { members: { name: string }[]; policies: object }
  expect(shown.members.map(({ name }) => name)).toEqual(['Second', 'First'])
  expect(shown.policies).toEqual({
    onUnknown: 'hold',
    onRejected: 'stop',
    breaker: false,
    noReceiptMinutes: 5,
  })
  expect((await groups('add', ...about)).document).toMatchObject({ error: { code: 'name_taken' } })
  expect((await groups('set-default', 'Both')).code).toBe(0)
  expect((await groups('list')).document).toMatchObject([{ name: 'Both', isDefault: true }])
  const unsure = await groups('delete', 'Both')
  expect(unsure).toMatchObject({ code: 2, document: { error: { code: 'invalid_input' } } })
  expect((await groups('delete', 'Both', '--yes')).code).toBe(0)
  expect((await groups('show', 'Both')).document).toMatchObject({ error: { code: 'not_found' } })
})

it('refuses a provider that is not there, and a policy that is none', async () => {
  const about = ['--name', 'One', '--provider', 'Third']
  expect(await groups('add', ...about)).toMatchObject({ code: 2, document: { error: { code: 'not_found' } } })
  const wrong = runCommandLine(['groups', 'add', ...about, '--on-unknown', 'wait'], '/')
  await wrong
  expect(process.exitCode).toBe(2)
})
