import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface StartedProcess {
  child: ChildProcess
  stdout(): string
  /** The first line of the output that matches; rejects with all that was written when the process ends without one. */
  line(pattern: RegExp): Promise<string>
  ended: Promise<Ended>
}

export interface StartOptions {
  env?: Record<string, string>
  cwd?: string
  /** In a process group of its own, as a terminal would start it. */
  group?: boolean
  /** Written to the standard input, which is closed then. */
  input?: string
}

/** Starts a program with nothing of this machine's settings for the workbench, nor a display. */
export function startProcess(program: string, args: string[], options: StartOptions = {}): StartedProcess {
  const env = { ...plainEnvironment(), ...options.env }
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env,
    stdio: 'pipe',
    detached: options.group ?? false,
  })
  child.stdin.end(options.input ?? '')
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  const check = () => waiting.forEach((one) => one())
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    check()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }))
  })
  const line = (pattern: RegExp) =>
    new Promise<string>((found, failed) => {
      const look = () => {
        const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n')
        const match = whole.find((one) => pattern.test(one))
        if (match !== undefined) found(match)
      }
      waiting.add(look)
      look()
      ended.then(
        () => failed(new Error(`It ended without writing ${pattern}.\n${stdout}${stderr}`)),
        (error: unknown) => failed(error as Error),
      )
    })
  return { child, stdout: () => stdout, line, ended }
}

function plainEnvironment(): Record<string, string> {
  const foreign = /^(SMS_WORKBENCH_|ELECTRON_|DISPLAY$|WAYLAND_DISPLAY$|VITEST|NODE_OPTIONS$)/
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries.filter(([name]) => !foreign.test(name)))
}
