import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { fastify } from 'fastify'
import { emptySettings } from '#shared/settings.ts'
import type { openWorkbench, Workbench } from '../../electron/workbench.ts'
import { newId } from '../helpers/new-id.ts'
import { startTargetServer } from './target-server.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'

const perRound = 5000
const warmUp = 10_000
const rounds = 7
const burst = 100_000

/** What `post-process.ts` answers after a round. */
interface Round {
  seconds: number
  answered: number
  p99: number
}

/**
 * Receipts a second over 50 connections, each stored on the disk before it is answered, matched to its message and
 * counted, until the last is, against a bare fastify that answers 200. Who posts has a process of its own.
 */
export async function benchCallbacks(): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const workbench = await openBuilt(folder)
  const target = await startTargetServer()
  const poster = fork(join(import.meta.dirname, 'post-process.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const bare = await startBare()
  try {
    const { address, ids } = await prepare(workbench, target.address)
    await post(poster, bare.address, ids.slice(0, warmUp))
    await matched(workbench, () => post(poster, address, ids.slice(0, warmUp)))
    const speeds: { bare: number; taken: number; p99: number }[] = []
    for (let index = 0; index < rounds; index += 1) {
      const some = ids.slice(warmUp + index * perRound, warmUp + (index + 1) * perRound)
      const plain = await post(poster, bare.address, some)
      const started = performance.now()
      const taken = await matched(workbench, () => post(poster, address, some))
      const seconds = (performance.now() - started) / 1000
      speeds.push({ bare: some.length / plain.seconds, taken: some.length / seconds, p99: taken.p99 })
    }
    const lost = await loseNone(workbench, poster, address, { ids, folder })
    const yardstick = 'bare fastify answering 200, 50 connections'
    return {
      'callbacks.ratio': {
        value: round(median(speeds.map(({ bare: plain, taken }) => taken / plain))),
        unit: 'ratio',
        yardstick,
      },
      'callbacks.rate': {
        value: round(median(speeds.map(({ taken }) => taken)), 0),
        unit: 'receipts/s',
        yardstick: 'none',
      },
      'callbacks.p99': {
        value: round(median(speeds.map(({ p99 }) => p99)), 1),
        unit: 'ms',
        yardstick: 'none',
      },
      'callbacks.lost': { value: lost, unit: `of ${burst}`, yardstick: 'none' },
    }
  } finally {
    poster.disconnect()
    await bare.close()
    await workbench.close()
    await target.close()
    rmSync(folder, { recursive: true })
  }
}

/** The workbench as it ships, bundled. */
async function openBuilt(folder: string): Promise<Workbench> {
  const built = join(import.meta.dirname, '../../out/main/workbench.js')
  const module = (await import(built)) as { openWorkbench: typeof openWorkbench }
  return module.openWorkbench({
    folder,
    host: 'cli',
    version: 'bench',
    keychain: null,
    passphrase: null,
    listenerPort: 0,
  })
}

async function startBare() {
  const server = fastify()
  server.post('/*', (_request, reply) => reply.code(200).send('OK'))
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return { address: `${address}/c/bare`, close: () => server.close() }
}

/** Messages that were sent and have no receipt yet; their ids, and where their receipts go. */
async function prepare(workbench: Workbench, endpoint: string): Promise<{ address: string; ids: string[] }> {
  const id = newId()
  const rows = [{ name: 'to', value: '$$To', enabled: true }]
  const settings = { ...emptySettings(), endpoint, parameters: { kind: 'form' as const, rows } }
  await workbench.dispatch('providers.save', { id, name: 'Bench', kind: 'generic', settings, secrets: {} })
  const ids: string[] = []
  const sendSome = async () => {
    while (ids.length < warmUp + rounds * perRound) {
      const key = newId()
      ids.push(key)
      await workbench.dispatch('messages.send', {
        key,
        provider: {
          kind: 'saved',
          id,
        },
        to: '+14155550123',
        country: null,
        text: 'Hello',
        values: {},
        test: false,
      })
    }
  }
  await Promise.all(Array.from({ length: 50 }, sendSome))
  await workbench.dispatch('listener.start', undefined)
  const address = await workbench.dispatch('callbacks.address', { providerId: id })
  if (!address.ok) throw new Error(JSON.stringify(address))
  return { address: address.value.local, ids }
}

async function post(poster: ChildProcess, address: string, ids: readonly string[]): Promise<Round> {
  const done = once(poster, 'message')
  poster.send({ address, ids })
  const [told] = (await done) as [Round]
  return told
}

/** Waits until all is matched, too: that is part of the work. */
async function matched(workbench: Workbench, work: () => Promise<Round>): Promise<Round> {
  const told = await work()
  for (;;) {
    const list = await workbench.dispatch('callbacks.list', {
      providerId: null,
      kind: null,
      effects: [],
      troubled: false,
      search: '',
      cursor: null,
      limit: 1,
    })
    if (list.ok && list.value.callbacks[0]?.effect != null) return told
    await new Promise(setImmediate)
  }
}

/** A hundred thousand at once, most of which repeat one another: how many of those that were answered with success are not there. */
async function loseNone(
  workbench: Workbench,
  poster: ChildProcess,
  address: string,
  { ids, folder }: { ids: readonly string[]; folder: string },
): Promise<number> {
  const before = received(folder)
  const many = Array.from({ length: burst }, (_, index) => ids[index % ids.length] ?? '')
  const { answered } = await matched(workbench, () => post(poster, address, many))
  return burst - answered + (answered - (received(folder) - before))
}

function received(folder: string): number {
  const db = new SqliteDatabase(join(folder, 'workbench.sqlite'), { readonly: true })
  const count = db.prepare('SELECT count(*) FROM callbacks').pluck().get()
  db.close()
  return Number(count)
}
