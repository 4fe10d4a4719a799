import { parseArgs, type ParseArgsConfig } from 'node:util'
import { AppError } from '#shared/errors.ts'
import { namedFolder } from '../workspace.ts'

export const defaultPort = 7420

export interface HeadlessOptions {
  port: number
  /** As an absolute path. Null: the one of the environment, or the default one. */
  workspace: string | null
  browser: boolean
  /** Why this host runs instead of the desktop's, as the beginning of the one line that is printed. */
  because: string | null
}

export const help = `Serves SMS Workbench to a browser on this machine.

  --port NUMBER     the port on 127.0.0.1 (default ${defaultPort}, or SMS_WORKBENCH_PORT); when taken, the next free one
  --workspace DIR   the folder that holds everything (or SMS_WORKBENCH_FOLDER)
  --no-browser      do not open a browser
  --help            print this
`

const known = {
  port: { type: 'string' },
  workspace: { type: 'string' },
  'no-browser': { type: 'boolean' },
  because: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

/** Throws `invalid_input` with what is wrong with the arguments. Null: help was asked for. */
export function headlessOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): HeadlessOptions | null {
  const values = parsed(args)
  if (values.help) return null
  return {
    port: portOf(values.port ?? environment['SMS_WORKBENCH_PORT'] ?? String(defaultPort)),
    workspace: values.workspace === undefined ? null : namedFolder(values.workspace),
    browser: !values['no-browser'],
    because: values.because ?? null,
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: known }).values
  } catch (error) {
    throw new AppError('invalid_input', (error as Error).message)
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535)
    throw new AppError('invalid_input', `"${text}" is not a port: write a number from 0 to 65535.`)
  return port
}
