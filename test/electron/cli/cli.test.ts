import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { genericSimulatorPath, magicNumbers } from '#shared/simulator.ts'
import { startSimulator, type SimulatorServer } from '../../../electron/simulator/server.ts'
import { simulatedToken } from '../../../electron/simulator/generic-provider.ts'
import { freePort } from '../../helpers/free-port.ts'
import { providerInput } from '../../helpers/messages.ts'
import { startRawServer } from '../../helpers/raw-server.ts'
import { simulatorDesk } from '../../helpers/simulator-desk.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
let simulator: SimulatorServer
beforeAll(async () => {
  folder = await temporaryFolder()
  simulator = await startSimulator(0, simulatorDesk())
  await prepareProviders()
})
afterAll(async () => {
  await simulator.close()
  await rm(folder, { recursive: true })
})

const secret = simulatedToken

async function prepareProviders(): Promise<void> {
  const host = await startHeadless({ folder })
  const auth = { kind: 'bearer' as const, token: '{{secret:token}}' }
  const secrets = { token: secret }
  const parameters = {
    kind: 'form' as const,
    rows: ['$$To', '$$Body'].map((value, at) => row(['to', 'text'][at]!, value)),
  }
  const endpoint = `http://127.0.0.1:${simulator.port}${genericSimulatorPath}`
  const saved = [
    providerInput({ endpoint, auth, parameters }, { name: 'Simulated', secrets }),
    providerInput(
      { endpoint, parameters: { ...parameters, rows: [...parameters.rows, row('code', '$$code')] }, auth },
      { name: 'With a value', secrets },
    ),
    providerInput({ endpoint: `http://127.0.0.1:${await freePort()}/` }, { name: 'Down' }),
  ]
  for (const input of saved) expect(await host.call('providers.save', input)).toMatchObject({ ok: true })
  await host.call('providers.setDefault', { id: saved[0]!.id })
  await host.stop()
}

const row = (name: string, value: string) => ({ name, value, enabled: true })

async function run(args: string[], { workspace = folder, env = {} as Record<string, string> } = {}) {
  const withWorkspace = { SMS_WORKBENCH_FOLDER: workspace, ...env }
  return startProcess(process.execPath, [join(root, 'out/main/cli.js'), ...args], { env: withWorkspace })
    .ended
}

const send = (to: string, ...more: string[]) => run(['send', '--to', to, '--text', 'Hello', ...more])
const numberFor = (outcome: string) => magicNumbers.find((one) => one.outcome === outcome)!.number

it('messages show tells a message’s story', async () => {
  const sent = await send('+14155550123', '--provider', 'down', '--json')
  const { id } = JSON.parse(sent.stdout) as { id: string }
  const { code, stdout } = await run(['messages', 'show', id])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Created, to \+14155550123$/m)
  expect(stdout).toContain('Attempt 1 with Down')
  expect(stdout).toContain('No byte had gone out.')
  expect(stdout).toContain('Failed. Down did not take the message.')
  expect((await run(['messages', 'show', randomUUID()])).code).toBe(2)
})

