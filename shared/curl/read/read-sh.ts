import { ansiEscape } from './ansi-escape.ts'
import { pickCurl } from './pick-command.ts'
import { closingBracket } from './closing-bracket.ts'
import { expandedHere } from './here-document.ts'
import { joinsAddress, unquotedAddress } from './open-address.ts'
import { noteUnquotedSign } from './unquoted-sign.ts'
import { newStatement, type CurlWords, type Note, type Statement } from '../curl-words.ts'

/** Reads a command as sh and bash do: quotes, `$'…'`, continuations, comments, here-documents. */
export function readSh(text: string): CurlWords {
  return new ShReader(text).read()
}

class ShReader {
  private readonly text: string
  private at = 0
  private word: string | null = null
  private wordFrom = 0
  private readonly statements: Statement[] = []
  private statement: Statement = newStatement(0)
  private readonly notes: Note[] = []
  /** Here-documents begin on the line after the one that names them. */
  private awaited: { end: string; quoted: boolean; tabs: boolean; statement: Statement } | null = null

  constructor(text: string) {
    this.text = text
  }

  read(): CurlWords {
    while (this.at < this.text.length) this.step()
    this.endStatement(this.at)
    const picked = pickCurl(this.text, this.statements)
    return { ...picked, notes: [...this.notes, ...picked.notes] }
  }

  private step(): void {
    const character = this.text[this.at] ?? ''
    if (character === '\\') return this.backslash()
    if (character === "'") return this.singleQuoted()
    if (character === '"') return this.doubleQuoted()
    if (character === '$' && this.text[this.at + 1] === "'") return this.ansiQuoted()
    if (character === '$' || character === '`') return this.add(this.expansion())
    if (character === '\n') return this.endLine()
    if (character === ' ' || character === '\t' || character === '\r') return this.skip()
    if (character === '#' && this.word === null) return this.comment()
    if (character === '<' || character === '>') return this.redirection()
    if (character === ';' || character === '|' || character === '&') return this.operator()
    if (character === '(' || character === ')') return this.operator()
    const before = this.word === null ? null : this.text.slice(this.wordFrom, this.at)
    noteUnquotedSign(character, before, this.notes)
    this.add(character)
    this.at += 1
  }

  private add(text: string): void {
    if (this.word === null) this.wordFrom = this.at
    this.word = (this.word ?? '') + text
  }

  private skip(): void {
    this.endWord()
    this.at += 1
  }

  private endWord(): void {
    if (this.word === null) return
    this.statement.words.push(this.word)
    this.word = null
  }

  private endStatement(to: number): void {
    this.endWord()
    this.statement.to = to
    if (this.statement.words.length > 0) this.statements.push(this.statement)
    this.statement = newStatement(this.at)
  }

  private operator(): void {
    if (this.word !== null && joinsAddress(this.text, this.wordFrom, this.at)) {
      this.notes.push(unquotedAddress)
      return this.add(this.text[this.at++] ?? '')
    }
    const to = this.at
    while (/[;|&()]/.test(this.text[this.at] ?? '')) this.at += 1
    const printed = this.text.slice(to, this.at) === '|' ? this.printed() : null
    if (printed !== null) this.statement.words = []
    this.endStatement(to)
    this.statement.input = printed
  }

  /** What `echo` hands to the next command, when it says one text only. */
  private printed(): string | null {
    this.endWord()
    const [program, text, ...more] = this.statement.words
    return program === 'echo' && text !== undefined && more.length === 0 ? `${text}\n` : null
  }

  private endLine(): void {
    this.at += 1
    this.endStatement(this.at - 1)
    if (this.awaited) this.hereDocument()
  }

  private comment(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end < 0 ? this.text.length : end
  }

  private backslash(): void {
    const next = this.text[this.at + 1]
    if (next === '\r' && this.text[this.at + 2] === '\n') this.at += 3
    else {
      // A last backslash is what is left of a line that was cut off.
      if (next !== '\n' && next !== undefined) this.add(next)
      this.at += 2
    }
  }

  private singleQuoted(): void {
    const end = this.text.indexOf("'", this.at + 1)
    this.add(this.text.slice(this.at + 1, this.closed(end, this.at)))
  }

  private closed(end: number, from: number): number {
    this.at = end < 0 ? this.text.length : end + 1
    if (end >= 0) return end
    this.statement.open ??= from
    return this.text.length
  }

