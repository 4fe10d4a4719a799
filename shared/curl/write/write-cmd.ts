import type { WrittenCurl } from './write.ts'
import { curlOptions, dataRaw, hasBody, type CurlRequest } from './write-options.ts'

/** cmd reads no longer line. */
const longest = 8191

/**
 * For the window of cmd.exe, whose rules and those of the C runtime's argument list both apply. A line feed passes as
 * a caret and an empty line; a carriage return never does, and a tab that is pasted completes file names.
 */
export function writeForCmd(request: CurlRequest): WrittenCurl {
  const data = hasBody(request) ? dataRaw(request.body) : null
  const options = curlOptions(request, data, true)
  const values = [request.url, ...options.map(({ value }) => value ?? '')]
  const unfit = values.map(unfitFor).find((reason) => reason !== null)
  if (unfit) return { ok: false, problem: `${unfit} Use the command for PowerShell or sh.` }
  const words = options.map(({ flag, value }) => (value === null ? flag : `${flag} ${argument(value)}`))
  const command = [`curl ${argument(request.url)}`, ...words].join(' ^\n  ')
  if (command.length > longest)
    return {
      ok: false,
      problem: `cmd takes at most ${longest} characters. Use the command for PowerShell or sh.`,
    }
  return { ok: true, command, notes: notesOn(values) }
}

function unfitFor(value: string): string | null {
  if (value.includes('\r')) return 'It holds a carriage return, which cmd cannot pass on.'
  if (value.includes('\t')) return 'It holds a tab, which cmd takes as a key when it is pasted.'
  if (/[\u0000-\u0009\u000B-\u001F\u007F]/.test(value))
    return 'It holds a control character, which cmd cannot pass on.'
  return null
}

function notesOn(values: string[]): string[] {
  const notes: string[] = []
  if (values.some((value) => value.includes('%')))
    notes.push('For the command window. In a batch file, write each % twice.')
  if (values.some((value) => /[^\x00-\x7F]/.test(value)))
    notes.push('Holds characters beyond ASCII: needs a curl whose “curl --version” lists Unicode.')
  return notes
}

/** Plain quotes where they do, else every mark behind a caret, so that cmd sees no quotes and no marks at all. */
function argument(value: string): string {
  if (!/["%\n]/.test(value)) return `"${value.replace(/\\+$/, '$&$&')}"`
  return caretEscaped(`"${value.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`)
}

/** A caret behind a percent sign is part of no variable's name, so nothing is found to be put in its place. */
function caretEscaped(argumentText: string): string {
  return argumentText
    .replace(/["&|<>()^]/g, '^$&')
    .replace(/%(?![\n^])/g, '%^')
    .replaceAll('\n', '^\n\n')
}
