import { urlEncode, readAddress, type Address } from '../draft/address.ts'
import { withoutDots } from '../draft/dot-steps.ts'
import { expandConfig } from './config-words.ts'
import type { OptionEffect } from './option-table.ts'
import { HeaderReader } from './read-headers.ts'
import { shownAddress, shownOption } from './mask-values.ts'
import { shorten } from './pick-command.ts'
import { readOptions, type GivenOption } from './read-options.ts'
import type { CurlWords, Note } from '../curl-words.ts'

/** The request that curl would make of its arguments. */
export interface CurlRequest {
  method: string
  address: Address
  headers: { name: string; value: string }[]
  user: { name: string; password: string | null } | null
  bearer: string | null
  /** What stands behind the headers; null: nothing. */
  body: string | null
  /** What curl would say the body is, or null when the command takes that header away. */
  contentType: string | null
  proxy: string | null
  proxyUser: string | null
  connectSeconds: number | null
  totalSeconds: number | null
}

export type CurlReading = { request: CurlRequest | null; problem: string; notes: Note[] }

const formType = 'application/x-www-form-urlencoded'

export function readRequest(command: CurlWords): CurlReading {
  const { options, notes } = readOptions(expandConfig(command.words ?? [], command.input))
  const reader = new RequestReader(command.input, [...command.notes, ...notes])
  for (const option of options) if (!reader.take(option)) break
  return reader.finish()
}

class RequestReader {
  private readonly input: string | null
  private readonly notes: Note[]
  private readonly given = new Map<OptionEffect, string>()
  private readonly urls: string[] = []
  private readonly headers: HeaderReader
  private readonly queries: string[] = []
  private readonly fields: string[] = []
  private readonly quiet = new Map<string, string[]>()
  private data: string | null = null
  private json = false
  private get = false
  private implied: string | null = null

  constructor(input: string | null, notes: Note[]) {
    this.input = input
    this.notes = notes
    this.headers = new HeaderReader(notes)
  }

  /** False when the rest belongs to another request. */
  take(option: GivenOption): boolean {
    const { effect, written, value, on } = option
    if (typeof effect === 'object') this.nameEffect(option, effect)
    else if (effect === 'get') this.get = on
    else if (effect === 'next') {
      this.note('unsupported', written, 'Another request follows it; only the first was read.')
      return false
    } else if (effect === 'url') this.urls.push(value)
    else if (effect === 'header') this.headers.take(value)
    else if (effect === 'form') this.fields.push(value)
    else if (effect === 'cookie') this.headers.takeCookie(value)
    else if (effect === 'url-query') this.takeQuery(value)
    else if (effect === 'data' || effect === 'data-raw' || effect === 'json')
      this.takeData(effect, written, value)
    else if (effect === 'data-urlencode') this.addData(this.urlencoded(value, written), '&')
    else this.given.set(effect, value)
    return true
  }

  private note(kind: Note['kind'], what: string, why: string): void {
    this.notes.push({ kind, what: shorten(what), why })
  }

  private nameEffect(
    { written, value, on }: GivenOption,
    effect: { ignored: string } | { unsupported: string },
  ): void {
    const shown = shownOption(written, shorten(value))
    if (!on || 'ignored' in effect) {
      const why = on && 'ignored' in effect ? effect.ignored : 'It has no effect on the request.'
      const named = this.quiet.get(why) ?? []
      if (!named.includes(shown) && named.length < 30) this.quiet.set(why, [...named, shown])
    } else {
      if (/^(?:-I|--head)$/.test(written)) this.implied = 'HEAD'
      if (/^(?:-T|--upload-file)$/.test(written)) this.implied = 'PUT'
      this.note('unsupported', shown, effect.unsupported)
    }
  }

  private takeQuery(value: string): void {
    const encoded = value.startsWith('+') ? value.slice(1) : this.urlencoded(value, '--url-query')
    if (encoded !== null) this.queries.push(encoded)
  }

  private takeData(effect: 'data' | 'data-raw' | 'json', written: string, value: string): void {
    const file = effect !== 'data-raw' && value.startsWith('@') ? value.slice(1) : null
    const read = file === null ? value : this.fileText(file, written)
    const strips = file !== null && effect === 'data' && !written.includes('binary')
    this.addData(strips ? (read?.replace(/[\r\n]/g, '') ?? null) : read, effect === 'json' ? '' : '&')
    if (effect === 'json') this.json = true
  }

