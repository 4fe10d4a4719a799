import { text } from 'node:stream/consumers'
import { AppError } from '#shared/errors.ts'
import { askHidden } from './passphrase.ts'

/**
 * The values that `--secret name=…` asks for: `-` is a line of the standard input, in the order of the options, or asks on
 * the terminal; `env:VARIABLE` is a variable of the environment. Never the value itself: other programs can read a command.
 */
export async function readSecrets(asked: Record<string, string>): Promise<Record<string, string>> {
  const fromInput = Object.entries(asked).filter(([, source]) => source === '-')
  const lines =
    fromInput.length > 0 && !process.stdin.isTTY ? (await text(process.stdin)).split(/\r?\n/) : null
  const values: Record<string, string> = {}
  for (const [name, source] of Object.entries(asked)) {
    const value =
      source === '-' ? (lines ? lines.shift() : await askHidden(name)) : fromEnvironment(name, source)
    if (!value) throw new AppError('invalid_input', `There is no value for the secret “${name}”.`)
    values[name] = value
  }
  return values
}

function fromEnvironment(name: string, source: string): string | undefined {
  const [, variable] = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(source) ?? []
  if (variable !== undefined) return process.env[variable]
  const message = `Secrets are not written in a command, where other programs can read them: write --secret ${name}=- for the standard input, or --secret ${name}=env:VARIABLE.`
  throw new AppError('invalid_input', message)
}
