import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import type { SendInput } from '#shared/send-input.ts'
import { emptySettings } from '#shared/settings.ts'
import type { openWorkbench, Workbench } from '../../electron/workbench.ts'
import { newId } from '../helpers/new-id.ts'
import { startTargetServer } from './target-server.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'

const atOnce = 50
const perRound = 6000
/** Both sides are measured at their steady speed: compiled, with grown heaps and files. */
const warmUp = 20_000
const rounds = 7

/**
 * Messages a second through dispatch, both commits included, against bare requests to the same server. `send.ratio` has
 * the server in the process of both sides: then it compares the work of one core with the work of one core, whatever
 * else the machine does. `send.apart.ratio` has it in a process of its own, where the bare client has a second core to
 * itself.
 */
export async function benchSending(): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const workbench = await openBuilt(folder)
  const together = await startTargetServer()
  const apart = await startApart()
  try {
    return {
      ...(await compare(workbench, together.address, 'send')),
      ...(await compare(workbench, apart.address, 'send.apart')),
    }
  } finally {
    await workbench.close()
    await together.close()
    apart.close()
    rmSync(folder, { recursive: true })
  }
}

async function startApart(): Promise<{ address: string; close(): void }> {
  const program = join(import.meta.dirname, 'target-process.ts')
  const child = fork(program, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const [printed] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return { address: String(printed).trim(), close: () => child.disconnect() }
}

/** The workbench as it ships, bundled. */
async function openBuilt(folder: string): Promise<Workbench> {
  const built = join(import.meta.dirname, '../../out/main/workbench.js')
  const module = (await import(built)) as { openWorkbench: typeof openWorkbench }
  return module.openWorkbench({ folder, host: 'cli', version: 'bench', keychain: null, passphrase: null })
}

async function compare(workbench: Workbench, address: string, name: string): Promise<Record<string, Figure>> {
  const id = randomUUID()
  const settings = { ...emptySettings(), endpoint: address }
  await workbench.dispatch('providers.save', { id, name, kind: 'generic', settings, secrets: {} })
  const agent = new Agent({ connections: atOnce })
  const bare = () => bareRequest(agent, address)
  const sent = () => send(workbench, id)
  await perSecond(bare, warmUp)
  await perSecond(sent, warmUp)
  const speeds: { bare: number; sent: number }[] = []
  for (let index = 0; index < rounds; index += 1) {
    speeds.push({ bare: await perSecond(bare), sent: await perSecond(sent) })
  }
  await agent.close()
  const yardstick = 'bare undici requests per second, 50 at a time, same server'
  return {
    [`${name}.ratio`]: {
      value: round(median(speeds.map((speed) => speed.sent / speed.bare))),
      unit: 'ratio',
      yardstick,
    },
    [`${name}.rate`]: {
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

async function perSecond(work: () => Promise<void>, count = perRound): Promise<number> {
  const started = performance.now()
  let begun = 0
  const worker = async () => {
    while (begun < count) {
      begun += 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return count / ((performance.now() - started) / 1000)
}