  private addData(text: string | null, joiner: string): void {
    if (text !== null) this.data = this.data === null ? text : this.data + joiner + text
    else this.data ??= ''
  }

  /** A here-document is the one file that is known. */
  private fileText(name: string, written: string): string | null {
    if (name === '-' && this.input !== null) return this.input
    const why =
      name === '-'
        ? 'What is piped in is not known here: paste it.'
        : 'Files are not read: paste what it holds.'
    this.note('unsupported', `${written} @${name}`, why)
    return null
  }

  /** The five forms: `content`, `=content`, `name=content`, `@file`, `name@file`. */
  private urlencoded(value: string, written: string): string | null {
    const equals = value.indexOf('=')
    const at = equals < 0 ? value.indexOf('@') : equals
    if (at < 0) return urlEncode(value)
    const name = value.slice(0, at)
    const content =
      equals < 0 ? this.fileText(value.slice(at + 1), `${written} ${name}`.trim()) : value.slice(at + 1)
    if (content === null) return null
    return name === '' ? urlEncode(content) : `${name}=${urlEncode(content)}`
  }

  finish(): CurlReading {
    for (const [why, what] of this.quiet) this.note('ignored', what.join(' '), why)
    const { notes } = this
    const contentType = this.headers.valueOf('content-type')
    if (this.fields.length > 0 || /^multipart\//i.test(contentType ?? '')) {
      return { request: null, problem: multipart(this.fields), notes }
    }
    const [first, ...others] = this.urls
    for (const other of others)
      this.note('unsupported', shownAddress(other), 'One address is read, the first.')
    if (first === undefined) return { request: null, problem: 'The command names no address.', notes }
    const address = readAddress(first, !this.given.has('globoff'), notes)
    if (typeof address === 'string') return { request: null, problem: address, notes }
    const path = this.given.has('path-as-is') ? address.path : withoutDots(address.path, notes)
    return { request: this.request({ ...address, path }, contentType), problem: '', notes }
  }

  private request(address: Address, contentType: string | undefined): CurlRequest {
    const inQuery = this.get ? this.data : null
    const query = [address.query, ...this.queries, inQuery ?? ''].filter((piece) => piece !== '').join('&')
    const body = this.get ? null : this.data
    const user = this.given.get('user')
    const implied = this.implied ?? (this.get || body === null ? 'GET' : 'POST')
    return {
      method: this.given.get('request') ?? implied,
      address: { ...address, query },
      headers: this.headers.finish(this.given, this.json),
      user: user === undefined ? address.user : splitUser(user),
      bearer: this.given.get('oauth2-bearer') ?? null,
      body,
      contentType:
        contentType ??
        (this.json ? 'application/json' : this.headers.removed.has('content-type') ? null : formType),
      proxy: this.given.get('proxy') ?? null,
      proxyUser: this.given.get('proxy-user') ?? null,
      connectSeconds: this.seconds('connect-timeout'),
      totalSeconds: this.seconds('max-time'),
    }
  }

  private seconds(effect: 'connect-timeout' | 'max-time'): number | null {
    const text = this.given.get(effect)
    if (text === undefined) return null
    const value = /^\d{1,9}(?:\.\d{1,9})?$/.test(text.trim()) ? Number(text) : Number.NaN
    if (value > 0) return value
    this.note('unsupported', `--${effect} ${text}`, 'It is no number of seconds.')
    return null
  }
}

function splitUser(text: string): NonNullable<CurlRequest['user']> {
  // The colon of PowerShell's `$env:NAME` is none that parts a user from a password.
  const colon = text.search(/(?<!\$\{?env):/i)
  if (colon < 0) return { name: text, password: null }
  return { name: text.slice(0, colon), password: text.slice(colon + 1) }
}

function multipart(fields: string[]): string {
  const names = fields.slice(0, 12).map((field) => shorten(field.split('=', 1)[0] ?? ''))
  const named = names.length > 0 ? ` (${names.join(', ')})` : ''
  return (
    `The command sends a multipart form${named}, which is not supported. ` +
    'Many vendors take the same fields URL-encoded: write --data-urlencode instead of -F.'
  )
}
