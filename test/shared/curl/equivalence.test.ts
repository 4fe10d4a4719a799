import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'
import type { CurlImport } from '#shared/curl/import-result.ts'
import type { Role } from '#shared/curl/draft/slot.ts'
import { renderRequest } from '../../../electron/sending/render/render.ts'
import { corpus } from './corpus/all.ts'
import { hasRealCurl, startRealCurl, type RealCurl, type SeenRequest } from './fixtures/real-curl.ts'

if (!hasRealCurl) process.stderr.write('Skipped: no curl and bash to compare the import with.\n')

// What the import reads more kindly than bash would.
const kinder = [
  'a prompt and sudo',
  'a dollar prompt',
  'no-break spaces from a web page',
  'typographic dashes',
  'Windows line ends',
]
// By its own path curl would not be led to this machine.
const unlike = [
  'a path to curl and an assignment',

  ...kinder,
  'Clickatell over GET, without quotes',
  'two commands',
  // It is imported, to be mended in the form; sent it is not.
  'JSON that is not valid',
]

const plain = (command: string) => command.replaceAll('https://', 'http://')

/** Whether the draft is meant to be the very request: nothing was left out, and nothing is to be filled in. */
function isWhole({ draft, shell, notes }: CurlImport): boolean {
  if (!draft || shell !== 'sh' || Object.values(draft.secrets).includes('')) return false
  if (draft.settings.connection.proxy.kind === 'manual') return false
  return notes.every(({ kind, why }) => {
    return (
      kind !== 'unsupported' &&
      !/goes to one number|shell would put|own value|own host|the sender under|-G|small letters|JSON number/.test(
        why,
      )
    )
  })
}

const cases = Object.entries(corpus)
  .filter(([file]) => /^(?:sh-|vendors|finding)/.test(file))
  .flatMap(([, list]) => list)
  .filter(({ title, command }) => !unlike.includes(title) && !command.includes('$$'))
  .filter(({ command }) => isWhole(importCurl(plain(command))))

/** The request that the draft makes of the sample's own number and text. */
function rendered(result: CurlImport): SeenRequest {
  const { settings, secrets } = result.draft!
  const valueOf = (role: Role) =>
    [...result.replaced, ...result.choices].find((value) => value.role === role)?.value ?? ''
  const values = { To: valueOf('To').replace(/^tel:/, ''), Body: valueOf('Body'), From: settings.from }
  const { method, path, headers, body } = renderRequest(settings, {
    values,
    secretValue: (name) => secrets[name] ?? '',
    userAgent: 'none',
  })
  return {
    method,
    path,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body,
  }
}

// A bare + before a number is read as a space; the import takes it for the plus sign that is meant.
const pairs = (text: string) =>
  [...new URLSearchParams(text)].map(([name, value]) => `${name}=${value.replace(/^ (?=\d{7,15}$)/, '+')}`)

const ofTheWire = [
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]

/** A request by what it means to a server. */
function meaning({ method, path, headers, body }: SeenRequest, sameType: boolean) {
  const [steps = '', query = ''] = path.split('?')
  const type = headers['content-type'] ?? ''
  const kept = Object.entries(headers).filter(([name, value]) => {
    if (ofTheWire.includes(name) || (name === 'accept' && value === '*/*')) return false
    if (name === 'user-agent') return !/^(?:curl\/|none)/.test(value)
    return name !== 'content-type' || (body !== '' && sameType)
  })
  return {
    method,
    path: decodeURIComponent(steps === '' ? '/' : steps),
    query: pairs(query),
    headers: Object.fromEntries(kept),
    body: bodyOf(body, type),
  }
}

function bodyOf(body: string, type: string): unknown {
  if (body === '') return []
  if (/json/.test(type) || /^[[{]/.test(body)) return parsed(body)
  // An entity may be written by its name or its number.
  return /form/.test(type) ? pairs(body) : body.replaceAll('&#38;', '&amp;')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

describe.skipIf(!hasRealCurl)('the imported draft sends what curl sends', () => {
  let real: RealCurl
  beforeAll(async () => {
    real = await startRealCurl()
  })
  afterAll(() => real.close())

  it('holds for a good part of the corpus', () => expect(cases.length).toBeGreaterThan(80))

  it.each(cases)('$title', async ({ command }) => {
    const result = importCurl(plain(command))
    const seen = await real.run(plain(command))
    const sameType = !result.notes.some(({ why }) => why.startsWith('curl would call this body'))
    expect(seen).not.toBeNull()
    expect(meaning(rendered(result), sameType)).toEqual(meaning(seen!, sameType))
  })
})
