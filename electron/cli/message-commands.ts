import { InvalidArgumentError, type Command } from 'commander'
import { shownStates, type ShownState } from '#shared/message.ts'
import { outcomeClasses, outcomeCodes, type OutcomeClass, type OutcomeCode } from '#shared/outcome.ts'
import { timeOf, type ListMessagesOptions } from './list-messages.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'

const usualLimit = 50
const mostListed = 100_000

/** The commands that look at messages. */
export function addMessageCommands(program: Command, command: MakeCommand): void {
  const messages = program.command('messages').description('Look at messages.')
  withFilter(command(messages, 'list', 'List the newest messages, or the newest of those that fit.'))
    .option('--limit <number>', 'how many at most', limitOf, usualLimit)
    .action(async (options: ListMessagesOptions) => {
      const { listMessages } = await import('./list-messages.ts')
      await listMessages(options)
    })
  command(messages, 'show', 'Show a message’s story: each attempt, why it was made, and what came of it.')
    .argument('<id>')
    .action(async (id: string, options: ListOptions) => {
      const { showMessage } = await import('./messages.ts')
      await showMessage(id, options)
    })
}

/** The options that say which messages are meant. */
export function withFilter(command: Command): Command {
  return command
    .option('--search <words>', 'words that stand in the text or the number')
    .option('--provider <name or id>', 'the provider that took it, or was tried last')
    .option('--group <name or id>', 'the group that it went through')
    .option('--state <state>', `one of ${shownStates.join(', ')}; several with commas between them`, statesOf)
    .option(
      '--outcome <outcome>',
      'a verdict, such as rejected, or what happened, such as unauthorized',
      outcomeOf,
    )
    .option('--country <code>', 'the country of the number, as in GB')
    .option('--tests', 'only tests')
    .option('--no-tests', 'no tests')
    .option('--simulated', 'only what went to the simulator')
    .option('--no-simulated', 'nothing that went to the simulator')
    .option('--twice', 'only what may arrive twice')
    .option('--since <time>', 'as in 2026-03-29T14:05, local time, or as in 24h, before now', (text) =>
      timeOf(text),
    )
    .option('--until <time>', 'the first moment that is left out; as with --since', (text) => timeOf(text))
}

function statesOf(text: string, before: ShownState[] = []): ShownState[] {
  const found = text.split(',').map((word) => {
    const state = shownStates.find((one) => one === word.trim().toLowerCase())
    if (!state) throw new InvalidArgumentError(`Write one of ${shownStates.join(', ')}.`)
    return state
  })
  return [...new Set([...before, ...found])]
}

function outcomeOf(text: string): OutcomeClass | OutcomeCode {
  const outcome = [...outcomeClasses, ...outcomeCodes].find((one) => one === text.trim().toLowerCase())
  if (outcome) return outcome
  throw new InvalidArgumentError(`Write one of ${[...outcomeClasses, ...outcomeCodes].join(', ')}.`)
}

function limitOf(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > mostListed)
    throw new InvalidArgumentError(`Write a number from 1 to ${mostListed}.`)
  return limit
}
