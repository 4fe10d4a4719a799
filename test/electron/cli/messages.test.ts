import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MessageSummary } from '#shared/message.ts'
import { addLogRows, logRow } from '../../helpers/log-rows.ts'
import { providerInput } from '../../helpers/messages.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
const hour = 3_600_000
const input = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Twilio' })

beforeAll(async () => {
  folder = await temporaryFolder()
  const host = await startHeadless({ folder })
  await host.call('providers.save', input)
  await host.stop()
  const failed = {
    state: 'failed',
    outcomeClass: 'misconfigured',
    outcomeCode: 'unauthorized',
    providerId: input.id,
    providerName: 'Twilio',
  } as const
  addLogRows(folder, [
    ...Array.from({ length: 700 }, (_, index) => logRow({ createdAt: index, text: `Old ${index}` })),
    logRow({ ...failed, createdAt: Date.now() - 30 * hour, text: 'Yesterday' }),
    logRow({ ...failed, createdAt: Date.now() - hour, text: `A\nlong ${'text '.repeat(30)}`, test: true }),
    logRow({ createdAt: Date.now(), to: '+447700900123', text: 'Hello', country: 'GB' }),
  ])
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: string[]) =>
  startProcess(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'messages', 'list', '--workspace', folder, ...args],
    {},
  ).ended

async function texts(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await run('--json', ...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { messages } = JSON.parse(stdout) as { messages: MessageSummary[] }
  return messages.map(({ text }) => text.split(/\s/)[0] ?? '')
}

it('lists the newest messages, one a line, and says that there are more', async () => {
  const { code, stdout, stderr } = await run('--limit', '3')
  expect(code).toBe(0)
  expect(stderr).toBe('These are the newest 3. --limit lists more of them.\n')
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^TIME +TO +PROVIDER +STATE +OUTCOME +ID +TEXT$/)
  expect(lines[1]).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}\+447700900123 +Provider +sent +accepted +\S{36} {2}"Hello"$/,
  )
  expect(lines[2]).toMatch(/failed +unauthorized .*"A\\nlong text [a-z ]+…"$/)
  expect(lines).toHaveLength(4)
})

it('takes the filters of the page, and goes on past one look', async () => {
  expect(await texts('--state', 'failed')).toEqual(['A', 'Yesterday'])
  expect(await texts('--state', 'failed,sent', '--country', 'gb')).toEqual(['Hello'])
  expect(await texts('--provider', 'twilio', '--since', '24h')).toEqual(['A'])
  expect(await texts('--provider', input.id, '--until', '24h')).toEqual(['Yesterday'])
  expect(await texts('--outcome', 'unauthorized', '--no-tests')).toEqual(['Yesterday'])
  expect(await texts('--outcome', 'misconfigured', '--tests')).toEqual(['A'])
  expect(await texts('--search', '(7700) hello')).toEqual(['Hello'])
  expect(await texts('--simulated')).toEqual([])
  expect(await texts('--until', '1971-01-01', '--limit', '650')).toHaveLength(650)
})

it.each([
  [['--state', 'fail'], /Write one of queued, sending, /],
  [['--outcome', 'x'], /Write one of accepted, rejected, /],
  [['--since', 'noon'], /"noon" is not a time\. Write it as 2026-03-29, /],
  [['--limit', '0'], /Write a number from 1 to 100000\./],
  [['--provider', 'Nobody'], /There is no provider named "Nobody"\. Known: Twilio\./],
])('says what to write instead of %j', async (args, words) => {
  const { code, stdout, stderr } = await run(...args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(words)
})
