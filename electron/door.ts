import { createHash, randomBytes } from 'node:crypto'
import { chmod, rm } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, type Outcome } from '#shared/errors.ts'
import type { DispatchUnknown } from './rpc.ts'
import { isSameSecret } from './secret-compare.ts'

// Importing it would run every getter of it, undici among them: a tenth of the headless host's start.
const { createServer, request } = process.getBuiltinModule('node:http')

/** The way into a running host for this machine's own programs: the command line, and a second start. */
export interface Door {
  /** A unix socket's path or a Windows pipe's name. */
  path: string
  /** Asked of every caller; it stands in running.json, which only its owner reads. */
  token: string
  close(): Promise<void>
}

export interface DoorOptions {
  folder: string
  dispatch: DispatchUnknown
  /** Brings the host to the front; answers where a browser finds it, or null for a window. */
  focus(): string | null | Promise<string | null>
}

const bodyLimit = 1024 * 1024
// 104 bytes on macOS, 108 on Linux, the closing NUL included.
const longestSocketPath = 100

export async function openDoor(options: DoorOptions): Promise<Door> {
  const path = doorPath(options.folder)
  const token = randomBytes(32).toString('base64url')
  const server = createServer((incoming, response) => {
    answer(options, token, incoming).then(
      (reply) => send(response, reply.status, reply.body),
      () => send(response, 400, null),
    )
  })
  server.headersTimeout = 5000
  // The workspace's lock is held by now, so a socket that is still there belongs to nobody.
  if (process.platform !== 'win32') await rm(path, { force: true })
  await listening(server, path)
  if (process.platform !== 'win32') await chmod(path, 0o600)
  return { path, token, close: () => closed(server) }
}

/** Random outside the workspace: in a folder that others write to, a name that can be foretold can be taken first. */
function doorPath(folder: string): string {
  const inside = join(folder, 'door.sock')
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const name = `sms-workbench-${hash}-${randomBytes(8).toString('hex')}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return Buffer.byteLength(inside) <= longestSocketPath ? inside : join(tmpdir(), `${name}.sock`)
}

interface Reply {
  status: number
  body: unknown
}

async function answer(options: DoorOptions, token: string, incoming: IncomingMessage): Promise<Reply> {
  if (!isSameSecret(incoming.headers.authorization ?? '', `Bearer ${token}`))
    return { status: 401, body: null }
  if (incoming.method !== 'POST') return { status: 404, body: null }
  const input = JSON.parse(await textOf(incoming)) as { name?: unknown; input?: unknown }
  if (incoming.url === '/rpc') return { status: 200, body: await options.dispatch(input.name, input.input) }
  if (incoming.url === '/alive') return { status: 200, body: null }
  if (incoming.url === '/focus') return { status: 200, body: { address: await options.focus() } }
  return { status: 404, body: null }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit) throw new Error('The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: unknown): void {
  // One request a connection: then closing the door waits for nobody who merely stays connected.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify(body))
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, resolve)
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

/** Where a running host's door is, as running.json has it. */
export interface DoorAddress {
  door: string
  token: string
}

/**
 * A running host's dispatch. Throws `workspace_in_use` when the host took no request, so that nothing was done, and
 * `host_lost` when it was cut off after that.
 */
export function dispatchThrough(door: DoorAddress): DispatchUnknown {
  return async (name, input) => (await callDoor(door, '/rpc', { name, input })) as Outcome<unknown>
}

/** Brings the running host to the front; answers its address with a fresh token, or null where it has a window. */
export async function focusThrough(door: DoorAddress): Promise<string | null> {
  const { address } = (await callDoor(door, '/focus', {})) as { address: string | null }
  return address
}

/** Throws `workspace_in_use` for a host that is stopped or hangs: its door opens, but nobody answers. */
export async function checkAlive(door: DoorAddress): Promise<void> {
  await callDoor(door, '/alive', {}, aliveWithinMs)
}

const aliveWithinMs = 5000

function callDoor(door: DoorAddress, path: string, body: unknown, withinMs?: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let connected = false
    const refuse = () =>
      reject(new AppError('workspace_in_use', 'The workspace is in use by a program that does not answer.'))
    const lose = () => (connected ? reject(hostLost()) : refuse())
    const headers = { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' }
    const outgoing = request({ socketPath: door.door, path, method: 'POST', headers }, (response) => {
      if (response.statusCode !== 200) return refuse()
      textOfAnswer(response)
        .then((text) => resolve(JSON.parse(text)))
        .catch(lose)
    })
    // A connection writes the request at once: from there on the host may have it, whatever comes back.
    outgoing.once('socket', (socket) => socket.once('connect', () => (connected = true)))
    outgoing.once('error', lose)
    if (withinMs !== undefined)
      outgoing.setTimeout(withinMs, () => {
        refuse()
        outgoing.destroy()
      })
    outgoing.end(JSON.stringify(body))
  })
}

function hostLost(): AppError {
  const message =
    'The program that has the workspace open ended before it answered: what it did is not known.'
  return new AppError('host_lost', message)
}

/** Answers are not limited as requests are: a list of messages may be long, and the host is our own. */
async function textOfAnswer(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