  private doubleQuoted(): void {
    const from = this.at
    this.add('')
    this.at += 1
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      const character = this.text[this.at] ?? ''
      if (character === '\\') this.backslashInQuotes()
      else if (character === '$' || character === '`') this.add(this.expansion())
      else {
        this.add(character)
        this.at += 1
      }
    }
    this.closed(this.at < this.text.length ? this.at : -1, from)
  }

  private backslashInQuotes(): void {
    const next = this.text[this.at + 1] ?? ''
    if (next === '\n') this.at += 2
    else if (next === '\r' && this.text[this.at + 2] === '\n') this.at += 3
    else {
      this.add(next !== '' && '$`"\\'.includes(next) ? next : `\\${next}`)
      this.at += 2
    }
  }

  private ansiQuoted(): void {
    const from = this.at
    this.add('')
    this.at += 2
    while (this.at < this.text.length && this.text[this.at] !== "'") {
      const { value, length } = ansiEscape(this.text, this.at)
      this.add(value)
      this.at += length
    }
    this.closed(this.at < this.text.length ? this.at : -1, from)
  }

  /** What the shell would replace stays as it is written, and is named. */
  private expansion(): string {
    const from = this.at
    if (this.text[from] === '`') {
      const end = this.text.indexOf('`', from + 1)
      this.at = end < 0 ? this.text.length : end + 1
      this.statement.expansions.commands.add(this.text.slice(from, this.at))
    } else if (this.text[from + 1] === '(') {
      this.at = closingBracket(this.text, from + 1)
      this.statement.expansions.commands.add(this.text.slice(from, this.at))
    } else {
      const name = /\{[^}\n]{1,200}\}|[A-Za-z_]\w*|[0-9@*?#!]/y
      name.lastIndex = from + 1
      // `$$To` is meant for the workbench, whatever the shell would make of it.
      const length = this.text[from + 1] === '$' ? 1 : (name.exec(this.text)?.[0].length ?? 0)
      this.at = from + 1 + length
      if (length > 0 && this.text[from + 1] !== '$')
        this.statement.expansions.variables.add(this.text.slice(from, this.at))
    }
    return this.text.slice(from, this.at)
  }

  private redirection(): void {
    const operator = /<<<|<<-|<<|<\(|>\(|[<>]{1,2}[&|]?/y
    operator.lastIndex = this.at
    const found = operator.exec(this.text)?.[0] ?? '>'
    // The digit of `2>` belongs to the redirection.
    const digit = this.word !== null && /^\d$/.test(this.word) ? this.word : ''
    if (digit !== '') this.word = null
    this.endWord()
    this.at += found.length
    if (found.endsWith('('))
      return this.notRead(this.text.slice(this.at - 2, (this.at = closingBracket(this.text, this.at - 1))))
    const { target, quoted } = this.target()
    if (found === '<<<') this.statement.input = `${target}\n`
    else if (found.startsWith('<<')) {
      this.awaited = { end: target, quoted, tabs: found === '<<-', statement: this.statement }
    } else if (found.startsWith('<')) this.notRead(`${found} ${target}`)
    else {
      const what = found.endsWith('&') ? `${digit}${found}${target}` : `${digit}${found} ${target}`
      this.notes.push({
        kind: 'ignored',
        what,
        why: 'Where the answer is written has no effect on the request.',
      })
    }
  }

  private notRead(what: string): void {
    this.notes.push({ kind: 'unsupported', what, why: 'What it holds is not known here.' })
  }

  /** The word after a redirection. */
  private target(): { target: string; quoted: boolean } {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at += 1
    const from = this.at
    while (this.at < this.text.length && !/[\s;|&<>()]/.test(this.text[this.at] ?? '')) this.step()
    const quoted = /['"\\]/.test(this.text.slice(from, this.at))
    const target = this.word ?? ''
    this.word = null
    return { target, quoted }
  }

  private hereDocument(): void {
    const { end, quoted, tabs, statement } = this.awaited!
    this.awaited = null
    const lines: string[] = []
    while (this.at < this.text.length) {
      const stop = this.text.indexOf('\n', this.at)
      const line = this.text.slice(this.at, stop < 0 ? this.text.length : stop).replace(/\r$/, '')
      this.at = stop < 0 ? this.text.length : stop + 1
      const shown = tabs ? line.replace(/^\t+/, '') : line
      if (shown === end) break
      lines.push(shown)
    }
    const body = lines.map((line) => `${line}\n`).join('')
    statement.input = quoted ? body : expandedHere(body, statement.expansions)
    this.statement.from = this.at
  }
}
