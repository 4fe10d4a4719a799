import type { Vendor } from '#shared/catalogue/entry.ts'
import {
  defaultSimulatorPort,
  magicNumbers,
  simulatorFaultsSchema,
  usualSeed,
  type SimulatorFaults,
  type SimulatorStatus,
} from '#shared/simulator.ts'
import { OneServer } from '../one-server.ts'
import type { Handlers } from '../rpc.ts'
import { openCallsBack, type CallsBack, type CallsBackParts } from './callbacks/calls-back.ts'
import type { DeskParts, SimulatorDesk } from './desk.ts'
import { Received } from './received.ts'
import type { SimulatorServer } from './server.ts'

export interface Simulator {
  status(): SimulatorStatus
  start(): Promise<SimulatorStatus>
  close(): Promise<void>
  handlers: SimulatorHandlers
}

type SimulatorHandlers = CallsBack['handlers'] &
  Pick<
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

export interface SimulatorParts extends Omit<CallsBackParts, 'vendor'> {
  catalogue: DeskParts['vendors'] & { all(): Promise<Vendor[]> }
  scripted?: DeskParts['scripted']
  port?: number | undefined
  /** Told when somebody starts or stops it, so that the next start of the workbench finds it as it was. */
  remember: (running: boolean) => void
  /** What was kept, whatever it is; null: nothing can be read for now. */
  readFaults: () => { faults: unknown } | null
  keepFaults: (faults: SimulatorFaults) => Promise<void>
}

const noFaults: SimulatorFaults = { seed: usualSeed, faults: [] }

export function createSimulator(parts: SimulatorParts): Simulator {
  const { events, port = defaultSimulatorPort } = parts
  let desk: SimulatorDesk | null = null
  let faults: SimulatorFaults | null = null

  const received = new Received(
    (message) => events.emit('simulator.received', message),
    () => events.emit('simulator.status', status()),
  )

  const callsBack = openCallsBack({ ...parts, vendor: (id) => desk?.callbacksOf(id) ?? null })

  const status = (): SimulatorStatus => {
    const { running } = server
    return {
      running: running !== null,
      address: running ? `http://127.0.0.1:${running.port}` : null,
      port: running?.port ?? null,
      received: received.count,
      magicNumbers,
    }
  }

  const currentFaults = (): SimulatorFaults => {
    if (faults) return faults
    const kept = parts.readFaults()
    if (!kept) return noFaults
    const parsed = simulatorFaultsSchema.safeParse(kept.faults)
    return (faults = parsed.success ? parsed.data : noFaults)
  }

  /** What only a running simulator needs is loaded with it: the workbench starts faster without. */
  const begin = async () => {
    const [{ startSimulator }, { SimulatorDesk: Desk }] = await Promise.all([
      import('./server.ts'),
      import('./desk.ts'),
      callsBack.load(),
    ])
    const onReceived = received.add.bind(received)
    const { catalogue, now, scripted } = parts
    const onTaken = callsBack.take
    desk ??= new Desk({ vendors: catalogue, now, onReceived, onTaken, scripted }, currentFaults())
    desk.setFaults(currentFaults())
    return startSimulator(port, desk)
  }

  const server = new OneServer<SimulatorServer>(begin)

  const start = async () => {
    await server.start()
    if (server.running) parts.remember(true)
    events.emit('simulator.status', status())
    return status()
  }

  const close = async () => {
    received.close()
    await callsBack.close()
    await server.stop()
  }

  const stop = async () => {
    await server.stop()
    callsBack.drop()
    parts.remember(false)
    events.emit('simulator.status', status())
    return status()
  }

  const clear = () => {
    received.clear()
    callsBack.clear()
    events.emit('simulator.status', status())
    return null
  }

  const setFaults = async (next: SimulatorFaults) => {
    await parts.keepFaults(next)
    faults = next
    desk?.setFaults(next)
    events.emit('simulator.faults', next)
    return next
  }

  const listVendors = async () => {
    const { viewOfVendor } = await import('./vendors-view.ts')
    return (await parts.catalogue.all()).map(viewOfVendor)
  }

  const handlers = {
    'simulator.status': status,
    'simulator.start': start,
    'simulator.stop': stop,
    'simulator.received': () => received.list(),
    'simulator.clear': clear,
    'simulator.vendors': listVendors,
    'simulator.faults': currentFaults,
    'simulator.setFaults': setFaults,
    ...callsBack.handlers,
  } satisfies SimulatorHandlers
  return { status, start, close, handlers }
}
