import type { Command } from 'commander'
import type { ExportBundleOptions, ReplayOptions } from './bundles.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'

/** The commands of reproduction bundles: a message with all that was recorded of it, to be replayed elsewhere. */
export function addBundleCommands(program: Command, command: MakeCommand): void {
  const bundle = program
    .command('bundle')
    .description('Take a message to another workspace and replay it there.')
  const load = () => import('./bundles.ts')
  const exporting = (name: 'export' | 'har', description: string) =>
    command(bundle, name, description)
      .argument('<message>', 'the message’s id')
      .requiredOption('--output <file>', 'the file to write; it must not be there yet')
      .option('--mask-numbers', 'put others of the same country and length in place of numbers', false)
      .option('--mask-text', 'put others of the same length in place of texts', false)
      .action(async (id: string, options: ExportBundleOptions) =>
        (await load()).exportBundle(id, name === 'har' ? 'har' : 'bundle', options),
      )
  exporting('export', 'Write a message with its provider, attempts and callbacks to a file, without secrets.')
  exporting('har', 'Write a message’s attempts and callbacks as HAR 1.2, without secrets.')
  command(
    bundle,
    'open',
    'Open a bundle: keep its message, and make its providers, which go to the simulator.',
  )
    .argument('<file>')
    .option('--dry-run', 'show what is in it, and keep nothing', false)
    .action(async (file: string, options: ListOptions & { dryRun: boolean }) =>
      (await load()).openBundle(file, options),
    )
  command(bundle, 'list', 'List the bundles that were opened, the newest first.').action(
    async (options: ListOptions) => (await load()).listBundles(options),
  )
  command(
    bundle,
    'replay',
    'Send a bundle’s message to the simulator, which answers as recorded. Exits with 3 where it comes out otherwise.',
  )
    .argument('<bundle>', 'its id, or a file, which is opened first')
    .option(
      '--recorded-pace',
      'let answers and callbacks take as long as they did, 10 seconds each at most',
      false,
    )
    .action(async (wanted: string, options: ReplayOptions) => {
      process.exitCode = await (await load()).replayBundle(wanted, options)
    })
  command(bundle, 'remove', 'Remove a bundle; its providers and the messages of its replays stay.')
    .argument('<bundle>')
    .action(async (id: string, options: ListOptions) => (await load()).removeBundle(id, options))
}
