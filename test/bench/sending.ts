import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import type { SendInput } from '#shared/message.ts'
import { emptySettings } from '#shared/provider.ts'
import type { openWorkbench, Workbench } from '../../electron/workbench.ts'
import { newId } from '../../electron/ids.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'

const atOnce = 50
const perRound = 3000
const rounds = 7

/** Messages a second through dispatch, both commits included, against bare requests to the same server. */
export async function benchSending(): Promise<Record<string, Figure>> {
  const server = fork(join(import.meta.dirname, 'target-server.ts'), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const [port] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  const address = `http://127.0.0.1:${String(port).trim()}/sms`
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const workbench = await openBuilt(folder)
  try {
    return await compare(workbench, address)
  } finally {
    await workbench.close()
    server.disconnect()
    rmSync(folder, { recursive: true })
  }
}

/** The workbench as it ships, bundled. */
async function openBuilt(folder: string): Promise<Workbench> {
  const built = join(import.meta.dirname, '../../out/main/workbench.js')
  const module = (await import(built)) as { openWorkbench: typeof openWorkbench }
  return module.openWorkbench({ folder, host: 'cli', version: 'bench', keychain: null, passphrase: null })
}

async function compare(workbench: Workbench, address: string): Promise<Record<string, Figure>> {
  const id = randomUUID()
  const settings = { ...emptySettings(), endpoint: address }
  await workbench.dispatch('providers.save', { id, name: 'Bench', kind: 'generic', settings, secrets: {} })
  const agent = new Agent({ connections: atOnce })
  const bare = () => bareRequest(agent, address)
  const sent = () => send(workbench, id)
  await perSecond(bare)
  await perSecond(sent)
  const speeds: { bare: number; sent: number }[] = []
  for (let index = 0; index < rounds; index += 1) {
    speeds.push({ bare: await perSecond(bare), sent: await perSecond(sent) })
  }
  await agent.close()
  const yardstick = 'bare undici requests per second, 50 at a time, same server'
  return {
    'send.ratio': {
      value: round(median(speeds.map((speed) => speed.sent / speed.bare))),
      unit: 'ratio',
      yardstick,
    },
    'send.rate': {
      value: round(median(speeds.map((speed) => speed.sent)), 0),
      unit: 'messages/s',
      yardstick: 'none',
    },
  }
}

async function bareRequest(agent: Agent, address: string): Promise<void> {
  const body = 'to=%2B14155550123&text=Hello'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await request(address, { dispatcher: agent, method: 'POST', headers, body })
  await answer.body.text()
}

async function send(workbench: Workbench, id: string): Promise<void> {
  const input: SendInput = {
    key: newId(),
    provider: { kind: 'saved', id },
    to: '+14155550123',
    country: null,
    text: 'Hello',
    values: {},
    test: false,
  }
  const outcome = await workbench.dispatch('messages.send', input)
  if (!outcome.ok || outcome.value.state !== 'sent') throw new Error(JSON.stringify(outcome))
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  let begun = 0
  const worker = async () => {
    while (begun < perRound) {
      begun += 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return perRound / ((performance.now() - started) / 1000)
}
