import { headerNameIssue } from '../../settings-checks.ts'
import type { OptionEffect } from './option-table.ts'
import { maskValues } from './mask-values.ts'
import { shorten } from './pick-command.ts'
import type { Note } from '../curl-words.ts'

/** The headers that a command names, adds by other options, or takes away. */
export class HeaderReader {
  readonly removed = new Set<string>()
  private readonly headers: { name: string; value: string }[] = []
  private readonly cookies: string[] = []
  private readonly notes: Note[]

  constructor(notes: Note[]) {
    this.notes = notes
  }

  private note(kind: Note['kind'], what: string, why: string): void {
    this.notes.push({ kind, what: shorten(what), why })
  }

  valueOf(wanted: string): string | undefined {
    return this.headers.find(({ name }) => name.toLowerCase() === wanted)?.value
  }

  take(line: string): void {
    if (line.startsWith('@')) return this.note('unsupported', `-H ${line}`, 'Files are not read.')
    const colon = line.indexOf(':')
    const empty = colon < 0 && line.trimEnd().endsWith(';')
    const name = (colon < 0 ? line.replace(/;\s*$/, '') : line.slice(0, colon)).trim()
    const value = colon < 0 ? '' : line.slice(colon + 1).trim()
    if (colon < 0 && !empty)
      return this.note(
        'unsupported',
        `-H ${/^\s*\S*/.exec(line)?.[0].trim() ?? ''} …`,
        'A header needs a colon; it was left out.',
      )
    if (colon >= 0 && value === '') return void this.removed.add(name.toLowerCase())
    const lower = name.toLowerCase()
    if (lower === 'host') return this.note('unsupported', line, 'The host is always that of the address.')
    const issue = headerNameIssue(name)
    if (issue !== null && /^[\w-]+$/.test(name)) {
      return this.note('ignored', name, 'The connection sets it itself.')
    }
    if (issue !== null) return this.note('unsupported', maskValues(line), issue)
    if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) {
      return this.note('unsupported', name, 'A header cannot hold a line break or control character.')
    }
    this.headers.push({ name, value })
  }

  takeCookie(value: string): void {
    if (value.includes('=')) this.cookies.push(value)
    else this.note('unsupported', '-b …', 'Files of cookies are not read; data has the form name=value.')
  }

  /** All of them, with those of other options and without a word for each that was taken away. */
  finish(given: ReadonlyMap<OptionEffect, string>, json: boolean): { name: string; value: string }[] {
    const has = (wanted: string) => this.headers.some(({ name }) => name.toLowerCase() === wanted)
    const added = [
      ['User-Agent', given.get('user-agent') ?? ''],
      ['Referer', (given.get('referer') ?? '').replace(/;auto$/, '')],
      ['Cookie', this.cookies.join(';')],
      ['Accept', json && !this.removed.has('accept') ? 'application/json' : ''],
    ]
    for (const [name = '', value = ''] of added) {
      // A header that the command spells out wins over the option, except for cookies, which add up.
      if (value !== '' && (name === 'Cookie' || !has(name.toLowerCase()))) this.take(`${name}: ${value}`)
    }
    for (const name of this.removed) this.nameRemoved(name)
    return this.headers
  }

  private nameRemoved(name: string): void {
    const always = ['accept', 'user-agent', 'host', 'content-type'].includes(name)
    const why = always
      ? 'The command takes this header away; here it is always sent.'
      : 'curl would not send it anyway.'
    this.note(always ? 'unsupported' : 'ignored', `-H ${name}:`, why)
  }
}
