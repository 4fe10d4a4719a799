import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { commands, type CommandInput, type CommandName, type CommandOutput } from '#shared/contract.ts'
import { AppError, type FieldIssue, type Outcome } from '#shared/errors.ts'
import { isDiskFull } from './db/disk-full.ts'
import type { Log } from './log.ts'

type Handler<Name extends CommandName> = (
  input: CommandInput<Name>,
) => CommandOutput<Name> | Promise<CommandOutput<Name>>

/** One function per command of the contract. A feature exports an object that `satisfies Pick<Handlers, …>`. */
export type Handlers = { [Name in CommandName]: Handler<Name> }

export interface Dispatch {
  <Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Outcome<CommandOutput<Name>>>
}

/** As a host gets it off the wire: nothing about it is known yet. */
export type DispatchUnknown = (name: unknown, input: unknown) => Promise<Outcome<unknown>>

/** Parses the input, runs the handler and answers with data, never with a throw. */
export function createDispatch(handlers: Handlers, log: Log): Dispatch & DispatchUnknown {
  return async (name: unknown, input: unknown): Promise<Outcome<never>> => {
    try {
      const command = nameOf(name)
      const parsed = commands[command].input.safeParse(input)
      if (!parsed.success) throw invalidInput(parsed.error)
      const handle = handlers[command] as (input: unknown) => unknown
      return { ok: true, value: (await handle(parsed.data)) as never }
    } catch (error) {
      return { ok: false, error: toData(error, String(name), log) }
    }
  }
}

function nameOf(name: unknown): CommandName {
  if (typeof name === 'string' && Object.hasOwn(commands, name)) return name as CommandName
  throw new AppError('not_found', 'There is no such command.')
}

/** The first issue is the message, so that a caller without a form still says something of use. */
export function invalidInput(error: z.ZodError): AppError {
  const issues: FieldIssue[] = error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }))
  const [first] = issues
  const message = first
    ? first.path
      ? `${first.path}: ${first.message}`
      : first.message
    : 'The input is not valid.'
  return new AppError('invalid_input', message, { issues })
}

function toData(error: unknown, command: string, log: Log) {
  if (error instanceof AppError) return error.toData()
  const known = fromSystem(error)
  if (known) return known.toData()
  const logId = randomUUID().slice(0, 8)
  log.error('A command failed unexpectedly', { command, logId, error })
  return new AppError('internal', `Something went wrong inside the workbench (${logId}).`, { logId }).toData()
}

/** SQLite and the file system say "the disk is full" in their own codes, wherever it happens. */
function fromSystem(error: unknown): AppError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (isDiskFull(error)) {
    return new AppError('disk_full', 'The disk is full. Nothing was changed; free some space and try again.')
  }
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') {
    return new AppError('store_damaged', 'The store is damaged. Restart the workbench to see the backups.')
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN') {
    return new AppError('store_unreadable', `The store cannot be written (${code}).`)
  }
  return null
}
