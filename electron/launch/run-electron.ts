import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const startWindowMs = 5000
const mostHeld = 16_384

export type Ended = { exitCode: number } | { failedAtOnce: string }

/**
 * Runs Electron until it ends. What it writes in its first seconds is held back: if it cannot start at all, that is the
 * reason to give, and if it can, Chromium's murmuring is passed on.
 */
export function runElectron(executable: string, args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(executable, args, { stdio: ['inherit', 'inherit', 'pipe'], windowsHide: false })
    let held: string | null = ''
    const release = () => {
      if (held !== null) process.stderr.write(held)
      held = null
    }
    const starting = setTimeout(release, startWindowMs)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (held === null) process.stderr.write(text)
      else held = (held + text).slice(-mostHeld)
    })
    // An end that was asked for is no failed start, however early it comes.
    let askedBy: NodeJS.Signals | null = null
    const passOn = (signal: NodeJS.Signals) => {
      askedBy = signal
      child.kill(signal)
    }
    // Ctrl+C reaches every process of the terminal by itself.
    const note = (signal: NodeJS.Signals) => (askedBy = signal)
    process.on('SIGTERM', passOn).on('SIGINT', note)
    child.once('error', (error) => resolve({ failedAtOnce: error.message }))
    child.once('close', (code, signal) => {
      clearTimeout(starting)
      process.off('SIGTERM', passOn).off('SIGINT', note)
      if (held !== null && code !== 0 && !askedBy)
        return resolve({ failedAtOnce: whyFrom(held, code, signal) })
      release()
      resolve({ exitCode: code ?? codeOfSignal(askedBy ?? signal) })
    })
  })
}

/** As shells tell it. */
function codeOfSignal(signal: NodeJS.Signals | null): number {
  return signal ? 128 + constants.signals[signal] : 1
}

/** The loader's complaint about a missing library says what to install; anything else is named by how it ended. */
function whyFrom(written: string, code: number | null, signal: NodeJS.Signals | null): string {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(written)?.[1]
  if (library) return `the library ${library} is missing`
  return signal ? `it was ended by ${signal}` : `it exited with code ${code}`
}
