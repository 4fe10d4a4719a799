import { parseTemplate, sourceOf } from '#shared/placeholders.ts'
import { genericKind, type Provider, type ProviderInput } from '#shared/provider.ts'
import type { ProviderSettings, Row } from '#shared/settings.ts'
import type { BodyTest, CodeMeaning } from '#shared/success-rule.ts'
import type { Difference } from '../../ui/saved-elsewhere.ts'

type Described = Pick<Provider, 'name' | 'settings'> & Partial<Pick<Provider, 'kind'>>

/**
 * The fields in which two versions of a provider differ, with what each says there, in the order of the form. `kindName`
 * says what a kind of provider is called.
 */
export function differencesOf(
  mine: Pick<ProviderInput, 'name' | 'settings'> & Partial<Pick<ProviderInput, 'kind'>>,
  theirs: Described,
  kindName: (kind: string) => string,
): Difference[] {
  const [one, other] = [textsOf(mine, kindName), textsOf(theirs, kindName)]
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...fields].flatMap((field) => {
    const [ours, saved] = [one[field] ?? '', other[field] ?? '']
    return ours === saved ? [] : [{ field, mine: shown(ours), theirs: shown(saved) }]
  })
}

/** Each setting as lines of text by their names on the page; a setting that is left out does not compile. */
const texts: { [Key in keyof ProviderSettings]: (value: ProviderSettings[Key]) => Record<string, string> } = {
  from: (from) => ({ From: from }),
  numberFormat: (format) => ({ '$$To written as': format }),
  method: (method) => ({ Method: method }),
  endpoint: (endpoint) => ({ Endpoint: endpoint }),
  auth: ({ kind, ...fields }) => {
    const pieces = Object.entries(fields).map(([field, value]) => [
      `Authentication, ${authWords[field] ?? field}`,
      typeof value === 'string' ? value : rows(value),
    ])
    return { Authentication: authKinds[kind], ...(Object.fromEntries(pieces) as Record<string, string>) }
  },
  headers: (headers) => ({ Headers: rows(headers) }),
  parameters: (parameters) =>
    parameters.kind === 'form'
      ? { Parameters: rows(parameters.rows) }
      : { 'Content type': parameters.contentType, Body: parameters.text },
  batch: (batch) => ({ Batches: batch ? `${batch.array}, ${batch.size} a request` : '' }),
  success: ({ statusFrom, statusTo, body }) => ({
    'Accepted status': `${statusFrom} to ${statusTo}`,
    'Accepted body': bodyWords(body),
  }),
  reading: ({ messageId, errorCode, errorText }) => ({
    'Message id at': messageId,
    'Error code at': errorCode,
    'Error text at': errorText,
  }),
  // Each is a field of its own: two long lists that differ in one would look alike.
  codes: (codes) => {
    const fields = codes.map((one) => [`Code ${one.code}`, codeWords(one)] as const)
    // In the order of the list, and of two equal codes the first counts.
    return Object.fromEntries([...fields, ...fields.toReversed()])
  },
  timeouts: ({ connectMs, tlsMs, firstByteMs, totalMs }) => ({
    'Time-outs': `${connectMs}, ${tlsMs}, ${firstByteMs}, ${totalMs} ms`,
  }),
  connection: ({ proxy, authorities }) => ({ Proxy: pairs(proxy), 'Certificate authorities': authorities }),
  ratePerSecond: (rate) => ({ 'Messages a second': rate === null ? '' : String(rate) }),
  atOnce: (count) => ({ 'Messages at once': String(count) }),
  price: (price) => ({ Price: price ? `${price.perSegment} ${price.currency}` : '' }),
  callbacks: (mapping) => ({ Callbacks: mapping ? JSON.stringify(mapping, null, 2) : '' }),
}

function textsOf(
  { name, kind = genericKind, settings }: Described,
  kindName: (kind: string) => string,
): Record<string, string> {
  const textOf = <Key extends keyof ProviderSettings>(key: Key) => texts[key](settings[key])
  const keys = Object.keys(texts) as (keyof ProviderSettings)[]
  return Object.assign({ Name: name, Kind: kindName(kind) }, ...keys.map(textOf)) as Record<string, string>
}

const authKinds = { none: 'none', basic: 'Basic', bearer: 'bearer token', oauth2: 'OAuth 2.0' }

const authWords: Record<string, string> = {
  username: 'user name',
  tokenUrl: 'token URL',
  clientId: 'client ID',
  clientSecret: 'client secret',
  credentialsIn: 'credentials in',
}

const rows = (list: readonly Row[]) =>
  list.map(({ name, value, enabled }) => `${name}=${value}${enabled ? '' : ' (off)'}`).join(', ')

const pairs = ({ kind, ...fields }: { kind: string }) =>
  [kind, ...Object.values(fields).filter((value) => value !== '')].join(' ')

function bodyWords(body: BodyTest): string {
  if (body.kind !== 'json') return pairs(body)
  const { or = [], ...first } = body
  return [pairs(first), ...or].join(' or ')
}

function codeWords({ class: meaning, cause, next }: CodeMeaning): string {
  const words = [cause, next].filter((text) => text).join(' ')
  return `${meaning}${words === '' ? '' : ` (${words})`}`
}

const most = 160

/** Secrets by name, and no more than can be taken in. */
function shown(text: string): string {
  const plain = parseTemplate(text).map((part) =>
    part.kind === 'secret' ? `•••• ${part.name}` : sourceOf(part),
  )
  const whole = plain.join('')
  return whole.length > most ? `${whole.slice(0, most)}…` : whole
}
