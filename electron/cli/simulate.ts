import { genericSimulatorPath, magicNumbers, type ReceivedMessage } from '#shared/simulator.ts'
import { openCatalogue } from '../catalogue/load.ts'
import type { Log } from '../log.ts'
import { SimulatorDesk } from '../simulator/desk.ts'
import { startSimulator } from '../simulator/server.ts'
import { viewOfVendor } from '../simulator/vendors-view.ts'
import { printMessage, printResult, tableLines } from './output.ts'

/** Runs the simulator until a signal ends it. It needs no workspace and leaves nothing behind. */
export async function simulate({ port, json }: { port: number; json: boolean }): Promise<void> {
  const catalogue = openCatalogue(printedLog)
  const desk = new SimulatorDesk(
    { vendors: catalogue, now: Date.now, onReceived: (describe) => printMessage(receivedLine(describe())) },
    { seed: 1, faults: [] },
  )
  const server = await startSimulator(port, desk)
  const address = `http://127.0.0.1:${server.port}`
  const endpoint = address + genericSimulatorPath
  const vendors = (await catalogue.all()).map(viewOfVendor)
  printResult(json, { address, endpoint, port: server.port, magicNumbers, vendors }, () => [
    `The simulated provider answers at ${endpoint}`,
    ...(port !== 0 && port !== server.port
      ? [`Port ${port} is taken; port ${server.port} is used instead.`]
      : []),
    '',
    `Vendors are imitated at their own paths below ${address}:`,
    ...tableLines(
      vendors.flatMap(({ name, apis }) =>
        apis.flatMap(({ label, methods, paths }) =>
          paths.map((path) => [apis.length > 1 ? `${name}, ${label}` : name, methods.join('/'), path]),
        ),
      ),
    ),
    '',
    ...tableLines(magicNumbers.map(({ number, outcome, answer }) => [number, outcome, answer])),
    '',
    'Any other number is accepted. Vendors answer with errors of their own. Stop with Ctrl+C.',
  ])
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await server.close()
}

function receivedLine({ vendor, to, text, answer }: ReceivedMessage): string {
  const from = vendor === 'generic' ? '' : `${vendor} `
  return `${from}${to}: ${JSON.stringify(text)} → ${answer}`
}

const quiet = () => {}
const printedLog: Log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (message, details) => printMessage([message, details?.['file'], details?.['issue']].join('\n')),
}
