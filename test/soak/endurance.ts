// One headless host, sends without a pause to its own simulator, pages that come and go. Prints
// a line every ten seconds and ends with what must hold: nothing lost, nothing failed, memory that has come to rest.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { ensureBuilt } from '../../electron/launch/build.ts'
import { openStream } from '../helpers/event-stream.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { startHeadless, type Headless } from '../helpers/start-headless.ts'

const minutes = Number(process.argv[2] ?? 5)
const sendersAtOnce = 8

await ensureBuilt(() => {})
const host = await startHeadless()
const providerId = await prepare(host)
const until = Date.now() + minutes * 60_000
const counts = { accepted: 0, otherwise: 0, streams: 0 }
const memory: number[] = []
const reporting = setInterval(report, 10_000)
await Promise.all([...Array.from({ length: sendersAtOnce }, sendOn), reconnectOn()])
clearInterval(reporting)
report()
await conclude()

async function prepare({ call }: Headless): Promise<string> {
  const simulator = await call('simulator.start')
  if (!simulator.ok) throw new Error(simulator.error.message)
  const endpoint = `${simulator.value.address}${genericSimulatorPath}`
  const auth = { kind: 'bearer' as const, token: '{{secret:token}}' }
  const input = providerInput({ endpoint, auth }, { id: randomUUID(), secrets: { token: simulatedToken } })
  const saved = await call('providers.save', input)
  if (!saved.ok) throw new Error(saved.error.message)
  return saved.value.id
}

async function sendOn(): Promise<void> {
  while (Date.now() < until) {
    const outcome = await host.call('messages.send', sendInput(providerId, { to: '+15005550006' }))
    if (outcome.ok && outcome.value.outcomeClass === 'accepted') counts.accepted += 1
    else counts.otherwise += 1
  }
}

/** A page that is opened, hears a few events and goes away without a word. */
async function reconnectOn(): Promise<void> {
  const cookie = await host.cookie()
  while (Date.now() < until) {
    const stream = await openStream(`${host.origin}/events`, { cookie })
    for (let event = 0; event < 20; event++) await stream.next()
    stream.cut()
    counts.streams += 1
  }
}

function report(): void {
  const megabytes = residentMegabytes(host.process.child.pid)
  if (megabytes !== null) memory.push(megabytes)
  console.log(
    `${counts.accepted} accepted, ${counts.otherwise} not, ${counts.streams} pages, ${megabytes ?? '?'} MB`,
  )
}

/** Null where the system has no /proc. */
function residentMegabytes(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null
  } catch {
    return null
  }
}

async function conclude(): Promise<void> {
  const listed = await host.call('providers.list')
  const [provider] = listed.ok ? listed.value : []
  await host.remove()
  const third = Math.ceil(memory.length / 3)
  const growth = Math.max(...memory.slice(-third)) / Math.max(...memory.slice(third, 2 * third), 1)
  const sent = provider?.counts.sent ?? 0
  const sound = counts.otherwise === 0 && sent === counts.accepted && (memory.length < 6 || growth < 1.25)
  console.log(
    `${sent} messages are in the log; memory of the last third to the middle one: ${growth.toFixed(2)}`,
  )
  console.log(sound ? 'Sound.' : 'Not sound.')
  process.exitCode = sound ? 0 : 1
}
