import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { providerInput } from '../../helpers/messages.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

/** A network of its own in which not even the loopback is up: whatever is connected to is really unreachable. */
const withoutNetwork = ['unshare', '-r', '-n']
const [program = '', ...flags] = withoutNetwork
const possible = spawnSync(program, [...flags, 'true']).status === 0

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
  const host = await startHeadless({ folder })
  await host.call('providers.save', providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Far away' }))
  await host.stop()
})
afterAll(() => rm(folder, { recursive: true }))

it.skipIf(!possible)(
  'a provider that the network has no way to is told as such, and nothing was sent',
  async () => {
    const command = [process.execPath, join(root, 'out/main/cli.js'), 'send', '--to', '+14155550123']
    const args = [...flags, ...command, '--text', 'Hello', '--json']
    const { code, stdout } = await startProcess(program, args, { env: { SMS_WORKBENCH_FOLDER: folder } })
      .ended
    expect(JSON.parse(stdout)).toMatchObject({
      outcomeClass: 'unavailable',
      outcomeCode: 'unreachable',
      story: [{ bytesOut: false, outcome: { facts: { systemCode: 'ENETUNREACH', host: '127.0.0.1:9' } } }],
    })
    expect(code).toBe(4)
  },
)
