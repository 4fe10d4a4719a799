import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { AppError } from '#shared/errors.ts'
import { importCurl } from '#shared/curl/import-curl.ts'
import { noteName } from '#shared/curl/note-name.ts'
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

const shownRoles: readonly string[] = ['To', 'Body', 'From', 'TemplateID']

/** Values that are, or could be, secrets do not go to the terminal, and notes name their things without values. */
export function masked(imported: CurlImport): Pick<CurlImport, 'replaced' | 'choices' | 'notes'> {
  const { replaced, choices, notes, draft } = imported
  const secrets = Object.values(draft?.secrets ?? {}).filter((value) => value.length > 3)
  const without = (told: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), told)
  const hide = (values: CurlImport['replaced']) =>
    values.map((value) => {
      // An id may hold the name of a path's step, as `where` does.
      const told = { ...value, id: without(value.id), where: without(value.where) }
      return shownRoles.includes(value.role) ? told : { ...told, value: '' }
    })
  return {
    replaced: hide(replaced),
    choices: hide(choices),
    notes: notes.map((note) => ({ ...note, what: without(noteName(note)) })),
  }
}
