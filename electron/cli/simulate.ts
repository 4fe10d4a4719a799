import { genericSimulatorPath, magicNumbers, type ReceivedMessage } from '#shared/simulator.ts'
import { usualReceipts, type PhoneEntry, type PhonePost } from '#shared/simulator-phone.ts'
import { openCatalogue } from '../catalogue/load.ts'
import type { Log } from '../log.ts'
import { CallingBack } from '../simulator/callbacks/calling-back.ts'
import { idleClock } from '../simulator/callbacks/courier.ts'
import { shownAddress } from '../simulator/callbacks/target.ts'
import { SimulatorDesk } from '../simulator/desk.ts'
import { startSimulator } from '../simulator/server.ts'
import { viewOfVendor } from '../simulator/vendors-view.ts'
import { printMessage, printResult, tableLines } from './output.ts'

export interface SimulateOptions {
  port: number
  json: boolean
  /** Where receipts go whose request names no address; of this machine. */
  callbacks?: string
}

/** Runs the simulator until a signal ends it. It needs no workspace and leaves nothing behind. */
export async function simulate({ port, json, callbacks = '' }: SimulateOptions): Promise<void> {
  const catalogue = openCatalogue(printedLog)
  const calling = new CallingBack({
    home: null,
    vendor: (id) => desk.callbacksOf(id),
    now: Date.now,
    clock: idleClock,
    settings: () => usualReceipts,
    otherwise: callbacks,
    onPosted: (entry, post) => printMessage(postedLine(entry, post)),
  })
  const desk: SimulatorDesk = new SimulatorDesk(
    {
      vendors: catalogue,
      now: Date.now,
      onReceived: (describe) => printMessage(receivedLine(describe())),
      onTaken: (taken) => calling.take(taken),
    },
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
    callbacks === ''
      ? 'Receipts go to the address that a request names; with --callbacks to one of this machine where it names none.'
      : `Receipts go to the address that a request names, else to ${shownAddress(callbacks)}.`,
    'Any other number is accepted. Vendors answer with errors of their own. Stop with Ctrl+C.',
  ])
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await calling.close()
  await server.close()
}

function postedLine({ vendor, number }: PhoneEntry & { number: string }, post: PhonePost): string {
  const what = post.state === null ? post.kind : `${post.kind} “${post.state}”`
  const said = post.why ?? `answered with ${post.answer}`
  return `${vendor} ${number}: ${what} ${post.target} → ${said}`
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
