import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { simulatedToken } from '../../../electron/simulator/generic-provider.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let here: string
let there: string
let messageId: string
beforeAll(async () => {
  here = await temporaryFolder()
  there = await temporaryFolder()
  const host = await startHeadless({ folder: here })
  const started = await host.call('simulator.start')
  const address = started.ok ? started.value.address : ''
  const input = providerInput(
    { endpoint: `${address}/generic/messages`, auth: { kind: 'bearer', token: '{{secret:token}}' } },
    { name: 'Acme', secrets: { token: simulatedToken } },
  )
  await host.call('providers.save', input)
  const sent = await host.call('messages.send', sendInput(input.id, { text: 'Hello' }))
  messageId = sent.ok ? sent.value.id : ''
  await host.stop()
})
afterAll(() => [here, there].forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function run(workspace: string, ...args: string[]) {
  const env = { SMS_WORKBENCH_FOLDER: workspace }
  return startProcess(process.execPath, [join(root, 'out/main/cli.js'), 'bundle', ...args], { env }).ended
}

it('takes a message from one workspace to another, replays it there, and tells by its exit code how that went', async () => {
  const file = join(here, 'one.smsbundle.json')
  const written = await run(here, 'export', messageId, '--output', file, '--mask-numbers')
  expect(written).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Secrets are named and not held: token.'),
  })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toContain(simulatedToken)
  expect(await run(here, 'export', messageId, '--output', file)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is there already'),
  })
  const har = join(here, 'one.har')
  expect((await run(here, 'har', messageId, '--output', har)).code).toBe(0)
  expect(JSON.parse(readFileSync(har, 'utf8'))).toMatchObject({ log: { version: '1.2', entries: [{}] } })

  expect(await run(there, 'open', file, '--dry-run')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Not kept.'),
  })
  const opened = await run(there, 'open', file, '--json')
  const { id, providers } = JSON.parse(opened.stdout) as { id: string; providers: object[] }
  expect(providers).toMatchObject([{ name: 'Acme' }])
  const replay = await run(there, 'replay', id, '--json')
  expect(JSON.parse(replay.stdout)).toMatchObject({
    id,
    same: true,
    differences: [],
    replay: { state: 'sent' },
  })
  expect(replay.code).toBe(0)
  expect(await run(there, 'list')).toMatchObject({ code: 0, stdout: expect.stringContaining(id) })

  const bytes = join(there, 'bytes.json')
  writeFileSync(bytes, Buffer.from([0x7b, 0xff, 0x7d]))
  expect(await run(there, 'open', bytes)).toMatchObject({ code: 2, stderr: expect.stringContaining('UTF-8') })
  const bent = join(there, 'bent.json')
  writeFileSync(bent, readFileSync(file, 'utf8').replace('"Hello"', '"Hullo"'))
  expect(await run(there, 'replay', bent)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('check sum'),
  })
  expect((await run(there, 'remove', id)).code).toBe(0)
  expect(await run(there, 'replay', id)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such bundle'),
  })
})
