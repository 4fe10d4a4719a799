import { AppError } from '#shared/errors.ts'
import { longestProviderFile, type ImportChoice, type ImportPlan } from '#shared/provider-file.ts'
import { impactWords } from '#shared/provider-uses.ts'
import type { Dispatch } from '../rpc.ts'
import { connect, valueOf } from './connect.ts'
import { findProvider } from './find-provider.ts'
import { printMessage, printResult } from './output.ts'
import { readBytes, writeNew } from './own-files.ts'
import { askForPassphrase } from './passphrase.ts'
import type { ListOptions } from './providers.ts'

export interface ExportOptions extends ListOptions {
  output: string
  secrets: boolean
}

export interface ImportOptions extends ListOptions {
  onClash?: Exclude<ImportChoice, 'add'>
  secrets: boolean
}

/** The variable that holds a file's passphrase; the vault's own is another. */
const filePassphrase = 'SMS_WORKBENCH_FILE_PASSPHRASE'

async function withDispatch<T>(workspace: string, work: (dispatch: Dispatch) => Promise<T>): Promise<T> {
  const { dispatch, close } = await connect(workspace)
  try {
    return await work(dispatch)
  } finally {
    await close()
  }
}

/** All providers where none is named. The file is only its owner's to read, and never written over. */
export async function exportProviders(wanted: string[], options: ExportOptions): Promise<void> {
  const passphrase = options.secrets ? await passphraseOfFile() : null
  await withDispatch(options.workspace, async (dispatch) => {
    const found = []
    for (const one of wanted) found.push(await findProvider(dispatch, one))
    const ids = wanted.length > 0 ? found.map(({ id }) => id) : null
    const result = valueOf(await dispatch('providers.export', { ids, passphrase }))
    writeNew(options.output, result.text)
    for (const { provider, names } of result.plain)
      printMessage(`In clear in the settings of ${provider}, and so in the file: ${names.join(', ')}`)
    for (const { provider, names } of result.left)
      printMessage(`Not readable, and so not in the file: ${names.join(', ')} of ${provider}`)
    const { text: _text, ...rest } = result
    printResult(options.json, { ...rest, file: options.output }, () => [
      `${result.count === 1 ? '1 provider' : `${result.count} providers`} written to ${options.output}`,
    ])
  })
}

export async function importProvidersFile(file: string, options: ImportOptions): Promise<void> {
  const text = readBytes(file, longestProviderFile * 4, 'a file of providers').toString('utf8')
  await withDispatch(options.workspace, async (dispatch) => {
    const plan = valueOf(await dispatch('providers.readFile', { text }))
    const choices = choicesFor(plan, options.onClash)
    const passphrase = plan.sealed && options.secrets ? await passphraseOfFile() : null
    const result = valueOf(await dispatch('providers.import', { text, passphrase, choices }))
    printResult(options.json, result, () => [
      ...(['added', 'replaced', 'skipped'] as const).flatMap((what) =>
        result[what].map((name) => `${what}: ${name}`),
      ),
      ...result.notes.map(({ provider, note }) => `${provider}: ${note}`),
      ...result.missing.map(({ provider, names }) => `to be entered for ${provider}: ${names.join(', ')}`),
    ])
  })
}

export async function archiveProvider(
  wanted: string,
  options: ListOptions & { yes: boolean },
): Promise<void> {
  await withDispatch(options.workspace, async (dispatch) => {
    const { id, name } = await findProvider(dispatch, wanted)
    const impact = valueOf(await dispatch('providers.impact', { id }))
    if (!options.yes)
      throw unconfirmed([...impactWords(impact, 'archive'), 'Add --yes to archive it for good.'])
    valueOf(await dispatch('providers.archive', { id }))
    printResult(options.json, { id, name }, () => [`${name} is archived.`])
  })
}

export async function deleteProvider(
  wanted: string,
  options: ListOptions & { confirm?: string },
): Promise<void> {
  await withDispatch(options.workspace, async (dispatch) => {
    const { id, name } = await findProvider(dispatch, wanted)
    const impact = valueOf(await dispatch('providers.impact', { id }))
    if (options.confirm === undefined)
      throw unconfirmed([
        ...impactWords(impact, 'delete'),
        'Add --confirm <name> with its name to delete it.',
      ])
    const result = valueOf(await dispatch('providers.delete', { id, name: options.confirm }))
    printResult(options.json, { id, name, ...result }, () => [
      `${name} is deleted, with ${result.messages} messages. The backup before it is ${result.backup}.`,
    ])
  })
}

function unconfirmed(lines: string[]): AppError {
  return new AppError('invalid_input', lines.join('\n'))
}

function choicesFor(plan: ImportPlan, onClash: ImportOptions['onClash']): Record<string, ImportChoice> {
  const clashing = plan.providers.filter(({ clash }) => clash !== null)
  if (clashing.length > 0 && !onClash) {
    const names = clashing.map(({ name }) => name)
    const message = `Here already: ${names.join(', ')}. Say what to do with --on-clash both, replace or skip.`
    throw new AppError('invalid_input', message, { names })
  }
  return Object.fromEntries(clashing.map(({ id }) => [id, onClash ?? 'skip']))
}

async function passphraseOfFile(): Promise<string> {
  const given = process.env[filePassphrase] ?? (await askForPassphrase())
  if (given) return given
  throw new AppError('invalid_input', `Set ${filePassphrase} to the passphrase of the file.`)
}
