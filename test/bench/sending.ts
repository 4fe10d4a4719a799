import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent } from 'undici'
import type { SendInput } from '#shared/send-input.ts'
import type { Workbench } from '../../electron/workbench.ts'
import { addGroup, benchFailover } from './failover.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { startTargetServer } from './target-server.ts'
import { addProvider, atOnce, bareRequest, byTurns, openBuilt, sendThrough } from './throughput.ts'

/**
 * Messages a second through dispatch, both commits included, against bare requests to the same server. `send.ratio` has
 * the server in the process of both sides: then it compares the work of one core with the work of one core, whatever
 * else the machine does. `send.apart.ratio` has it in a process of its own, where the bare client has a second core to
 * itself. `send.group.ratio` is the first through a group of one.
 */
export async function benchSending(): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const workbench = await openBuilt(folder)
  const together = await startTargetServer()
  const apart = await startApart()
  try {
    const here = await addProvider(workbench, 'here', together.address)
    const there = await addProvider(workbench, 'there', apart.address)
    const group = await addGroup(workbench, 'of one', [here])
    return {
      ...(await compare(workbench, { kind: 'saved', id: here }, together.address, 'send')),
      ...(await compare(workbench, { kind: 'saved', id: there }, apart.address, 'send.apart')),
      ...(await compare(workbench, { kind: 'group', id: group }, together.address, 'send.group')),
      ...(await benchFailover(workbench, here, group)),
    }
  } finally {
    await workbench.close()
    await together.close()
    apart.close()
    rmSync(folder, { recursive: true })
  }
}

export async function startApart(): Promise<{ address: string; close(): void }> {
  const program = join(import.meta.dirname, 'target-process.ts')
  const child = fork(program, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const [printed] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return { address: String(printed).trim(), close: () => child.disconnect() }
}

async function compare(
  workbench: Workbench,
  provider: SendInput['provider'],
  address: string,
  name: string,
): Promise<Record<string, Figure>> {
  const agent = new Agent({ connections: atOnce })
  const speeds = await byTurns(
    () => bareRequest(agent, address),
    () => sendThrough(workbench, provider),
  )
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
