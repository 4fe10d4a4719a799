import type { Auth } from '../../settings.ts'
import { utf8 } from '../read/ansi-escape.ts'
import type { CurlRequest } from '../read/curl-request.ts'
import { looksUnfilled } from '../fill/fill-in.ts'
import type { Note } from '../curl-words.ts'

/** What an import makes of the command's credentials; a header that is taken up here is left out of the headers. */
export interface AuthDraft {
  auth: Exclude<Auth, { kind: 'oauth2' }>
  headers: CurlRequest['headers']
  /** curl would ask for the password. */
  asksPassword: boolean
}

export function readAuth({ headers, user, bearer }: CurlRequest, notes: Note[]): AuthDraft {
  const own = headers.find(({ name }) => name.toLowerCase() === 'authorization')
  if (own && (user || bearer !== null)) {
    const why = 'The Authorization header of the command wins over it.'
    notes.push({ kind: 'ignored', what: bearer === null ? '-u' : '--oauth2-bearer', why })
  }
  if (own) return fromHeader(own, headers)
  if (bearer !== null) return { auth: { kind: 'bearer', token: bearer }, headers, asksPassword: false }
  if (!user || (user.name === '' && !user.password))
    return { auth: { kind: 'none' }, headers, asksPassword: false }
  const auth: Auth = { kind: 'basic', username: user.name, password: user.password ?? '' }
  return { auth, headers, asksPassword: user.password === null }
}

function fromHeader(own: CurlRequest['headers'][number], headers: CurlRequest['headers']): AuthDraft {
  const rest = headers.filter((header) => header !== own)
  const [, scheme = '', credentials = ''] = /^(\S{1,40})\s+(.*)$/s.exec(own.value) ?? []
  if (
    /^bearer$/i.test(scheme) &&
    scheme === 'Bearer' &&
    (!/\s/.test(credentials) || looksUnfilled(credentials))
  )
    return { auth: { kind: 'bearer', token: credentials }, headers: rest, asksPassword: false }
  const pair = /^basic$/i.test(scheme) && !looksUnfilled(credentials) ? decodeBasic(credentials.trim()) : null
  if (pair) return { auth: { kind: 'basic', ...pair }, headers: rest, asksPassword: false }
  return { auth: { kind: 'none' }, headers, asksPassword: false }
}

function decodeBasic(credentials: string): { username: string; password: string } | null {
  if (credentials.length > 4000 || credentials.length % 4 !== 0) return null
  const text = decodeBase64(credentials)
  const colon = text?.indexOf(':') ?? -1
  if (text === null || colon < 0 || /[\u0000-\u001F\uFFFD]/.test(text)) return null
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function decodeBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/]{2,}={0,2}$/.test(text)) return null
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const character of text.replace(/=+$/, '')) {
    held = ((held << 6) | alphabet.indexOf(character)) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return utf8(bytes)
}
