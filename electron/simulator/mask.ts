import { remembered } from '#shared/remembered.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import type { RawRequest } from './vendor/vendor-request.ts'
import { matchPath } from './vendor/paths.ts'
import { sourcesOf } from './vendor/needs.ts'

const mask = '[secret]'
const mostBody = 20_000

/** The names by which credentials travel, and the paths that hold one. */
export interface CredentialPlaces {
  headers: ReadonlySet<string>
  /** Of fields in query strings, forms, JSON and XML; escaped for a regular expression. */
  fields: string
  paths: { pattern: string; part: string }[]
}

const usualFields =
  'pass(?:word|wd)?|pwd|secret|token|(?:api|auth|access|client)[_-]?(?:key|token|secret)|authorization'
const secretHeader = /auth|key|token|secret|passw|cookie|signature/i

export const usualPlaces: CredentialPlaces = { headers: new Set(), fields: usualFields, paths: [] }

/** Where a vendor's credentials stand, by the checks that ask for them. */
export function credentialPlaces({ apis }: Vendor): CredentialPlaces {
  const places = apis.flatMap(({ simulated }) =>
    simulated.checks
      .filter(({ need }) => typeof need === 'object' && 'credential' in need)
      .flatMap(sourcesOf)
      .map((source) => ({ source, patterns: simulated.paths })),
  )
  const named = (kinds: RegExp) =>
    places.flatMap(({ source }) => (kinds.test(source) ? [source.replace(/^[a-z]+\./, '')] : []))
  const fields = named(/^(?:query|body|field)\./).map((path) =>
    escaped(
      path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .at(-1) ?? path,
    ),
  )
  return {
    headers: new Set(named(/^header\./).map((name) => name.toLowerCase())),
    fields: [...new Set([usualFields, ...fields])].join('|'),
    paths: places.flatMap(({ source, patterns }) =>
      source.startsWith('path.') ? patterns.map((pattern) => ({ pattern, part: source.slice(5) })) : [],
    ),
  }
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A body as it is kept, which is not all of a long one. */
export function cutBody(body: string): string {
  // A copy: a piece of a long text would keep all of it alive.
  return body.length <= mostBody ? body : Buffer.from(body.slice(0, mostBody)).toString()
}

/** A request as people may see it. `url` begins with the vendor's id. */
export function maskRequest({ method, url, headers, body }: RawRequest, places: CredentialPlaces) {
  return {
    method,
    path: maskFields(maskPath(url, places), places.fields),
    headers: Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? '']).map((one) => ({
        name,
        value: places.headers.has(name) || secretHeader.test(name) ? maskHeader(one) : one,
      })),
    ),
    body: maskFields(body, places.fields),
  }
}

/** The word before a credential says what kind it is, and is none itself. */
function maskHeader(value: string): string {
  return (
    /^(?:basic|bearer|digest|app|accesskey|apikey|token|key)\s+(?=\S)/i.exec(value)?.[0].concat(mask) ?? mask
  )
}

function maskPath(url: string, { paths }: CredentialPlaces): string {
  const [path = '', ...query] = url.split('?')
  const below = path.replace(/^\/[^/]*/, '')
  const secrets = paths.flatMap(({ pattern, part }) => matchPath(pattern, below)?.[part] ?? [])
  const shown = path
    .split('/')
    .map((one) =>
      secrets.some((secret) => one === secret || one === encodeURIComponent(secret)) ? mask : one,
    )
    .join('/')
  return [shown, ...query].join('?')
}

/** In a body of any type, as who sends the wrong one sends the same credentials. */
function maskFields(text: string, fields: string): string {
  const { json, form, xml, part } = patterns(fields)
  return text
    .replace(json, (_all, before: string) => `${before}"${mask}"`)
    .replace(form, (_all, before: string) => before + mask)
    .replace(xml, (_all, before: string) => before + mask)
    .replace(part, (_all, before: string) => before + mask)
}

const patterns = remembered(100, (fields) => ({
  json: new RegExp(`("(?:${fields})"\\s*:\\s*)(?:"(?:\\\\.|[^"\\\\])*(?:"|\\\\?$)|[-+.0-9eE]+)`, 'gi'),
  form: new RegExp(`((?:^|[?&])(?:[^=&?]*(?:\\[|%5B))?(?:${fields})(?:\\]|%5D)?=)[^&#]*`, 'gi'),
  xml: new RegExp(`(<(?:[A-Za-z]+:)?(?:${fields})(?:\\s[^>]*)?>|\\s(?:${fields})\\s*=\\s*["'])[^<"']*`, 'gi'),
  part: new RegExp(
    `(;\\s*name="(?:[^"]*\\[)?(?:${fields})\\]?"[^\\r\\n]*\\r?\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\n)[\\s\\S]*?(?=\\r?\\n--|$)`,
    'gi',
  ),
}))
