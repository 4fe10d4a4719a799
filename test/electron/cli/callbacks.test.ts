import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CallbackDetails, CallbackSummary } from '#shared/callbacks/callback.ts'
import { providerInput } from '../../helpers/messages.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
const input = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'My gateway' })

beforeAll(async () => {
  folder = await temporaryFolder()
  const host = await startHeadless({ folder })
  await host.call('providers.save', input)
  await host.stop()
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: string[]) =>
  startProcess(process.execPath, [join(root, 'out/main/cli.js'), ...args, '--workspace', folder], {}).ended

async function told<Value>(...args: string[]): Promise<Value> {
  const { code, stdout, stderr } = await run(...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Value
}

const nobody = '01a1fe9e-61af-739b-8d71-bf40070c6b25'
const delivered = [
  { event: 'delivered', data: [{ ts: 1_700_000_000, meta: nobody, description: 'Arrived' }] },
]
const craft = ['callbacks', 'craft', '--provider', 'my gateway'] as const

it('takes a callback that is written on the line, shows it, lists it and takes it again', async () => {
  const body = JSON.stringify(delivered)
  const header = ['--header', 'Content-Type: application/json', '--header', 'X-Note: one: two']
  const crafted = await told<CallbackSummary>(...craft, ...header, '--query', 'a=1', '--body', body)
  expect(crafted).toMatchObject({ origin: 'crafted', method: 'POST', effect: 'unmatched', word: 'delivered' })

  const shown = await told<CallbackDetails>('callbacks', 'show', crafted.id)
  expect(shown).toMatchObject({
    providerName: 'My gateway',
    request: { method: 'POST', target: '/c/…?a=1', body },
    items: [{ reference: nobody, effect: 'unmatched', reason: 'no_such_id' }],
  })
  expect(shown.request.headers).toContainEqual({ name: 'X-Note', value: 'one: two' })
  const { stdout } = await run('callbacks', 'show', crafted.id)
  expect(stdout).toContain('POST /c/…?a=1, from 127.0.0.1\n')
  expect(stdout).toContain('\nX-Note: one: two\n')
  expect(stdout).toMatch(/Answered with 200: \{"status":"success"/)

  const again = await told<CallbackSummary[]>('replay', crafted.id, crafted.id)
  expect(again.map(({ origin, word }) => [origin, word])).toEqual([
    ['replay', 'delivered'],
    ['replay', 'delivered'],
  ])
  expect(await told<CallbackDetails>('callbacks', 'show', again[1]?.id ?? '')).toMatchObject({
    replayOf: crafted.id,
  })
  const listed = await told<CallbackSummary[]>('callbacks', 'list', '--search', nobody)
  expect(listed).toHaveLength(3)
})

it('takes one without a body as a GET', async () => {
  const crafted = await told<CallbackSummary>(...craft, '--query', '?id=1&status=x')
  expect(crafted).toMatchObject({ method: 'GET', bodyBytes: 0 })
})

it('says what is wrong, and takes nothing then', async () => {
  const wrong: [string[], RegExp][] = [
    [['callbacks', 'craft', '--provider', 'Nobody', '--body', '{}'], /Nobody/],
    [[...craft, '--header', 'no colon'], /Write a header as in/],
    [['callbacks', 'show', nobody], /There is no such callback/],
    [['replay', nobody], /There is no such callback/],
  ]
  const before = await told<CallbackSummary[]>('callbacks', 'list')
  for (const [args, words] of wrong) {
    const { code, stdout, stderr } = await run(...args)
    expect([code === 0, stdout]).toEqual([false, ''])
    expect(stderr).toMatch(words)
  }
  expect(await told<CallbackSummary[]>('callbacks', 'list')).toHaveLength(before.length)
})
