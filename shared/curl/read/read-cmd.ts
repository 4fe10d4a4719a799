import { splitArguments } from './argv.ts'
import { joinsAddress, unquotedAddress } from './open-address.ts'
import { keptCaret, keptNotes } from './kept-caret.ts'
import { isCurl, pickCurl } from './pick-command.ts'
import type { CurlWords, Expansions, Note, Statement } from '../curl-words.ts'

/** Reads a command as Windows' command prompt does: first its carets and quotes, then the C runtime's arguments. */
export function readCmd(text: string): CurlWords {
  return new CmdReader(text).read()
}

class CmdReader {
  private readonly text: string
  private at = 0
  private from = 0
  private wordFrom = 0
  private line = ''
  private quoted = false
  private quotedFrom = 0
  /** Values with a caret that looks meant to escape and does not. */
  private kept = new Set<string>()
  private readonly statements: Statement[] = []
  private expansions: Expansions = { variables: new Set(), commands: new Set() }
  private readonly notes: Note[] = []

  constructor(text: string) {
    this.text = text.replaceAll('\r\n', '\n')
  }

  read(): CurlWords {
    while (this.at < this.text.length) this.step()
    this.endStatement()
    const picked = pickCurl(this.text, this.statements)
    return { ...picked, notes: [...this.notes, ...picked.notes] }
  }

  private step(): void {
    const character = this.text[this.at] ?? ''
    if (character === '%') return this.percent()
    if (character === '\n') return this.endLine()
    if (character === '"') this.quote()
    else if (!this.quoted && character === '^') return this.caret()
    else if (character === '^') keptCaret(this.text, this.at, this.kept)
    else if (!this.quoted && (character === '&' || character === '|')) return this.operator()
    else if (!this.quoted && (character === '<' || character === '>')) return this.redirection()
    if (character === ' ') this.wordFrom = this.at + 1
    this.line += character
    this.at += 1
  }

  private quote(): void {
    this.quoted = !this.quoted
    this.quotedFrom = this.at
  }

  /** Takes the next character as it is; before a line's end it joins the lines, and an empty line after is a break. */
  private caret(): void {
    this.at += 1
    if (this.text[this.at] === '\n') this.at += 1
    this.line += this.text[this.at] ?? ''
    this.at += 1
  }

  private percent(): void {
    if (this.text[this.at + 1] === '%') {
      this.line += '%'
      this.at += 2
      return
    }
    const name = /%[A-Za-z_]\w{0,100}%/y
    name.lastIndex = this.at
    const found = name.exec(this.text)?.[0]
    // `%C3%A9` is an escaped character of an address, not a variable called C3.
    const isVariable = found !== undefined && !/^%[0-9A-F]{2}%$/i.test(found)
    if (isVariable) this.expansions.variables.add(found)
    const taken = isVariable ? found : '%'
    this.line += taken
    this.at += taken.length
  }

  private endLine(): void {
    if (this.quoted && this.text.lastIndexOf('"') > this.at) {
      const why = 'A quoted text ends with its line in the command prompt; the lines were read as one text.'
      if (!this.notes.some((note) => note.why === why)) this.notes.push({ kind: 'check', what: '"', why })
      this.line += '\n'
      this.at += 1
      return
    }
    this.at += 1
    this.endStatement()
  }

  private operator(): void {
    if (joinsAddress(this.text, this.wordFrom, this.at)) {
      this.notes.push(unquotedAddress)
      this.line += '&'
      this.at += 1
      return
    }
    while (this.text[this.at] === '&' || this.text[this.at] === '|') this.at += 1
    this.endStatement()
  }

  private redirection(): void {
    const target = /[<>]{1,2}&?[ \t]*(?:"[^"\n]*"|[^\s"&|<>]*)/y
    target.lastIndex = this.at
    const found = target.exec(this.text)?.[0] ?? '>'
    // The digit of `2>` belongs to the redirection.
    if (/^\s\d$/.test(this.text.slice(this.at - 2, this.at))) this.line = this.line.slice(0, -1)
    this.at += found.length
    const reads = found.startsWith('<')
    const why = reads
      ? 'What it holds is not known here.'
      : 'Where the answer is written has no effect on the request.'
    this.notes.push({ kind: reads ? 'unsupported' : 'ignored', what: found.trim(), why })
  }

  private endStatement(): void {
    const line = this.line.replace(/^[\s@(]+/, '')
    const comment = /^(?:rem\b|::)/i.test(line)
    const words = comment ? [] : splitArguments(line)
    if (words.length > 0) {
      const open = this.quoted ? this.quotedFrom : null
      const { expansions, from, at: to } = this
      this.statements.push({ words, input: null, expansions, from, to, open })
      if (isCurl(words[0] ?? '')) this.notes.push(...keptNotes(this.kept))
    }
    this.from = this.at
    this.wordFrom = this.at
    this.line = ''
    this.quoted = false
    this.kept = new Set()
    this.expansions = { variables: new Set(), commands: new Set() }
  }
}
