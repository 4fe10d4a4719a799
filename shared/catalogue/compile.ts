import { parseTemplate, secretReference, sourceOf } from '../placeholders.ts'
import { emptySettings, type ProviderSettings, type Row } from '../settings.ts'
import type { RequestTemplate, VendorChoice, VendorField, VendorForm } from './entry.ts'

type FormApi = VendorForm['apis'][number]

/** The parts of a provider's settings that its vendor decides; the rest is the user's own. */
export type VendorRequest = Pick<
  ProviderSettings,
  'method' | 'endpoint' | 'auth' | 'headers' | 'parameters' | 'batch' | 'from' | 'numberFormat'
>

/** What the vendor's preset says of answers; a user may change it. */
export type VendorMapping = Pick<ProviderSettings, 'success' | 'reading' | 'codes'>

/** The API that was chosen, else the first. */
export function apiOf(entry: VendorForm, { api }: Pick<VendorChoice, 'api'>): FormApi {
  const [first] = entry.apis
  if (!first) throw new Error(`${entry.id} has no API.`)
  return entry.apis.find(({ id }) => id === api) ?? first
}

/** The fields that are asked for with an API. */
export function fieldsOf(entry: VendorForm, choice: Pick<VendorChoice, 'api'>): VendorField[] {
  const { id } = apiOf(entry, choice)
  return entry.fields.filter(({ apis }) => apis === undefined || apis.includes(id))
}

export function emptyChoice(entry: VendorForm): VendorChoice {
  const plain = entry.fields.filter((field) => !field.secret)
  return {
    api: entry.apis[0]?.id ?? '',
    fields: Object.fromEntries(plain.map((field) => [field.key, field.default])),
    simulated: false,
  }
}

/**
 * The request of a vendor as settings of a Generic provider. `simulator` is the simulator's address, as in
 * `http://127.0.0.1:8026`, where the request goes with `choice.simulated`. `hasSecret` says which optional secrets are
 * set: what refers to one that is not is left out.
 */
export function compileRequest(
  entry: VendorForm,
  choice: VendorChoice,
  { simulator, hasSecret }: { simulator: string; hasSecret: (key: string) => boolean },
): VendorRequest {
  const api = apiOf(entry, choice)
  const values = new Map(
    fieldsOf(entry, choice).map((field) => [field.key, valueOf(field, choice, hasSecret)] as const),
  )
  const fill = new Filler(values)
  const { request } = api
  const endpoint = fill.endpoint(request.endpoint)
  return {
    method: request.method,
    endpoint: choice.simulated ? `${simulator}/${entry.id}${pathOf(endpoint)}` : endpoint,
    auth: authOf(request.auth, fill),
    headers: fill.rows(request.headers),
    parameters: parametersOf(request.body, fill),
    batch: null,
    from: fill.text(api.from) ?? '',
    numberFormat: api.numberFormat,
  }
}

export function presetMapping(entry: VendorForm, choice: Pick<VendorChoice, 'api'>): VendorMapping {
  const { success, reading } = apiOf(entry, choice)
  return { success, reading, codes: entry.codes }
}

/** Settings for a vendor that nothing has been typed for yet. */
export function newVendorSettings(
  entry: VendorForm,
  choice: VendorChoice,
  simulator: string,
): ProviderSettings {
  const request = compileRequest(entry, choice, { simulator, hasSecret: () => false })
  return { ...emptySettings(), ...request, ...presetMapping(entry, choice) }
}

/** Null: empty, so that what refers to it is left out. A secret that is required always stands in its place. */
function valueOf(
  field: VendorField,
  choice: VendorChoice,
  hasSecret: (key: string) => boolean,
): string | null {
  if (field.secret) return field.required || hasSecret(field.key) ? secretReference(field.key) : null
  const typed = (choice.fields[field.key] ?? '').trim()
  if (typed !== '') return typed
  // A choice that is empty on purpose stays so; a text that was emptied has no meaning of its own.
  return field.required && field.default !== '' ? field.default : null
}

const reference = /\{\{(field|secret):([A-Za-z0-9|]+)\}\}/g

/** Fills a vendor's texts in; null where one refers to an empty field. */
class Filler {
  private readonly values: ReadonlyMap<string, string | null>

  constructor(values: ReadonlyMap<string, string | null>) {
    this.values = values
  }

