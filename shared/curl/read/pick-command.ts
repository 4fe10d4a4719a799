import { maskValues } from './mask-values.ts'
import type { CurlWords, Expansions, Note, Statement } from '../curl-words.ts'

const wrappers = new Set([
  'sudo',
  'time',
  'exec',
  'command',
  'nohup',
  'env',
  '$',
  '>',
  '%',
  '#',
  '&',
  '.',
  'call',
])

// They set how the window itself works.
const silent = /^(?:@?echo off|\$OutputEncoding\b.*)$/i

/** Takes the curl command out of a script and names everything else as left out. */
export function pickCurl(text: string, statements: Statement[]): CurlWords {
  const notes: Note[] = []
  const at = statements.findIndex(({ words }) => placeOfCurl(words) >= 0)
  const found = statements[at]
  if (!found) return { words: null, input: null, notes, from: 0, to: 0, open: null, others: [] }
  statements.forEach((statement, index) => {
    if (index === at || statement.words.length === 0) return
    const written = shorten(text.slice(statement.from, statement.to))
    const again = placeOfCurl(statement.words) >= 0
    if (silent.test(written)) return
    const what = shorten(
      maskValues(text.slice(statement.from, Math.min(statement.to, statement.from + 2000))),
    )
    const kind = again || index < at ? 'unsupported' : 'ignored'
    notes.push({ kind, what, why: again ? 'One command is read, the first.' : whyLeftOut(index < at) })
  })
  return {
    words: found.words.slice(placeOfCurl(found.words) + 1),
    input: found.input,
    notes: [...notes, ...expansionNotes(found.expansions)],
    from: found.from,
    to: found.to,
    open: found.open,
    others: statements.filter((statement) => statement !== found && placeOfCurl(statement.words) < 0),
  }
}

function whyLeftOut(before: boolean): string {
  return before
    ? 'It runs before curl; what it sets or prints is not known here.'
    : 'It deals with the answer and has no effect on the request.'
}

function expansionNotes({ variables, commands }: Expansions): Note[] {
  const why = 'The shell would put a value here; it stands as text until it is replaced.'
  const output = 'The shell would put this command’s output here; it stands as text until it is replaced.'
  return [
    ...[...variables].map((what): Note => ({ kind: 'check', what: shorten(what), why })),
    ...[...commands].map((what): Note => ({ kind: 'check', what: shorten(what), why: output })),
  ]
}

/** Words before it may be a prompt, an assignment or a program that runs another. */
function placeOfCurl(words: string[]): number {
  for (let index = 0; index < words.length && index < 12; index += 1) {
    const word = words[index] ?? ''
    if (isCurl(word)) return index
    const passes =
      wrappers.has(word) || /^[A-Za-z_]\w*=/.test(word) || /[>$#%]$/.test(word) || /^PS$/.test(word)
    if (!passes && !/^[\w.-]+@[\w.-]+:/.test(word)) return -1
  }
  return -1
}

export function isCurl(word: string): boolean {
  return /(?:^|[\\/>])curl(?:\.exe)?$/i.test(word)
}

export function shorten(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
