import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export function askForPassphrase(): Promise<string | null> {
  return askHidden('Passphrase')
}

/** Asks on the terminal, showing nothing of what is typed. Null where nobody is there to answer. */
export function askHidden(what: string): Promise<string | null> {
  if (!process.stdin.isTTY) return Promise.resolve(null)
  process.stderr.write(`${what}: `)
  // A terminal interface echoes to its output; this one drops it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  return new Promise((resolve) => {
    terminal.once('line', resolve)
    terminal.once('SIGINT', () => resolve(null))
    terminal.once('close', () => resolve(null))
  }).then((answer) => {
    terminal.close()
    process.stderr.write('\n')
    return answer as string | null
  })
}
