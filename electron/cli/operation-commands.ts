import { Option, type Command } from 'commander'
import type { ExportOptions, ImportOptions } from './provider-operations.ts'
import type { ListOptions } from './providers.ts'

export type MakeCommand = (parent: Command, name: string, description: string) => Command

/** The commands that move providers out, in and away. */
export function addOperations(providers: Command, command: MakeCommand): void {
  const load = () => import('./provider-operations.ts')
  command(providers, 'export', 'Write providers to a file, all of them if none is named.')
    .argument('[name or id...]')
    .requiredOption('--output <file>', 'the file to write; it must not be there yet')
    .option(
      '--secrets',
      'with the secrets, sealed with SMS_WORKBENCH_FILE_PASSPHRASE or what is asked for',
      false,
    )
    .action(async (wanted: string[], options: ExportOptions) =>
      (await load()).exportProviders(wanted, options),
    )
  command(
    providers,
    'import',
    'Read providers from a file that was exported. All of them are written, or none.',
  )
    .argument('<file>')
    .addOption(
      new Option('--on-clash <choice>', 'for a provider that is here already').choices([
        'both',
        'replace',
        'skip',
      ]),
    )
    .option('--no-secrets', 'leave out the secrets of the file')
    .action(async (file: string, options: ImportOptions) => (await load()).importProvidersFile(file, options))
  command(providers, 'archive', 'Take a provider out of use for good; its messages stay readable.')
    .argument('<name or id>')
    .option('--yes', 'do it; without this, what it affects is told', false)
    .action(async (wanted: string, options: ListOptions & { yes: boolean }) =>
      (await load()).archiveProvider(wanted, options),
    )
  command(providers, 'delete', 'Remove a provider with all of its data, after a backup.')
    .argument('<name or id>')
    .option('--confirm <name>', 'the provider’s name; without this, what goes is told')
    .action(async (wanted: string, options: ListOptions & { confirm?: string }) =>
      (await load()).deleteProvider(wanted, options),
    )
}
