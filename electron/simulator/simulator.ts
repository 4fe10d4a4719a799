import {
  defaultSimulatorPort,
  magicNumbers,
  type ReceivedMessage,
  type SimulatorFaults,
  type SimulatorStatus,
} from '#shared/simulator.ts'
import type { EventHub } from '../events.ts'
import type { Handlers } from '../rpc.ts'
import { startSimulator, type SimulatorServer } from './server.ts'

/** What the simulated phone shows is kept in memory only, the newest first. */
const mostReceived = 500

export interface Simulator {
  status(): SimulatorStatus
  start(): Promise<SimulatorStatus>
  close(): Promise<void>
  handlers: SimulatorHandlers
}

type SimulatorHandlers = Pick<
  Handlers,
  | 'simulator.status'
  | 'simulator.start'
  | 'simulator.stop'
  | 'simulator.received'
  | 'simulator.clear'
  | 'simulator.vendors'
  | 'simulator.faults'
  | 'simulator.setFaults'
>

/** `remember` is told when somebody starts or stops it, so that the next start of the workbench finds it as it was. */
export function createSimulator(
  events: EventHub,
  port = defaultSimulatorPort,
  remember: (running: boolean) => void = () => {},
): Simulator {
  const received: ReceivedMessage[] = []
  let server: Promise<SimulatorServer> | null = null
  let running: SimulatorServer | null = null
  let count = 0
  let faults: SimulatorFaults = { seed: 1, faults: [] }

  const status = (): SimulatorStatus => ({
    running: running !== null,
    address: running ? `http://127.0.0.1:${running.port}` : null,
    port: running?.port ?? null,
    received: count,
    magicNumbers,
  })

  const take = (message: ReceivedMessage) => {
    received.unshift(message)
    if (received.length > mostReceived) received.pop()
    count += 1
    events.emit('simulator.received', message)
  }

  const start = async () => {
    // One server, however many ask for it at once.
    server ??= startSimulator(port, take)
    try {
      running = await server
    } catch (error) {
      server = null
      throw error
    }
    remember(true)
    events.emit('simulator.status', status())
    return status()
  }

  const close = async () => {
    const closing = server
    server = null
    running = null
    await (await closing)?.close()
  }

  const stop = async () => {
    await close()
    remember(false)
    events.emit('simulator.status', status())
    return status()
  }

  const clear = () => {
    received.length = 0
    count = 0
    events.emit('simulator.status', status())
    return null
  }

  const handlers = {
    'simulator.status': status,
    'simulator.start': start,
    'simulator.stop': stop,
    'simulator.received': () => [...received],
    'simulator.clear': clear,
    'simulator.vendors': () => [],
    'simulator.faults': () => faults,
    'simulator.setFaults': (next) => {
      faults = next
      events.emit('simulator.faults', faults)
      return faults
    },
  } satisfies SimulatorHandlers
  return { status, start, close, handlers }
}
