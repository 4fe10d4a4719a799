import type { Command } from 'commander'
import type { AddOptions } from './add-provider.ts'
import type { MakeCommand } from './operation-commands.ts'
import type { ListOptions } from './providers.ts'
import { gatherValue } from './send.ts'

/** The catalogue, and making a provider of it. */
export function addVendorCommands(providers: Command, command: MakeCommand): void {
  command(providers, 'vendors', 'List the catalogue, or what a vendor of it asks for.')
    .argument('[vendor]')
    .action(async (id: string | undefined, options: ListOptions) => {
      const { listVendors } = await import('./vendors.ts')
      await listVendors(id, options)
    })
  command(providers, 'add', 'Make a provider of a vendor of the catalogue.')
    .requiredOption('--vendor <id>', 'as in providers vendors')
    .option('--name <name>', 'what to call it; the vendor’s name if left out')
    .option('--api <id>', 'which of the vendor’s APIs; the proposed one if left out')
    .option('--field <key=value>', 'a value of its form; can be repeated', gatherValue, {})
    .option(
      '--secret <key=source>',
      'a secret: - for a line of the standard input, env:VARIABLE for a variable; can be repeated',
      gatherValue,
      {},
    )
    .option('--simulated', 'send to this machine’s simulator instead of to the vendor', false)
    .action(async (options: AddOptions) => {
      const { addProvider } = await import('./add-provider.ts')
      await addProvider(options)
    })
}
