import { withoutArgvEscapes } from './argv.ts'
import { joinsAddress, unquotedAddress } from './open-address.ts'
import { isCurl, pickCurl } from './pick-command.ts'
import { newStatement, type CurlWords, type Note, type Statement } from '../curl-words.ts'

/** Reads a command as PowerShell does: backticks, both kinds of quotes, here-strings, comments. */
export function readPowerShell(text: string): CurlWords {
  return new PowerShellReader(text).read()
}

const escapes: Record<string, string> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
// PowerShell takes typographic quotes for plain ones.
const single = "'\u2018\u2019\u201A\u201B"
const double = '"\u201C\u201D\u201E'

class PowerShellReader {
  private readonly text: string
  private at = 0
  private word: string | null = null
  private wordFrom = 0
  private statement: Statement = newStatement(0)
  private readonly statements: Statement[] = []
  private readonly notes: Note[] = []

  constructor(text: string) {
    this.text = text.replaceAll('\r\n', '\n')
  }

  read(): CurlWords {
    while (this.at < this.text.length) this.step()
    this.endStatement()
    const picked = pickCurl(this.text, this.statements)
    const asTyped = this.statements.flatMap(({ words }) => words).find(isCurl) ?? ''
    if (picked.words && !/\.exe$/i.test(asTyped)) picked.notes.unshift(aliasNote)
    return {
      ...picked,
      words: picked.words?.map((word) => this.unescaped(word)) ?? null,
      notes: [...this.notes, ...picked.notes],
    }
  }

  private unescaped(word: string): string {
    const plain = withoutArgvEscapes(word)
    if (plain !== word && !this.notes.includes(backslashNote)) this.notes.push(backslashNote)
    return plain
  }

  private step(): void {
    const character = this.text[this.at] ?? ''
    if (character === '`') return this.backtick()
    if (this.word === null && /@['"]/y.test(this.text.slice(this.at, this.at + 2))) return this.hereString()
    if (single.includes(character)) return this.quoted(single)
    if (double.includes(character)) return this.quoted(double)
    if (character === '$') return this.add(this.expansion())
    if (character === '\n') return this.endLine()
    if (character === ' ' || character === '\t') return this.skip()
    if (character === '#' && this.word === null) return this.jump(this.text.indexOf('\n', this.at), 0)
    if (this.text.startsWith('<#', this.at)) return this.jump(this.text.indexOf('#>', this.at), 2)
    if (character === ';' || character === '|' || character === '&') return this.operator()
    if (character === '>') return this.redirection()
    if (this.isBlock()) return this.endLine()
    this.add(character)
    this.at += 1
  }

  private add(text: string): void {
    if (this.word === null) this.wordFrom = this.at
    this.word = (this.word ?? '') + text
  }

  private jump(to: number, over: number): void {
    this.at = to < 0 ? this.text.length : to + over
  }

  private skip(): void {
    this.endWord()
    this.at += 1
  }

  private endWord(): void {
    if (this.word !== null) this.statement.words.push(this.word)
    this.word = null
  }

  private endLine(): void {
    this.at += 1
    this.endStatement()
  }

  private endStatement(): void {
    this.endWord()
    this.statement.to = this.at
    if (this.statement.words.length > 0) this.statements.push(this.statement)
    this.statement = newStatement(this.at)
  }

  private operator(): void {
    if (this.word !== null && joinsAddress(this.text, this.wordFrom, this.at)) {
      this.notes.push(unquotedAddress)
      return this.add(this.text[this.at++] ?? '')
    }
    // The call operator stands before the program that it calls.
    const calls = this.text[this.at] === '&' && this.statement.words.length === 0 && this.word === null
    const from = this.at
    while (/[;|&]/.test(this.text[this.at] ?? '')) this.at += 1
    const printed = this.text.slice(from, this.at) === '|' ? this.printed() : null
    if (printed !== null) this.statement.words = []
    if (!calls) this.endStatement()
    if (printed !== null) this.statement.input = printed
  }

  /** A text that stands alone is what the next command reads. */
  private printed(): string | null {
    this.endWord()
    const [text, ...more] = this.statement.words
    return text !== undefined && more.length === 0 && /\s/.test(text) ? `${text}\n` : null
  }

  /** A script block's brackets hold its statements together and are no arguments. */
  private isBlock(): boolean {
    return /^[{}](?:\s|$)/.test(this.text.slice(this.at, this.at + 2)) && this.word === null
  }

  private redirection(): void {
    const target = />{1,2}(?:&1)?[ \t]*(?:"[^"\n]*"|[^\s"&|;]*)/y
    target.lastIndex = this.at
    const found = target.exec(this.text)?.[0] ?? '>'
    if (this.word !== null && /^[\d*]$/.test(this.word)) this.word = null
    this.at += found.length
    this.notes.push({
      kind: 'ignored',
      what: found.trim(),
      why: 'Where the answer is written has no effect on the request.',
    })
  }

