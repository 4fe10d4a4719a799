import { remembered } from '#shared/remembered.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import type { ReceivedMessage } from '#shared/simulator.ts'
import type { RawRequest } from './vendor/vendor-request.ts'
import { credentialsIn, namedBy, withoutCredentials } from './credential-values.ts'
import type { Reply } from './decision.ts'
import { matchPath, plainPath } from './vendor/paths.ts'
import { sourcesOf } from './vendor/needs.ts'

const mask = '[secret]'
const mostText = 20_000

/** The names by which credentials travel, and the paths that hold one. */
export interface CredentialPlaces {
  headers: ReadonlySet<string>
  /** Of fields in query strings, forms, JSON and XML; escaped for a regular expression. */
  fields: string
  paths: { pattern: string; part: string }[]
}

const usualFields =
  'pass(?:word|wd)?|pwd|secret|token|key|sig(?:nature)?|(?:api|auth|access|client)[_-]?(?:key|token|secret)|authorization'
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

/** A text as it is kept, which is not all of a long one. */
export function cutText(text: string, most = mostText): string {
  // A copy: a piece of a long text would keep all of it alive.
  return text.length <= most ? text : Buffer.from(text.slice(0, most)).toString()
}

type Shown = Pick<ReceivedMessage, 'to' | 'from' | 'text' | 'answer' | 'request' | 'response'>

/** What people may see of a request and its answer. `url` begins with the vendor's id. */
export function maskExchange(
  raw: RawRequest,
  told: Pick<Shown, 'to' | 'from' | 'text' | 'answer'>,
  reply: Reply | null,
  places: CredentialPlaces,
): Shown {
  // What stands where credentials do is masked whatever it is; what is known from there is masked everywhere else.
  const known = credentialsIn(raw, places)
  const clean = (text: string) => withoutCredentials(text, known, mask)
  const headers = (all: readonly (readonly [string, string])[]) =>
    all.map(([name, value]) => ({ name, value: clean(value) }))
  return {
    to: clean(told.to),
    from: clean(told.from),
    text: clean(told.text),
    answer: clean(told.answer),
    request: {
      method: raw.method,
      path: clean(maskFields(maskPath(raw.url, places), places.fields)),
      headers: headers(maskHeaders(raw.headers, places)),
      body: clean(maskFields(raw.body, places.fields)),
    },
    response: reply && { headers: headers(Object.entries(reply.headers)), body: clean(reply.body) },
  }
}

function maskHeaders(headers: RawRequest['headers'], places: CredentialPlaces): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? '']
      .flat()
      .map((one): [string, string] => [
        name,
        places.headers.has(name) || secretHeader.test(name) ? maskHeader(one) : one,
      ]),
  )
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
      secrets.some((secret) => [secret, encodeURIComponent(secret)].includes(plainPath(one))) ? mask : one,
    )
    .join('/')
  return [shown, ...query].join('?')
}

const pair = /((?:^|[?&])([^=&?#\r\n]{1,200})=)[^&#]*/g

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

/** In a body of any type, as who sends the wrong one sends the same credentials. */
function maskFields(text: string, fields: string): string {
  const { json, xml, part } = patterns(fields)
  const { inForm } = namedBy(fields)
  return text
    .replace(json, (_all, before: string) => `${before}"${mask}"`)
    .replace(pair, (all, before: string, name: string) => (inForm.test(decoded(name)) ? before + mask : all))
    .replace(xml, (_all, before: string) => before + mask)
    .replace(part, (_all, before: string) => before + mask)
}

const patterns = remembered(100, (fields) => ({
  json: new RegExp(`("(?:${fields})"\\s*:\\s*)(?:"(?:\\\\.|[^"\\\\])*(?:"|\\\\?$)|[-+.0-9eE]+)`, 'gi'),
  xml: new RegExp(
    `(<(?:[A-Za-z]+:)?(?:${fields})(?:\\s[^<>]{0,500})?>|\\s(?:${fields})\\s*=\\s*["'])[^<"']*`,
    'gi',
  ),
  part: new RegExp(
    `(;\\s*name="(?:[^"]*\\[)?(?:${fields})\\]?"[^\\r\\n]*\\r?\\n(?:[^\\r\\n]{1,500}\\r?\\n){0,5}\\r?\\n)[\\s\\S]*?(?=\\r?\\n--|$)`,
    'gi',
  ),
}))
