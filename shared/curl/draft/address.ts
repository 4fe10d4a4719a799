import { utf8 } from '../read/ansi-escape.ts'
import type { Note } from '../curl-words.ts'

/** An address in pieces, each as it is written. */
export interface Address {
  scheme: 'http' | 'https'
  host: string
  /** Begins with a slash, or is empty. */
  path: string
  /** Without the question mark. */
  query: string
  user: { name: string; password: string } | null
}

/** Reads an address as curl does; a text says why it cannot be used. */
export function readAddress(written: string, globbing: boolean, notes: Note[]): Address | string {
  const text = written.trim()
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]{0,30}):\/\//.exec(text)
  const kind = (scheme?.[1] ?? 'http').toLowerCase()
  if (kind !== 'http' && kind !== 'https')
    return `The address begins with ${kind}://, and only http and https are sent.`
  if (!scheme)
    notes.push({ kind: 'check', what: text.slice(0, 80), why: 'Without a scheme curl takes http://.' })
  const rest = text.slice(scheme?.[0].length ?? 0)
  const end = rest.search(/[/?#]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const at = authority.lastIndexOf('@')
  const host = authority.slice(at + 1)
  if (host === '') return 'The address has no host.'
  if (/\s/.test(host)) return 'The address has a space in its host.'
  const [target = ''] = (end < 0 ? '' : rest.slice(end)).split('#', 1)
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  if (globbing && isGlob(target)) notes.push(globNote)
  return {
    scheme: kind,
    host,
    path,
    query: mark < 0 ? '' : target.slice(mark + 1),
    user: at < 0 ? null : readUser(authority.slice(0, at)),
  }
}

function isGlob(target: string): boolean {
  return /\[[A-Za-z0-9]{1,20}-[A-Za-z0-9]{1,20}[\]:]|\{[^{},]{0,200},/.test(target)
}

const globNote: Note = {
  kind: 'unsupported',
  what: '[…] or {…}',
  why: 'curl would make several addresses of it; it stands as it is written.',
}

function readUser(text: string): Address['user'] {
  const colon = text.indexOf(':')
  const name = percentDecode(colon < 0 ? text : text.slice(0, colon))
  return { name, password: colon < 0 ? '' : percentDecode(text.slice(colon + 1)) }
}

/** Undoes percent escapes; bytes that are no UTF-8 become U+FFFD, a stray `%` stays. */
export function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2}){1,100000}/g, (run) =>
    utf8(
      Array.from({ length: run.length / 3 }, (_, index) =>
        Number.parseInt(run.slice(index * 3 + 1, index * 3 + 3), 16),
      ),
    ),
  )
}

/** As curl's `--data-urlencode` writes a text, with `+` for a space. */
export function urlEncode(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD')
  const encoded = encodeURIComponent(whole).replaceAll('%20', '+')
  return encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
