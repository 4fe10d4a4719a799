import { InvalidArgumentError, Option, type Command } from 'commander'
import { callbackKinds } from '#shared/callbacks/format.ts'
import type { CraftOptions, ListCallbackOptions } from './callbacks.ts'
import type { ListenOptions } from './listen.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'

/** The commands that take callbacks, show them and take them again. */
export function addCallbackCommands(program: Command, command: MakeCommand): void {
  command(
    program,
    'listen',
    'Take callbacks until Ctrl+C; show where each provider’s go, and a line for each that comes.',
  )
    .option('--port <number>', 'the port, kept as the listener’s; when taken, the next free one', portOf)
    .option('--public-url <address>', 'the address by which vendors reach it, through a tunnel; kept, too')
    .action(async (options: ListenOptions) => (await import('./listen.ts')).listen(options))
  const callbacks = program.command('callbacks').description('Look at callbacks, or make one.')
  const load = () => import('./callbacks.ts')
  command(callbacks, 'list', 'List the newest callbacks.')
    .option('--provider <name or id>', 'only those of a provider')
    .addOption(new Option('--kind <kind>', 'only those that hold one').choices(callbackKinds))
    .option('--troubled', 'only those that were not read', false)
    .option('--search <text>', 'part of an id, a number or the body', '')
    .option('--limit <number>', 'how many at most', limitOf, 50)
    .action(async (options: ListCallbackOptions) => (await load()).listCallbacks(options))
  command(callbacks, 'show', 'Show a callback: the request, the answer, and what became of each record.')
    .argument('<id>')
    .action(async (id: string, options: ListOptions) => (await load()).showCallback(id, options))
  command(callbacks, 'craft', 'Take a callback that is written here, as if it had come.')
    .requiredOption('--provider <name or id>', 'whose callback it is')
    .option('--query <text>', 'what stands after the question mark', '')
    .option('--header <name: value>', 'a header; can be repeated', gatherHeader, [])
    .option('--body <text>', 'the body, which makes it a POST')
    .action(async (options: CraftOptions) => (await load()).craftCallback(options))
  command(program, 'replay', 'Take callbacks again, each as a new one.')
    .argument('<id...>')
    .action(async (ids: string[], options: ListOptions) => (await load()).replayCallbacks(ids, options))
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 1024 || port > 65_535) throw new InvalidArgumentError('Write a number from 1024 to 65535.')
  return port
}

function limitOf(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 500) throw new InvalidArgumentError('Write a number from 1 to 500.')
  return limit
}

function gatherHeader(text: string, before: { name: string; value: string }[]) {
  const at = text.indexOf(':')
  if (at < 1) throw new InvalidArgumentError('Write a header as in "Content-Type: application/json".')
  return [...before, { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }]
}
