import { settingsSchema } from '../settings.ts'
import { connectionOf, timeoutsOf } from './draft/connection-draft.ts'
import { readRequest, type CurlRequest } from './read/curl-request.ts'
import { detectShell, withoutPrompt } from './read/detect-shell.ts'
import { fillIn } from './fill/fill-values.ts'
import type { CurlImport, CurlImportOptions } from './import-result.ts'
import { noCurl } from './read/no-curl.ts'
import { openQuote } from './read/open-quote.ts'
import { withoutPrompts } from './read/prompts.ts'
import { readCmd } from './read/read-cmd.ts'
import { readPowerShell } from './read/read-powershell.ts'
import { readSh } from './read/read-sh.ts'
import { draftRequest } from './draft/request-draft.ts'
import { surroundingsNote, withoutHead, withoutWords } from './read/surroundings.ts'
import type { CurlWords, Note } from './curl-words.ts'
import type { Shell } from './shells.ts'
import { suggestName } from './draft/suggest-name.ts'

/** Longer commands are not read. */
export const longestCommand = 200_000
const mostNotes = 60

const readers: Record<Shell, (text: string) => CurlWords> = {
  sh: readSh,
  cmd: readCmd,
  powershell: readPowerShell,
}

/**
 * Makes a provider of a vendor's sample command. It does not throw: what cannot be read is told in `problem`, what was
 * left out or had better be looked at in `notes`.
 */
export function importCurl(command: string, options: CurlImportOptions = {}): CurlImport {
  const pasted = command.replaceAll('\u00A0', ' ')
  const shell = options.shell ?? detectShell(pasted.slice(0, longestCommand))
  const failed = (problem: string, notes: Note[] = []): CurlImport => {
    return { shell, draft: null, replaced: [], choices: [], notes: distinct(notes), problem, problemAt: null }
  }
  if (pasted.trim() === '') return failed('Paste a curl command.')
  if (pasted.length > longestCommand) return failed('The command is longer than 200,000 characters.')
  const { text, cuts } = withoutPrompts(withoutPrompt(lined(pasted, shell)), shell)
  const { words, left } = readCommand(text, shell)
  if (words.words === null) return failed(noCurl(text))
  if (words.open !== null) {
    const { problem, from, to } = openQuote(text, words.from, words.open, { shell, cuts })
    return { ...failed(problem), problemAt: { from, to } }
  }
  const { request, problem, notes } = readRequest(words)
  if (!request) return failed(problem, notes)
  return draftImport(request, [...notes, ...surroundingsNote(left)], shell, options, failed)
}

/** Reads twice where words of a page stand around the command, the second time without them. */
function readCommand(whole: string, shell: Shell): { words: CurlWords; left: string[] } {
  const head = withoutHead(whole)
  const words = readers[shell](head.text)
  if (words.words === null) return { words, left: [] }
  const rest = withoutWords(head.text, words.others, words.to)
  const again = rest.left.length === 0 ? words : readers[shell](rest.text)
  return { words: again, left: [...head.left, ...rest.left] }
}

function draftImport(
  request: CurlRequest,
  notes: Note[],
  shell: Shell,
  { roles = {} }: CurlImportOptions,
  failed: (problem: string, notes: Note[]) => CurlImport,
): CurlImport {
  const filled = fillIn(draftRequest(request, notes), roles, notes)
  const { keeper } = filled
  const settings = {
    ...filled.settings,
    timeouts: timeoutsOf(request, filled.settings.timeouts, notes),
    connection: connectionOf(request, filled.settings.connection, keeper, notes),
  }
  const checked = settingsSchema.safeParse(settings)
  if (!checked.success)
    return failed(checked.error.issues[0]?.message ?? 'The request cannot be described here.', notes)
  return {
    shell,
    draft: { name: suggestName(request.address.host), settings: checked.data, secrets: keeper.values },
    replaced: filled.replaced,
    choices: filled.choices,
    notes: distinct(notes),
    problem: '',
    problemAt: null,
  }
}

/** The shells of Windows read both kinds of line ends alike; bash takes a carriage return as a part of what is quoted. */
function lined(text: string, shell: Shell): string {
  return shell === 'sh' ? text : text.replaceAll('\r\n', '\n')
}

function distinct(notes: readonly Note[]): Note[] {
  const seen = new Set<string>()
  const once = notes.filter(({ kind, what, why }) => {
    const key = `${kind} ${what} ${why}`
    return !seen.has(key) && seen.add(key)
  })
  const over = once.length - mostNotes
  if (over <= 0) return once
  return [
    ...once.slice(0, mostNotes),
    { kind: 'check', what: '…', why: `${over} more remarks of this kind are not shown.` },
  ]
}