  private backtick(): void {
    const next = this.text[this.at + 1]
    if (next === '\n') {
      this.endWord()
      this.at += 2
    } else this.add(this.escape())
  }

  private escape(): string {
    const unicode = /`u\{([0-9A-Fa-f]{1,6})\}/y
    unicode.lastIndex = this.at
    const found = unicode.exec(this.text)
    if (found) {
      this.at += found[0].length
      const code = Number.parseInt(found[1] ?? '', 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
    }
    const next = this.text[this.at + 1] ?? ''
    this.at += 1 + next.length
    return Object.hasOwn(escapes, next) ? (escapes[next] ?? '') : next
  }

  private quoted(kind: string): void {
    const [begins, from] = [this.word === null, this.at]
    this.add('')
    this.at += 1
    for (;;) {
      const character = this.text[this.at]
      if (character === undefined) return void (this.statement.open ??= from)
      if (kind.includes(character)) {
        if (!kind.includes(this.text[this.at + 1] || '\0')) break
        this.add(character)
        this.at += 2
      } else if (kind === double && character === '`') this.add(this.escape())
      else if (kind === double && character === '$') this.add(this.expansion())
      else {
        this.add(character)
        this.at += 1
      }
    }
    this.at += 1
    // A text that begins with a quote ends with it.
    if (begins) this.endWord()
  }

  private hereString(): void {
    const quote = this.text[this.at + 1] ?? ''
    const start = this.text.indexOf('\n', this.at)
    const end = start < 0 ? -1 : this.text.indexOf(`\n${quote}@`, start)
    if (start < 0 || this.text.slice(this.at + 2, start).trim() !== '') {
      this.add('@')
      this.at += 1
      return
    }
    if (end < 0) this.statement.open ??= this.at
    const body = this.text.slice(start + 1, end < 0 ? this.text.length : Math.max(end, start + 1))
    if (quote === '"')
      for (const [name] of body.matchAll(variable)) this.statement.expansions.variables.add(name)
    this.add(body)
    this.at = end < 0 ? this.text.length : end + 3
    this.endWord()
  }

  private expansion(): string {
    const from = this.at
    const found = new RegExp(variable.source, 'y')
    found.lastIndex = from
    if (this.text[from + 1] === '(') {
      const end = this.text.indexOf(')', from)
      this.at = end < 0 ? this.text.length : end + 1
      this.statement.expansions.commands.add(this.text.slice(from, this.at))
    } else if (this.text[from + 1] === '$') this.at += 2
    else {
      const name = found.exec(this.text)?.[0]
      if (name !== undefined) this.statement.expansions.variables.add(name)
      this.at += name?.length ?? 1
    }
    return this.text.slice(from, this.at)
  }
}

const variable = /\$(?:\{[^}\n]{1,200}\}|(?:[A-Za-z]+:)?[A-Za-z_]\w*)/g

const aliasNote: Note = {
  kind: 'check',
  what: 'curl',
  why: 'In Windows PowerShell this is another name of Invoke-WebRequest; it was read as curl.exe.',
}

const backslashNote: Note = {
  kind: 'check',
  what: '\\"',
  why: 'Written for Windows PowerShell, which needs a backslash before a quote inside of an argument; read as a plain quote.',
}
