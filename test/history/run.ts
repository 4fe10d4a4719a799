/**
 * `npm run seed -- --messages 1000000 --workspace DIR`: fills a workspace with a history as sending would have left it.
 * The same seed gives the same history, but for the moment at which it ends.
 */
import { parseArgs } from 'node:util'
import { endsOf } from '../../electron/db/log/message-log.ts'
import { openStore } from '../../electron/db/store-handle.ts'
import { createLog } from '../../electron/log.ts'
import { defaultFolder, lockWorkspace, namedFolder } from '../../electron/workspace.ts'
import { writeHistory } from './generate.ts'

const usage = `npm run seed -- --messages NUMBER [--workspace DIR] [--seed NUMBER] [--days NUMBER] [--add]
  --messages   how many, up to 50,000,000
  --workspace  the folder to fill; without it, your own workspace
  --seed       another number, another history (1)
  --days       how far it goes back (120)
  --add        also where there are messages already`

try {
  seed(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

function seed(args: string[]): void {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const options = { messages: text, workspace: text, seed: text, days: text, add: flag, help: flag }
  const { values } = parseArgs({ args, options })
  if (values.help || values.messages === undefined) return void process.stdout.write(`${usage}\n`)
  const history = {
    messages: wholeNumber('--messages', values.messages, 1, 50_000_000),
    seed: wholeNumber('--seed', values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER),
    days: wholeNumber('--days', values.days ?? '120', 1, 3650),
  }
  const folder = values.workspace === undefined ? defaultFolder() : namedFolder(values.workspace)
  const lock = lockWorkspace(folder)
  const log = createLog(folder, (line) => line)
  const stores = openStore(folder, { log })
  try {
    const { top } = stores.store.read(endsOf)
    if (top > 0 && !values.add)
      throw new Error('The workspace has messages. Name another with --workspace, or add to them with --add.')
    const began = performance.now()
    const onProgress = (written: number) => tell(written, history.messages)
    const attempts = writeHistory(stores.store, { ...history, until: Date.now(), onProgress })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `${named(history.messages)} messages, ${named(attempts)} attempts, ${seconds} s: ${folder}\n`,
    )
  } finally {
    void stores.close()
    lock.release()
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`${name} takes a whole number from ${named(least)} to ${named(most)}.`)
}

function tell(written: number, all: number): void {
  const line = `${named(written)} of ${named(all)} messages`
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${written === all ? '\n' : ''}`)
  else if (written % 200_000 === 0 || written === all) process.stderr.write(`${line}\n`)
}

function named(value: number): string {
  return value.toLocaleString('en')
}
