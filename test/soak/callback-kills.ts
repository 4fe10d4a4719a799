// `callback-kills.ts [rounds]`: kills the whole headless host, 100 times unless told, while receipts stream in. Each receipt
// that was answered with success must be kept, by its id, and its message delivered and counted once.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Outcome } from '#shared/errors.ts'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { ensureBuilt } from '../../electron/launch/build.ts'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { freePort } from '../helpers/free-port.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { startHeadless, temporaryFolder, type Headless } from '../helpers/start-headless.ts'

const rounds = Number(process.argv[2] ?? 100)
const postersAtOnce = 8
const messageCount = 200

await ensureBuilt(() => {})
const folder = await temporaryFolder()
const answered = new Set<string>()
let onAnswered = () => {}
let stopped = false
const { address, messages } = await prepare()
const began = performance.now()
const posters = Array.from({ length: postersAtOnce }, (_, index) => postOn(index))
for (let round = 0; round < rounds; round += 1) await takeUntilKilled(1 + ((round * 37) % 400))
stopped = true
await Promise.all(posters)
await conclude()

/** Messages that were sent to the simulator, and where receipts for them go. */
async function prepare(): Promise<{ address: string; messages: string[] }> {
  const host = await startHeadless({ folder })
  const simulator = await called(host.call('simulator.start'))
  const input = providerInput(
    {
      endpoint: `${simulator.address}${genericSimulatorPath}`,
      auth: { kind: 'bearer', token: '{{secret:token}}' },
    },
    { id: randomUUID(), secrets: { token: simulatedToken } },
  )
  const { id } = await called(host.call('providers.save', input))
  const sent: string[] = []
  for (let index = 0; index < messageCount; index += 1) {
    const story = await called(host.call('messages.send', sendInput(id, { to: '+15005550006', test: false })))
    sent.push(story.id)
  }
  const { settings } = await called(host.call('listener.status'))
  await called(host.call('listener.configure', { ...settings, port: await freePort() }))
  await called(host.call('listener.start'))
  const { local } = await called(host.call('callbacks.address', { providerId: id }))
  await host.stop()
  return { address: local, messages: sent }
}

async function called<Value>(answer: Promise<Outcome<Value>>): Promise<Value> {
  const outcome = await answer
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

/** Every third is of a message, the others of nobody's. */
async function postOn(poster: number): Promise<void> {
  for (let count = 0; !stopped; count += 1) {
    const id = `${poster}-${count}`
    const meta = count % 3 === 0 ? messages[(poster + count) % messages.length] : randomUUID()
    const record = { ts: 1_700_000_000, meta, description: id }
    const body = JSON.stringify([{ event: 'delivered', data: [record] }])
    try {
      const { status } = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(5000) })
      if (status !== 200) continue
      answered.add(id)
      onAnswered()
    } catch {
      // It was killed before it answered, or does not run yet: nobody was told anything.
      await later(10)
    }
  }
}

async function takeUntilKilled(most: number): Promise<void> {
  const until = answered.size + most
  const host = await startHeadless({ folder })
  const reached = new Promise<void>((resolve) => {
    onAnswered = () => answered.size >= until && resolve()
  })
  await reached
  await host.stop('SIGKILL')
}

interface Told {
  /** The message's id. */
  meta: string
  /** The receipt's. */
  description: string
}

async function conclude(): Promise<void> {
  const host = await startHeadless({ folder })
  await whenRead(host)
  await host.stop()
  const db = new Sqlite(join(folder, 'workbench.sqlite'), { readonly: true })
  const bodies = db.prepare('SELECT CAST(body AS TEXT) FROM callbacks').pluck().all() as string[]
  const kept = bodies.flatMap((body) => (JSON.parse(body) as [{ data: [Told] }])[0].data)
  const ids = new Set(kept.map(({ description }) => description))
  const lost = [...answered].filter((id) => !ids.has(id)).length
  const own = new Set(messages)
  const told = new Set(kept.flatMap(({ meta }) => (own.has(meta) ? meta : [])))
  const delivered = db.prepare("SELECT id FROM messages WHERE state = 'delivered'").pluck().all() as string[]
  const sum = "SELECT sum(delivered) FROM stats_sums WHERE scope = 'a' AND level = 1"
  const counted = Number(db.prepare(sum).pluck().get())
  const check = db.prepare('PRAGMA integrity_check').pluck().get()
  db.close()
  await rm(folder, { recursive: true, force: true })
  const wrong = delivered.filter((id) => !told.has(id)).length + Math.abs(told.size - delivered.length)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(
    `${rounds} kills in ${seconds} s: ${answered.size} receipts answered, ${kept.length} kept, ${lost} lost; ` +
      `${delivered.length} of ${told.size} messages delivered, ${counted} counted; the file is ${String(check)}`,
  )
  const sound = lost === 0 && wrong === 0 && counted === told.size && check === 'ok'
  console.log(sound ? 'Sound.' : 'Not sound.')
  process.exitCode = sound ? 0 : 1
}

/** What was kept before the last kill is read and matched. */
async function whenRead(host: Headless): Promise<void> {
  const everything = { providerId: null, kind: null, effects: [], troubled: false, search: '', cursor: null }
  for (;;) {
    const { callbacks } = await called(host.call('callbacks.list', { ...everything, limit: 1 }))
    if (callbacks[0]?.effect != null) return
    await later(50)
  }
}
