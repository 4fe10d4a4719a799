import { remembered } from '#shared/remembered.ts'
import type { CredentialPlaces } from './mask.ts'
import { matchPath } from './vendor/paths.ts'
import type { RawRequest } from './vendor/vendor-request.ts'

/** Shorter ones are found in too many texts that hold none. */
const shortest = 6
const deepest = 20
/** No request has more, unless somebody wants to keep this busy. */
const most = 20

/** The credentials of a request as they are meant, however they were written: in codes, in lists, under encoded names. */
export function credentialsIn({ url, headers, body }: RawRequest, places: CredentialPlaces): Set<string> {
  const found = new Set<string>()
  const add = (value: string) => {
    if (value.trim().length >= shortest && found.size < most) found.add(value.trim())
  }
  const named = namedBy(places.fields)
  const [path = '', query = ''] = [url.split('?', 1)[0], url.slice(url.indexOf('?') + 1)]
  for (const part of [query, body])
    for (const [name, value] of new URLSearchParams(part)) if (named.inForm.test(name)) add(value)
  addFromJson(body, named.alone, add)
  for (const { pattern, part } of places.paths)
    add(matchPath(pattern, path.replace(/^\/[^/]*/, ''))?.[part] ?? '')
  for (const name of ['authorization', ...places.headers]) {
    const value = [headers[name] ?? ''].flat()[0] ?? ''
    const [kind, rest] = /^(?:([A-Za-z]+)\s+)?(\S.*)$/s.exec(value)?.slice(1) ?? []
    add(rest ?? '')
    if (kind?.toLowerCase() === 'basic') add(passwordIn(rest ?? ''))
  }
  return found
}

/** The name before the colon is an account's, which answers tell of rightly. */
function passwordIn(encoded: string): string {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  return decoded.includes(':') ? decoded.slice(decoded.indexOf(':') + 1) : ''
}

function addFromJson(body: string, isNamed: RegExp, add: (value: string) => void): void {
  if (!/^\s*[{[]/.test(body)) return
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return
  }
  const look = (value: unknown, within: boolean, depth: number): void => {
    if (typeof value === 'string' || typeof value === 'number') return within ? add(String(value)) : undefined
    if (typeof value !== 'object' || value === null || depth > deepest) return
    for (const [name, inner] of Object.entries(value)) look(inner, within || isNamed.test(name), depth + 1)
  }
  look(parsed, false, 0)
}

/** Tells by their names which fields hold credentials: the name of one alone, and one in a form, brackets and all. */
export const namedBy = remembered(100, (fields) => ({
  alone: new RegExp(`^\\s*(?:${fields})\\s*$`, 'i'),
  inForm: new RegExp(`^\\s*(?:[^[]*\\[(?:.*\\[)?)?(?:${fields})\\]?\\s*$`, 'i'),
}))

/** Takes credentials out of a text, as they are and in the codes of addresses, forms, JSON and XML. */
export function withoutCredentials(text: string, credentials: ReadonlySet<string>, mask: string): string {
  if (text.length < shortest) return text
  let shown = text
  for (const credential of credentials)
    for (const written of writtenForms(credential)) shown = shown.replaceAll(written, mask)
  return shown
}

function writtenForms(credential: string): Set<string> {
  const plain = credential.replace(/\p{Surrogate}/gu, '\uFFFD')
  return new Set([
    credential,
    encodeURIComponent(plain),
    new URLSearchParams({ a: plain }).toString().slice(2),
    inJson(credential),
    // A list that is told of as a text.
    inJson(inJson(credential)),
    credential.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`),
  ])
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
