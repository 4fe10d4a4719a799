import { genericSimulatorPath, magicNumbers, type ReceivedMessage } from '#shared/simulator.ts'
import { startSimulator } from '../simulator/server.ts'
import { printMessage, printResult, tableLines } from './output.ts'

/** Runs the simulated provider until a signal ends it. It needs no workspace and leaves nothing behind. */
export async function simulate({ port, json }: { port: number; json: boolean }): Promise<void> {
  const server = await startSimulator(port, (message) => printMessage(receivedLine(message)))
  const address = `http://127.0.0.1:${server.port}`
  const endpoint = address + genericSimulatorPath
  printResult(json, { address, endpoint, port: server.port, magicNumbers }, () => [
    `The simulated provider answers at ${endpoint}`,
    ...(port !== 0 && port !== server.port
      ? [`Port ${port} is taken; port ${server.port} is used instead.`]
      : []),
    '',
    ...tableLines(magicNumbers.map(({ number, outcome, answer }) => [number, outcome, answer])),
    '',
    'Any other number is accepted. Stop with Ctrl+C.',
  ])
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await server.close()
}

function receivedLine({ to, text, answer }: ReceivedMessage): string {
  return `${to}: ${JSON.stringify(text)} → ${answer}`
}
