import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { Agent } from 'undici'
import type { CommandInput, CommandName } from '#shared/contract.ts'
import { longestChunk } from '#shared/bulk.ts'
import type { Workbench } from '../../electron/workbench.ts'
import { bulkFile, bulkSetup, saved } from '../helpers/bulk.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { startApart } from './sending.ts'
import { addProvider, bareRequest, openBuilt, perSecond } from './throughput.ts'

const messages = 20_000
const rounds = 3
const idleMs = 1000

/**
 * The longest that the event loop stands still while a bulk test is read, sent and counted, as a host that stays does it: for
 * so long a page gets no answer. Collecting garbage and waiting for a processor are in it, so the same is measured of an idle
 * loop, and of one that sends as many bare requests to the same server, which has a process of its own.
 */
export async function benchStall(): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const workbench = await openBuilt(folder, 'headless')
  const server = await startApart()
  const agent = new Agent({ connections: 50 })
  try {
    const provider = await addProvider(workbench, 'stall', server.address)
    const bare = () => perSecond(() => bareRequest(agent, server.address), messages)
    // Compiled, with grown heaps and files.
    await bare()
    await runBulk(workbench, provider)
    const stalls: Record<'idle' | 'bare' | 'bulk', number>[] = []
    for (let index = 0; index < rounds; index += 1) {
      const idle = await longestStall(() => wait(idleMs))
      stalls.push({
        idle,
        bare: await longestStall(bare),
        bulk: await longestStall(() => runBulk(workbench, provider)),
      })
    }
    const of = (what: 'idle' | 'bare' | 'bulk') => round(median(stalls.map((stall) => stall[what])), 1)
    const yardstick = `bare undici sending as many: ${of('bare')} ms; an idle loop: ${of('idle')} ms`
    return { 'stall.ms': { value: of('bulk'), unit: 'ms', yardstick } }
  } finally {
    await agent.close()
    await workbench.close()
    server.close()
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  await work()
  delays.disable()
  return delays.max / 1e6
}

async function runBulk(workbench: Workbench, provider: string): Promise<void> {
  const id = randomUUID()
  const text = bulkFile(messages)
  await call(workbench, 'bulk.create', { id, setup: bulkSetup(saved(provider)) })
  for (let at = 0; at * longestChunk < text.length; at += 1)
    await call(workbench, 'bulk.load', {
      id,
      position: at,
      text: text.slice(at * longestChunk, (at + 1) * longestChunk),
    })
  await call(workbench, 'bulk.loaded', { id })
  const over = new Promise<void>((resolve) => {
    const stop = workbench.events.subscribe((event) => {
      if (event.name !== 'bulk.changed' || event.payload.id !== id || event.payload.state !== 'done') return
      stop()
      resolve()
    })
  })
  await call(workbench, 'bulk.start', { id })
  await over
}

async function call<Name extends CommandName>(
  workbench: Workbench,
  name: Name,
  input: CommandInput<Name>,
): Promise<void> {
  const outcome = await workbench.dispatch(name, input)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
}
