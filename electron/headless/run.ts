import type { AddressInfo } from 'node:net'
import { AppError } from '#shared/errors.ts'
import type { FastifyInstance } from 'fastify'
import { givenPassphrase } from '../given-passphrase.ts'
import { closeWithGrace, findRunning, welcomeOthers } from '../host.ts'
import { closeOnSignal } from '../signals.ts'
import { version } from '../version.ts'
import { openWorkbench, type Workbench } from '../workbench.ts'
import { defaultFolder } from '../workspace.ts'
import { forgetBrowser, openInBrowser } from './browser.ts'
import { allowedHosts } from './guard.ts'
import { help, headlessOptions, type HeadlessOptions } from './options.ts'
import { createServer } from './server.ts'
import { Sessions } from './session.ts'

const print = (line: string) => process.stdout.write(`${line}\n`)

/** Runs the headless host until a signal ends it. Sets the exit code; `pageFolder` holds the built page. */
export async function runHeadless(args: string[], pageFolder: string): Promise<void> {
  const options = headlessOptions(args, process.env)
  if (!options) return void print(help)
  const folder = options.workspace ?? defaultFolder()
  try {
    await serve(await open(folder), options, pageFolder)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'workspace_in_use') throw error
    print((await findRunning(folder)).words)
  }
}

function open(folder: string): Promise<Workbench> {
  const passphrase = givenPassphrase()
  return openWorkbench({ folder, host: 'headless', version, keychain: null, passphrase })
}

async function serve(workbench: Workbench, options: HeadlessOptions, pageFolder: string): Promise<void> {
  const { folder, dispatch, events, log } = workbench
  let sessions: Sessions
  let hosts = new Set<string>()
  const parts = { dispatch, events, log, pageFolder, sessions: () => sessions, hosts: () => hosts }
  const server = createServer(parts)
  const port = await listen(server, options.port).catch(async (error: unknown) => {
    await workbench.close()
    throw error
  })
  sessions = new Sessions(folder, port)
  hosts = allowedHosts(port)
  const address = `http://127.0.0.1:${port}/`
  const withToken = () => `${address}#token=${sessions.newToken()}`
  const first = withToken()
  const closeDoor = await welcomeOthers(workbench, { host: 'headless', address, focus: withToken })
  closeOnSignal(async () => {
    forgetBrowser(folder)
    await closeWithGrace(workbench, closeDoor)
    await closeServer(server)
    await workbench.close()
  }, log)
  announceStart(options, port, first)
  if (shallOpenBrowser(options)) openInBrowser(first, folder)
}

function announceStart({ because, port: wanted }: HeadlessOptions, port: number, address: string): void {
  if (wanted !== 0 && wanted !== port) print(`Port ${wanted} is taken; port ${port} is used instead.`)
  print(
    because ? `${because}; SMS Workbench runs headless at ${address}` : `SMS Workbench runs at ${address}`,
  )
}

/** Only where somebody sits before it: a pipe, a container or a build has no use for one. */
function shallOpenBrowser(options: HeadlessOptions): boolean {
  return options.browser && !process.env['CI'] && process.stdout.isTTY === true
}

const portsTried = 20

/** Listens on the port or one of those after it; when all are taken, on whichever is free. */
async function listen(server: FastifyInstance, wanted: number): Promise<number> {
  const after = Array.from({ length: portsTried }, (_, offset) => wanted + offset)
  const ports = wanted === 0 ? [0] : [...after.filter((port) => port <= 65_535), 0]
  for (const port of ports) {
    try {
      await server.listen({ host: '127.0.0.1', port })
      return (server.server.address() as AddressInfo).port
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw new AppError('port_in_use', 'No port is free on 127.0.0.1.', { port: wanted })
}

/** EACCES: Windows keeps ranges of ports for itself, and Linux the low ones for root. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code))
}

const graceMs = 5000

/** Commands that run get a moment to finish; then their connections are cut. */
async function closeServer(server: FastifyInstance): Promise<void> {
  const impatience = setTimeout(() => server.server.closeAllConnections(), graceMs)
  await server.close()
  clearTimeout(impatience)
}
