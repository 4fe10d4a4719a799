import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { seedMessages } from './seed.ts'

const runs = 9
const messages = 100_000
const host = join(import.meta.dirname, '../../out/main/headless.js')

/** From starting the headless host on a full store to its first answered command, against an empty Node. */
export async function benchStart(): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await startOnce(folder)
    seedMessages(join(folder, 'workbench.sqlite'), messages)
    await startOnce(folder)
    await emptyNode()
    const ratios: number[] = []
    const memory: number[] = []
    for (let index = 0; index < runs; index += 1) {
      const bare = await emptyNode()
      const started = await startOnce(folder)
      ratios.push(started.ms / bare)
      memory.push(started.rssMb)
    }
    return {
      'start.ratio': {
        value: round(median(ratios), 2),
        unit: 'ratio',
        yardstick: 'node -e 0, start to exit',
      },
      'start.rss': { value: round(median(memory), 1), unit: 'MB', yardstick: 'none' },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function emptyNode(): Promise<number> {
  const started = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - started
}

async function startOnce(folder: string): Promise<{ ms: number; rssMb: number }> {
  const started = performance.now()
  const child = spawn(process.execPath, [host, '--no-browser', '--port', '0'], {
    env: { ...process.env, SMS_WORKBENCH_FOLDER: folder, CI: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await firstCommand(await addressOf(child))
    return { ms: performance.now() - started, rssMb: rssMb(child) }
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

async function addressOf(child: ChildProcess): Promise<URL> {
  let printed = ''
  for await (const chunk of child.stdout as NodeJS.ReadableStream) {
    printed += String(chunk)
    const address = /http:\/\/\S+/.exec(printed)
    if (address) return new URL(address[0])
  }
  throw new Error(`the host printed no address: ${printed}`)
}

async function firstCommand(address: URL): Promise<void> {
  const token = address.hash.replace('#token=', '')
  const headers = { 'content-type': 'application/json' }
  const session = await fetch(new URL('/session', address), {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  })
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const answer = await fetch(new URL('/rpc', address), {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ name: 'providers.list' }),
  })
  const outcome = (await answer.json()) as { ok: boolean }
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
}

/** Resident memory; where /proc is missing there is no figure. */
function rssMb(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000
  } catch {
    return Number.NaN
  }
}
