/**
 * What the import has to say: `ignored` has no bearing on the request, `unsupported` would have changed it and does
 * not, `check` was taken over in a way that had better be looked at.
 */
export interface Note {
  kind: 'ignored' | 'unsupported' | 'check'
  /** The piece of the command, as short as it can be named. */
  what: string
  why: string
}

/** The arguments of the one curl command that was found. */
export interface CurlWords {
  /** Without the word `curl` itself; null when no curl command was found. */
  words: string[] | null
  /** What a here-document feeds to the command. */
  input: string | null
  notes: Note[]
  /** Where the command begins, and the quote in it that is not closed. */
  from: number
  open: number | null
  to: number
  /** What else stands in the text. */
  others: Statement[]
}

/** One command of a script: its words, and the text it was read from. */
export interface Statement {
  words: string[]
  input: string | null
  expansions: Expansions
  from: number
  to: number
  /** Where a quote begins that is not closed. */
  open: number | null
}

/** Variables and commands whose output the shell would put in; the import leaves them as text. */
export interface Expansions {
  variables: Set<string>
  commands: Set<string>
}

export function newStatement(from: number): Statement {
  const expansions = { variables: new Set<string>(), commands: new Set<string>() }
  return { words: [], input: null, expansions, from, to: from, open: null }
}
