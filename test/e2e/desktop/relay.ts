// Runs beside the app, where the loopback is another one than the tests': starts the app, and hands connections that
// come to a unix socket on to the app's debugging port. Copied to a folder of its own, so it imports nothing else.
import { spawn } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { connect, createServer } from 'node:net'

const [socketPath = '', program = '', ...args] = process.argv.slice(2)
const tell = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

const app = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
tell({ pid: app.pid })
let errors = ''
app.stdout.setEncoding('utf8').on('data', (text: string) => tell({ stdout: text }))
app.stderr.setEncoding('utf8').on('data', (text: string) => {
  tell({ stderr: text })
  const before = debuggingPort(errors)
  errors += text
  const port = debuggingPort(errors)
  if (port && !before) openRelay(port)
})
app.once('close', (code, signal) => {
  tell({ ended: { code, signal } })
  process.exit(0)
})

// The tests hold the other end: when they are gone, however they ended, so is the app.
process.stdin.resume().once('close', () => app.kill('SIGKILL'))

function debuggingPort(text: string): number | null {
  const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text)?.[1]
  return found ? Number(found) : null
}

function openRelay(port: number): void {
  const server = createServer((outer) => {
    const inner = connect(port, '127.0.0.1')
    outer.pipe(inner).pipe(outer)
    outer.on('error', () => inner.destroy())
    inner.on('error', () => outer.destroy())
  })
  server.listen(socketPath, () => {
    chmodSync(socketPath, 0o777)
    tell({ listening: true })
  })
}
