import { InvalidArgumentError, Option, type Command } from 'commander'
import type { AddGroupOptions } from './groups.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'

/** The commands of provider groups. */
export function addGroupCommands(program: Command, command: MakeCommand): void {
  const groups = program.command('groups').description('List, show, add and delete provider groups.')
  const load = () => import('./groups.ts')
  command(groups, 'list', 'List the groups.').action(async (options: ListOptions) =>
    (await load()).listGroups(options),
  )
  command(groups, 'get', 'Show a group’s members and policies.')
    .alias('show')
    .argument('<name or id>')
    .action(async (wanted: string, options: ListOptions) => (await load()).showGroup(wanted, options))
  addAdd(groups, command, load)
  command(groups, 'delete', 'Remove a group; its providers and its messages stay.')
    .argument('<name or id>')
    .option('--yes', 'do it; without this, what goes is told', false)
    .action(async (wanted: string, options: ListOptions & { yes: boolean }) =>
      (await load()).deleteGroup(wanted, options),
    )
  command(groups, 'set-default', 'Mark a group as the default, in place of the one that is.')
    .argument('<name or id>')
    .action(async (wanted: string, options: ListOptions) => (await load()).setDefaultGroup(wanted, options))
}

function addAdd(
  groups: Command,
  command: MakeCommand,
  load: () => Promise<typeof import('./groups.ts')>,
): void {
  command(groups, 'add', 'Add a group of one to ten providers.')
    .requiredOption('--name <name>', 'its name, which no other group has')
    .requiredOption('--provider <name or id>', 'a member; repeat it, the first is tried first', gather, [])
    .option(
      '--country <code>',
      'numbers of this country go through it, as in GB; can be repeated',
      gather,
      [],
    )
    .option('--notes <text>', 'notes', '')
    .addOption(
      choice('--on-unknown <what>', 'when nobody knows whether a member took a message', ['move_on', 'hold']),
    )
    .addOption(
      choice('--on-rejected <what>', 'when a member refuses the recipient or the text', ['stop', 'move_on']),
    )
    .option('--no-breaker', 'try members whatever their circuit breakers say')
    .option(
      '--receipt-minutes <number>',
      'without a receipt for so long, the next member is tried',
      minutesOf,
    )
    .action(async (options: AddGroupOptions) => (await load()).addGroup(options))
}

const gather = (one: string, before: string[]) => [...before, one]

function choice(flags: string, description: string, choices: [string, ...string[]]): Option {
  return new Option(flags, description).choices(choices).default(choices[0])
}

function minutesOf(text: string): number {
  const minutes = Number(text)
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440))
    throw new InvalidArgumentError('Write a whole number of minutes from 1 to 1440.')
  return minutes
}
