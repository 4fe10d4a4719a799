import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { AppError } from '#shared/errors.ts'
import { importCurl } from '#shared/curl/import-curl.ts'
import type { CurlImport } from '#shared/curl/import-result.ts'
import type { Shell } from '#shared/curl/shells.ts'
import type { ProviderInput } from '#shared/provider.ts'
import { connect, valueOf } from './connect.ts'
import { printResult, tableLines } from './output.ts'

export interface ImportCurlOptions {
  workspace: string
  json: boolean
  name?: string
  shell?: Shell
}

/** Makes a provider of a vendor's sample command, from a file or the standard input. */
export async function importProvider(file: string | undefined, options: ImportCurlOptions): Promise<void> {
  const command = file === undefined || file === '-' ? await text(process.stdin) : await readCommand(file)
  const imported = importCurl(command, { shell: options.shell })
  if (!imported.draft) throw new AppError('invalid_input', imported.problem)
  const { draft } = imported
  const input: ProviderInput = {
    id: randomUUID(),
    kind: 'generic',
    name: options.name ?? draft.name,
    settings: draft.settings,
    // A value that the sample only hints at is entered later.
    secrets: Object.fromEntries(Object.entries(draft.secrets).filter(([, value]) => value !== '')),
  }
  const { dispatch, close } = await connect(options.workspace)
  try {
    const provider = valueOf(await dispatch('providers.save', input))
    const { replaced, choices, notes } = masked(imported)
    printResult(options.json, { provider, replaced, choices, notes }, () => [
      `${provider.name} was saved (${provider.id}).`,
      ...tableLines([
        ...replaced.map(({ where, role }) => ['Replaced', where, role]),
        ...choices.map(({ where, role }) => ['Not sure', where, role]),
        ...notes.map(({ kind, what, why }) => [kind, what, why]),
      ]),
    ])
  } finally {
    await close()
  }
}

async function readCommand(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new AppError('invalid_input', `The file ${file} cannot be read.`)
  }
}

/** Values of secrets do not go to the terminal. */
function masked(imported: CurlImport): Pick<CurlImport, 'replaced' | 'choices' | 'notes'> {
  const hide = (values: CurlImport['replaced']) =>
    values.map((value) => (value.role === 'secret' ? { ...value, value: '' } : value))
  return { replaced: hide(imported.replaced), choices: hide(imported.choices), notes: imported.notes }
}
