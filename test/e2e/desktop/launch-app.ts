import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Packaged } from './package-app.ts'

export interface AppEnded {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface StartedApp {
  pid: number
  output(): string
  ended: Promise<AppEnded>
}

export interface ConnectedApp extends StartedApp {
  browser: Browser
  /** The app's one window. */
  page: Page
  /** Closes the window as its user does, which ends the app. */
  close(): Promise<AppEnded>
}

/** A folder that the user without rights, as whom the app runs, may write to. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sms-workbench-home-'))
  chmodSync(folder, 0o777)
  return folder
}

// Not Playwright's own way to launch Electron: it needs Node's inspector, which the shipped fuses switch off. Chromium's
// debugging port is no matter of the fuses, and shows the page as it ships.
const debugging = ['--remote-debugging-port=0', '--no-sandbox', '--disable-gpu']

/** Starts the app and connects to its page. */
export async function launchApp(packaged: Packaged, home: string, args: string[]): Promise<ConnectedApp> {
  const socket = join(home, `relay-${process.hrtime.bigint()}.sock`)
  const started = startApp(packaged, home, socket, [packaged.executable, ...debugging, ...args])
  await started.listening
  const address = await relayFrom(socket)
  await pageShown(address.url)
  const browser = await chromium.connectOverCDP(address.url)
  const page = browser.contexts()[0]!.pages()[0] ?? (await browser.contexts()[0]!.waitForEvent('page'))
  const { pid, output, ended } = await started.app
  const close = async () => {
    await page.evaluate(() => window.close()).catch(() => {})
    const result = await ended
    await browser.close()
    address.close()
    return result
  }
  return { browser, page, pid, output, ended, close }
}

/** Who connects while the window still shows its first, empty document waits for the page in vain. */
async function pageShown(url: string): Promise<void> {
  for (;;) {
    const targets = (await (await fetch(`${url}/json/list`)).json()) as { url: string; type: string }[]
    if (targets.some((target) => target.type === 'page' && target.url.startsWith('app://'))) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Starts the app and waits for nothing but its end, as for a second instance. */
export function startOnly(packaged: Packaged, home: string, command: string[]): Promise<StartedApp> {
  return startApp(packaged, home, join(home, 'unused.sock'), command).app
}

function startApp(packaged: Packaged, home: string, socket: string, command: string[]) {
  const inside = [join(packaged.folder, 'node'), '--no-warnings', join(packaged.folder, 'relay.ts'), socket]
  const [program = '', ...args] = [...confinement(home), ...inside, ...command]
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: plainEnvironment(home) })
  return follow(child)
}

/** Follows what the relay tells. */
function follow(child: ChildProcess) {
  let output = ''
  const told = new Map<string, (value: never) => void>()
  const hear = <Value>(name: string) => new Promise<Value>((resolve) => told.set(name, resolve))
  const pid = hear<number>('pid')
  const ended = hear<AppEnded>('ended')
  const heardPort = hear<true>('listening')
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message = JSON.parse(line) as Record<string, unknown>
    output += `${message['stdout'] ?? ''}${message['stderr'] ?? ''}`
    for (const [name, value] of Object.entries(message)) told.get(name)?.(value as never)
  })
  const died = new Promise<never>((_resolve, reject) => {
    child.once('close', (code) => reject(new Error(`The app ended too early (${code}).\n${output}`)))
  })
  died.catch(() => {})
  const app = Promise.race([pid, died]).then((known) => ({ pid: known, output: () => output, ended }))
  const listening = Promise.race([heardPort, died])
  // Who only waits for the end does not ask for it.
  listening.catch(() => {})
  return { app, listening }
}

/** With root's rights: a network that has only a loopback, a user without rights, a display. Else just a display. */
function confinement(home: string): string[] {
  const display = ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24']
  if (process.getuid?.() !== 0) return display
  const within = 'ip link set lo up; exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"'
  return ['unshare', '-n', 'bash', '-c', within, home, ...display]
}

function plainEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, LANG: 'C.UTF-8' }
}

async function relayFrom(socket: string): Promise<{ url: string; close(): void }> {
  const server = createServer((outer) => {
    const inner = connect(socket)
    outer.pipe(inner).pipe(outer)
    outer.on('error', () => inner.destroy())
    inner.on('error', () => outer.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