  text(template: string, write = (value: string) => value): string | null {
    let whole = true
    const filled = template.replace(reference, (_all, kind: string, keys: string) => {
      const value = this.first(kind, keys.split('|'))
      if (value === null) whole = false
      return value === null ? '' : write(value)
    })
    return whole ? filled : null
  }

  private first(kind: string, keys: readonly string[]): string | null {
    const values = keys.map((key) => this.values.get(key) ?? null)
    const last = keys.at(-1)
    // One of several secrets has to be there: while none is set, it is the last that is missing.
    const missing = kind === 'secret' && keys.length > 1 && last !== undefined ? secretReference(last) : null
    return values.find((value) => value !== null) ?? missing
  }

  /** What was typed is escaped in the path and stands as it is in the host, whose shape the field has checked. */
  endpoint(template: string): string {
    const [origin = '', path = ''] = split(template)
    return (this.text(origin) ?? origin) + (this.text(path, inPath) ?? path)
  }

  rows(rows: readonly { name: string; value: string }[]): Row[] {
    return rows.flatMap(({ name, value }) => {
      const [filledName, filled] = [this.text(name), this.text(value)]
      return filledName === null || filled === null
        ? []
        : [{ name: filledName, value: filled, enabled: true }]
    })
  }

  /** Undefined: left out. Structures that are empty because of what was left out go with it. */
  json(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value) ?? undefined
    if (Array.isArray(value)) {
      const kept = value.map((one) => this.json(one)).filter((one) => one !== undefined)
      return kept.length === 0 && value.length > 0 ? undefined : kept
    }
    if (typeof value !== 'object' || value === null) return value
    const typed = typedReference(value as Record<string, unknown>)
    if (typed !== null) return this.typed(typed)
    const entries = Object.entries(value).flatMap(([name, one]) => {
      const [filledName, filled] = [this.text(name), this.json(one)]
      return filledName === null || filled === undefined ? [] : [[filledName, filled] as const]
    })
    return entries.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(entries)
  }

  private typed({ kind, key }: { kind: 'number' | 'boolean'; key: string }): unknown {
    const value = this.values.get(key) ?? null
    if (value === null) return undefined
    if (kind === 'boolean') return value === 'true'
    const number = Number(value)
    // A long id that a number would round is better a text.
    const isExact = Number.isFinite(number) && (Number.isSafeInteger(number) || !/^-?\d+$/.test(value))
    return isExact ? number : value
  }
}

/** Placeholders and secrets are escaped when the request is built, and half of a surrogate pair has no escape. */
function inPath(value: string): string {
  return parseTemplate(value)
    .map((part) =>
      part.kind === 'text'
        ? encodeURIComponent(part.text.replace(/\p{Surrogate}/gu, '\uFFFD'))
        : sourceOf(part),
    )
    .join('')
}

function typedReference(value: Record<string, unknown>): { kind: 'number' | 'boolean'; key: string } | null {
  const { $number, $boolean } = value
  if (typeof $number === 'string') return { kind: 'number', key: $number }
  return typeof $boolean === 'string' ? { kind: 'boolean', key: $boolean } : null
}

function authOf(auth: RequestTemplate['auth'], fill: Filler): ProviderSettings['auth'] {
  switch (auth.kind) {
    case 'none':
      return { kind: 'none' }
    case 'basic':
      return {
        kind: 'basic',
        username: fill.text(auth.username) ?? '',
        password: fill.text(auth.password) ?? '',
      }
    case 'bearer':
      return { kind: 'bearer', token: fill.text(auth.token) ?? '' }
  }
}

function parametersOf(body: RequestTemplate['body'], fill: Filler): ProviderSettings['parameters'] {
  if (body.kind === 'form') return { kind: 'form', rows: fill.rows(body.rows) }
  const value = fill.json(body.value) ?? {}
  return { kind: 'raw', contentType: 'application/json', text: JSON.stringify(value, null, 2) }
}

/** Scheme and host; path and query. */
function split(endpoint: string): [string, string] {
  const match = /^(https?:\/\/(?:\{\{[^}]*\}\}|[^/?#])*)(.*)$/is.exec(endpoint)
  return match ? [match[1] ?? '', match[2] ?? ''] : [endpoint, '']
}

const pathOf = (endpoint: string) => split(endpoint)[1] || '/'