describe('send', () => {
  it('tells in words and in its exit code that the provider accepted the message', async () => {
    const { code, stdout, stderr } = await send(numberFor('Accepted'), '--provider', 'Simulated')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('The provider accepted the message (Simulated, to +15005550006, HTTP 201')
  })

  it.each([
    ['Invalid number', [3, 5]],
    ['Bad credentials', [5]],
    ['No credit', [5]],
    ['Rate limited', [4]],
    ['Server error', [6]],
    ['Connection reset', [6]],
  ])('exits by the class of the outcome: %s', async (outcome, codes) => {
    const { code, stdout } = await send(numberFor(outcome), '--provider', 'Simulated', '--json')
    expect(codes).toContain(code)
    expect(JSON.parse(stdout)).toMatchObject({ to: numberFor(outcome), test: true })
  })

  it('exits with 4 for a provider that is down', async () => {
    const { code, stdout } = await send('+14155550123', '--provider', 'down', '--no-test', '--json')
    expect(code).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject({ outcomeCode: 'connection_refused', test: false })
  })

  it('takes the default provider, a provider by id, and values for placeholders', async () => {
    expect((await send(numberFor('Accepted'))).code).toBe(0)
    const listed = JSON.parse((await run(['providers', 'list', '--json'])).stdout) as {
      id: string
      name: string
    }[]
    const { id } = listed.find((one) => one.name === 'With a value')!
    expect((await send(numberFor('Accepted'), '--provider', id, '--value', 'code=12=34')).code).toBe(0)
    expect((await send(numberFor('Accepted'), '--provider', id)).code).toBe(2)
  })

  it.each([
    [['send']],
    [['send', '--to', '+14155550123']],
    [['send', '--to', 'nonsense', '--text', 'Hello']],
    [['send', '--to', '+14155550123', '--text', '']],
    [['send', '--to', '+14155550123', '--text', 'Hello', '--provider', 'Nobody']],
    [['send', '--to', '+14155550123', '--text', 'Hello', '--value', 'novalue']],
    [['send', '--nonsense']],
    [['nonsense']],
    [['providers', 'show', randomUUID()]],
    [['simulate', '--port', 'x']],
  ])('exits with 2 for wrong usage: %j', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
    expect(stderr).not.toContain('    at ')
  })

  it('puts an error into the one JSON document as well', async () => {
    const { code, stdout } = await send('+14155550123', '--provider', 'Nobody', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not_found' } })
  })

  it.each([
    [['send', '--json', '--to', '+14155550123']],
    [['send', '--json', '--nonsense']],
    [['nonsense', '--json']],
    [['providers', '--json']],
    [['simulate', '--port', 'x', '--json']],
    [['send', '--json', '--to', '+14155550123', '--text', 'Hello', '--value', 'novalue']],
    [['providers', 'list', '--json', '--workspace', '']],
  ])('answers wrong usage with one JSON document where that is asked for: %j', async (args) => {
    const { code, stdout } = await run(args)
    expect(code).toBe(2)
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } }
    expect(error.code).toBe('invalid_input')
    expect(error.message).toMatch(/^[^(].*\w/)
  })

  it.each([
    ['providers', 'list'],
    ['send', '--to', '+14155550123', '--text', 'Hello'],
  ])('says in one line that its folder cannot be used: %s %s', async (...args) => {
    const workspace = join(root, 'package.json', 'x')
    const plain = await run([...args, '--workspace', workspace])
    expect({ code: plain.code, stdout: plain.stdout }).toEqual({ code: 8, stdout: '' })
    expect(plain.stderr).toMatch(/^The workspace’s folder cannot be made.*\n$/)
    const inJson = await run([...args, '--json', '--workspace', workspace])
    expect(inJson.code).toBe(8)
    expect(JSON.parse(inJson.stdout)).toMatchObject({ error: { code: 'store_unreadable' } })
  })

  it('goes through the running host, and leaves it its workspace', async () => {
    const host = await startHeadless({ folder })
    const provider = await startRawServer({
      onRequest: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
    })
    const endpoint = `http://127.0.0.1:${provider.port}/`
    await host.call('providers.save', providerInput({ endpoint }, { name: 'Taking' }))
    expect((await send('+14155550124', '--provider', 'Taking')).code).toBe(0)
    const messages = await host.call('messages.list', { providerId: null, before: null, limit: 1 })
    expect(messages).toMatchObject({ value: { messages: [{ to: '+14155550124' }] } })
    await host.stop()
    await provider.close()
  })

  it('through a host whose simulator is stopped sends nothing that is simulated, and says so', async () => {
    const host = await startHeadless({ folder })
    const { code, stdout, stderr } = await send(numberFor('Accepted'), '--provider', 'Simulated')
    await host.stop()
    expect([code, `${stdout}${stderr}`]).toEqual([4, expect.stringMatching(/simulator is stopped/i)])
  })

  it.each([true, false])(
    'tells that the outcome is unknown when the running host is killed meanwhile, in JSON: %s',
    async (inJson) => {
      const host = await startHeadless({ folder })
      const provider = await startRawServer({ onRequest: () => host.process.child.kill('SIGKILL') })
      const input = providerInput(
        { endpoint: `http://127.0.0.1:${provider.port}/` },
        { name: inJson ? 'Fatal' : 'Deadly' },
      )
      await host.call('providers.save', input)
      const json = inJson ? ['--json'] : []
      const { code, stdout, stderr } = await send('+14155550123', '--provider', input.name, ...json)
      await provider.close()
      expect({ code, received: provider.received.length }).toEqual({ code: 6, received: 1 })
      const said = inJson ? stdout : stderr
      if (inJson) expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'host_lost' } })
      expect(said).toContain('may arrive')
      const [key = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(said) ?? []
      const next = await startHeadless({ folder })
      expect(await next.call('messages.get', { id: key })).toMatchObject({
        value: { outcomeClass: 'unknown' },
      })
      await next.stop()
    },
  )

  it('is cancelled, and answered, when the running host is ended meanwhile', async () => {
    const host = await startHeadless({ folder })
    const provider = await startRawServer({ onRequest: () => host.process.child.kill('SIGTERM') })
    const timeouts = { connectMs: 3000, tlsMs: 5000, firstByteMs: 50_000, totalMs: 50_000 }
    const endpoint = `http://127.0.0.1:${provider.port}/`
    await host.call('providers.save', providerInput({ endpoint, timeouts }, { name: 'Silent' }))
    const { code, stdout } = await send('+14155550123', '--provider', 'Silent', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ outcomeCode: expect.stringContaining('cancelled') as string })
    expect(code).toBe(6)
    expect(await host.process.ended).toMatchObject({ code: 0, stderr: '' })
    await provider.close()
  })

  it.each(['its door is gone', 'its door is open'])(
    'says when the workspace is in use by something that does not answer: %s',
    async (state) => {
      const host = await startHeadless({ folder })
      host.process.child.kill('SIGSTOP')
      if (state === 'its door is gone') await rm(join(folder, 'door.sock'))
      const { code, stderr } = await send(numberFor('Accepted'))
      host.process.child.kill('SIGCONT')
      await host.stop()
      expect(code).toBe(8)
      expect(stderr).toContain('in use')
    },
  )
})

describe('providers', () => {
  it('lists and shows them without their secrets', async () => {
    const list = await run(['providers', 'list'])
    expect(list.stdout).toContain('Simulated (default)')
    const shown = await run(['providers', 'show', 'simulated'])
    expect(shown.stdout).toContain('token (set)')
    const document = await run(['providers', 'show', 'Simulated', '--json'])
    expect(JSON.parse(document.stdout)).toMatchObject({
      name: 'Simulated',
      secrets: [{ name: 'token', state: 'set' }],
    })
    for (const { stdout, code } of [list, shown, document]) {
      expect(code).toBe(0)
      expect(stdout).not.toContain(secret)
    }
  })
})
