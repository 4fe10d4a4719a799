import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { shells } from '#shared/curl/shells.ts'
import { AppError } from '#shared/errors.ts'
import { defaultSimulatorPort } from '#shared/simulator.ts'
import { exitCodeOfError, exitCodes } from '../exit-codes.ts'
import { isLoopback } from '../simulator/callbacks/target.ts'
import { version } from '../version.ts'
import { defaultFolder, namedFolder } from '../workspace.ts'
import { addCallbackCommands } from './callback-commands.ts'
import { addBulkCommands } from './bulk-commands.ts'
import { addBundleCommands } from './bundle-commands.ts'
import { addGroupCommands } from './group-commands.ts'
import { addExportCommands } from './export-commands.ts'
import { addMessageCommands } from './message-commands.ts'
import { addOperations } from './operation-commands.ts'
import { addStatsCommands } from './stats-commands.ts'
import { addVendorCommands } from './vendor-commands.ts'
import { printError, printMessage } from './output.ts'
import { gatherValue, type SendOptions } from './send.ts'
import type { ImportCurlOptions } from './import-curl.ts'
import type { ListOptions } from './providers.ts'
import type { SimulateOptions } from './simulate.ts'

const exitCodeHelp = `
Exit codes:
  0  accepted, or done          4  the provider is unavailable
  1  unexpected                 5  misconfigured: credentials, credit, secrets
  2  wrong usage or input       6  the outcome is unknown: it may have arrived
  3  rejected by the provider   7  cancelled
  8  the workspace is in use, or its store cannot be used

A vault that a passphrase protects is opened with SMS_WORKBENCH_PASSPHRASE, or asks on the terminal.
`

/** Runs one command and sets the exit code. `root` is the program's own folder. */
export async function runCommandLine(args: string[], root: string): Promise<void> {
  process.stdout.on('error', onOutputError)
  try {
    await programOf(root).parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = report(error, args.includes('--json'))
  }
}

/** What reads the output may stop before its end, as `head` does; the command is done in order all the same. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.exitCode = exitCodes.unexpected
  printMessage(`The output could not be written whole: ${error.message}.`)
}

function programOf(root: string): Command {
  const program = new Command('sms-workbench')
    .description('Send messages through the providers of SMS Workbench, and look after its workspace.')
    .version(version)
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  addSend(program)
  addProviders(program)
  addMessageCommands(program, command)
  addExportCommands(program, command)
  addBulkCommands(program, command)
  addGroupCommands(program, command)
  addCallbackCommands(program, command)
  addBundleCommands(program, command)
  addStatsCommands(program, command)
  addSimulate(program)
  addDoctor(program, root)
  return program
}

/** On every command rather than before it, so that `sms-workbench send … --json` reads as people write it. */
function command(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--json', 'print one JSON document; messages go to the error output', false)
    .option(
      '--workspace <folder>',
      'the folder that holds everything (or SMS_WORKBENCH_FOLDER)',
      namedFolder,
      defaultFolder(),
    )
    .addHelpText('after', exitCodeHelp)
}

function addSend(program: Command): void {
  command(
    program,
    'send',
    'Send one message and wait for its outcome. It counts as a test unless told otherwise.',
  )
    .option('--provider <name or id>', 'the provider to send through; the default one if left out')
    .option('--group <name or id>', 'the group to send through')
    .option('--route', 'the group of the number’s country, else the default', false)
    .requiredOption('--to <number>', 'the recipient, as in +447700900123')
    .requiredOption('--text <text>', 'the text')
    .option('--country <code>', 'the country of a number in its national form, as in GB')
    .option('--value <name=value>', 'a value for a placeholder; can be repeated', gatherValue, {})
    .option('--no-test', 'count the message as a real one')
    .action(async (options: SendOptions) => {
      const { sendMessage } = await import('./send.ts')
      process.exitCode = await sendMessage(options)
    })
}

function addProviders(program: Command): void {
  const providers = program.command('providers').description('List the providers, or show one.')
  command(providers, 'list', 'List the providers.').action(async (options: ListOptions) => {
    const { listProviders } = await import('./providers.ts')
    await listProviders(options)
  })
  command(providers, 'show', 'Show a provider’s settings; secrets are named, never shown.')
    .argument('<name or id>')
    .action(async (wanted: string, options: ListOptions) => {
      const { showProvider } = await import('./providers.ts')
      await showProvider(wanted, options)
    })
  command(providers, 'import-curl', 'Make a provider of a vendor’s sample curl command.')
    .argument('[file]', 'the file that holds the command; the standard input if left out')
    .option('--name <name>', 'what to call it; made of the host if left out')
    .addOption(new Option('--shell <shell>', 'whose quoting it has; guessed if left out').choices(shells))
    .action(async (file: string | undefined, options: ImportCurlOptions) => {
      const { importProvider } = await import('./import-curl.ts')
      await importProvider(file, options)
    })
  addVendorCommands(providers, command)
  addOperations(providers, command)
}

function addSimulate(program: Command): void {
  command(
    program,
    'simulate',
    'Run the simulated provider until Ctrl+C; show its address and its magic numbers.',
  )
    .option(
      '--port <number>',
      'the port on 127.0.0.1; when taken, the next free one',
      portOf,
      defaultSimulatorPort,
    )
    .option(
      '--callbacks <address>',
      'where receipts go whose request names no address, as in http://127.0.0.1:3000/receipts',
      loopbackOf,
    )
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('./simulate.ts')
      await simulate(options)
    })
}

function addDoctor(program: Command, root: string): void {
  command(program, 'doctor', 'Look at everything that the workbench depends on.').action(
    async (options: ListOptions) => {
      const { examineAll } = await import('./doctor.ts')
      process.exitCode = await examineAll({ ...options, root })
    },
  )
}

function loopbackOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'http:' && isLoopback(url.hostname)) return text
  throw new InvalidArgumentError(
    'Write an http address of this machine, as in http://127.0.0.1:3000/receipts.',
  )
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535) throw new InvalidArgumentError('Write a number from 0 to 65535.')
  return port
}

function report(error: unknown, json: boolean): number {
  // Commander has said by then what was wrong; help and version end the same way, with code 0.
  if (error instanceof CommanderError) return reportUsage(error, json)
  if (error instanceof AppError) {
    printError(json, error.toData())
    return exitCodeOfError[error.code]
  }
  // A bug: its stack is for whoever mends it, and goes where it spoils no document.
  printMessage(String(error instanceof Error ? error.stack : error))
  if (json) printError(json, new AppError('internal', String(error)).toData())
  return exitCodes.unexpected
}

function reportUsage(error: CommanderError, json: boolean): number {
  if (error.exitCode === 0) return exitCodes.ok
  const message = error.message.replace(/^error: /, '')
  if (json) printError(json, new AppError('invalid_input', message).toData())
  return exitCodes.wrongInput
}
