import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import type { Outcome } from '#shared/errors.ts'
import { root, startProcess, type Ended, type StartedProcess } from './start-process.ts'

export interface Headless {
  process: StartedProcess
  folder: string
  /** As printed, with its token. */
  address: string
  origin: string
  port: number
  token: string
  call<Name extends CommandName>(
    name: Name,
    ...input: CommandInput<Name> extends void ? [] : [CommandInput<Name>]
  ): Promise<Outcome<CommandOutput<Name>>>
  /** A Cookie header's value, from the printed token. */
  cookie(): Promise<string>
  stop(signal?: NodeJS.Signals): Promise<Ended>
  /** Stops it and removes the workspace, if it was made for this host. */
  remove(): Promise<void>
}

export interface HeadlessOptions {
  folder?: string
  port?: number
  args?: string[]
  env?: Record<string, string>
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sms-workbench-test-'))
}

/** Starts the built headless host as its users do, by default in a workspace of its own and on a free port. */
export async function startHeadless(options: HeadlessOptions = {}): Promise<Headless> {
  const folder = options.folder ?? (await temporaryFolder())
  const args = [
    '--workspace',
    folder,
    '--port',
    String(options.port ?? 0),
    '--no-browser',
    ...(options.args ?? []),
  ]
  const started = startProcess(process.execPath, [join(root, 'out/main/headless.js'), ...args], {
    env: options.env ?? {},
  })
  const address = (await started.line(/http:\/\/\S+#token=/)).match(/http:\S+/)![0]
  const { origin, port, hash } = new URL(address)
  const token = hash.slice('#token='.length)
  let session: Promise<string> | null = null
  const cookie = () => (session ??= openSession(origin, token))
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    started.child.kill(signal)
    return started.ended
  }
  const call: Headless['call'] = async (name, ...input) => {
    const headers = { 'content-type': 'application/json', cookie: await cookie() }
    const body = JSON.stringify({ name, input: input[0] })
    const response = await fetch(`${origin}/rpc`, { method: 'POST', headers, body })
    return (await response.json()) as Outcome<never>
  }
  const remove = async () => {
    await stop()
    if (!options.folder) await rm(folder, { recursive: true, force: true })
  }
  return { process: started, folder, address, origin, port: Number(port), token, call, cookie, stop, remove }
}

export async function openSession(origin: string, token: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  })
  const [cookie] = response.headers.getSetCookie()
  if (!cookie) throw new Error(`No session: ${response.status} ${await response.text()}`)
  return cookie.split(';')[0]!
}
