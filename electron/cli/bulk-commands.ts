import { InvalidArgumentError, type Command } from 'commander'
import type { BulkOptions } from './bulk.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'
import { gatherValue } from './send.ts'

/** The commands of bulk tests: a message for each row of a file. */
export function addBulkCommands(program: Command, command: MakeCommand): void {
  const bulk = program.command('bulk').description('Send a message for each row of a CSV file.')
  const load = () => import('./bulk.ts')
  command(bulk, 'run', 'Send a message for each row of a file, and wait until all have their outcome.')
    .argument('<file>', 'CSV with commas, semicolons, tabs or bars; UTF-8 or UTF-16')
    .requiredOption('--text <template>', 'the text; {{name}} is the cell of the column of that name')
    .option(
      '--number-column <name>',
      'the column of the numbers; the one that looks most like it if left out',
    )
    .option('--provider <name or id>', 'the provider to send through; the default one if left out')
    .option('--group <name or id>', 'the group to send through')
    .option('--route', 'the group of each number’s country, else the default', false)
    .option('--country <code>', 'the country of numbers in their national form, as in GB')
    .option('--value <name=template>', 'a value for a placeholder; can be repeated', gatherValue, {})
    .option('--rate <number>', 'messages a second; as fast as the providers take them if left out', rateOf)
    .option('--no-header', 'the first row is a message; the columns are Column 1, Column 2 and so on')
    .option('--test', 'count the messages as tests', false)
    .option('--dry-run', 'show what the first rows become, and send nothing', false)
    .option('--output <file>', 'write what became of each row to a CSV file, which must not be there yet')
    .action(async (file: string, options: BulkOptions) => {
      process.exitCode = await (await load()).runBulk(file, options)
    })
  const jobs = () => import('./bulk-jobs.ts')
  command(bulk, 'resume', 'Go on with one that is paused, or that another program left.')
    .argument('<name or id>')
    .option('--output <file>', 'write what became of each row to a CSV file, which must not be there yet')
    .action(async (wanted: string, options: ListOptions & { output?: string }) => {
      process.exitCode = await (await load()).resumeBulk(wanted, options)
    })
  command(bulk, 'list', 'List them, the newest first.').action(async (options: ListOptions) =>
    (await jobs()).listBulk(options),
  )
  command(bulk, 'result', 'Write what became of each row as CSV.')
    .argument('<name or id>')
    .option('--output <file>', 'a file that is not there yet; the standard output if left out')
    .action(async (wanted: string, options: ListOptions & { output?: string }) =>
      (await jobs()).resultOfBulk(wanted, options),
    )
  command(bulk, 'pause', 'Pause one that the app is running.')
    .argument('<name or id>')
    .action(async (wanted: string, options: ListOptions) => (await jobs()).pauseBulk(wanted, options))
  command(bulk, 'cancel', 'Cancel what was not sent yet, for good.')
    .argument('<name or id>')
    .option('--yes', 'do it; without this, what would not be sent is told', false)
    .action(async (wanted: string, options: ListOptions & { yes: boolean }) =>
      (await jobs()).cancelBulk(wanted, options),
    )
  command(bulk, 'delete', 'Remove one with its rows; what was sent stays in the log.')
    .argument('<name or id>')
    .option('--yes', 'do it; without this, what goes is told', false)
    .action(async (wanted: string, options: ListOptions & { yes: boolean }) =>
      (await jobs()).deleteBulk(wanted, options),
    )
}

function rateOf(text: string): number {
  const rate = Number(text)
  if (!(rate >= 0.01 && rate <= 10_000)) throw new InvalidArgumentError('Write a number from 0.01 to 10000.')
  return rate
}
