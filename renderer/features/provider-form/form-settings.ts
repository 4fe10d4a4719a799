import type { VendorRequest } from '#shared/catalogue/compile.ts'
import type { ProviderInput } from '#shared/provider.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { usualAtOnce, type ProviderSettings, type Proxy, type Row } from '#shared/settings.ts'
import type { BodyTest, CodeMeaning } from '#shared/success-rule.ts'
import { mappingOf } from './callbacks/mapping-state.ts'
import type { FormCode, FormRow, NumberField, ProviderForm } from './form-state.ts'

/** Positions of the rows that hold anything: an empty last row is a place to type, not a parameter. */
export function filledRows(rows: readonly FormRow[]): number[] {
  return rows.flatMap((row, index) => (row.name.trim() === '' && row.value === '' ? [] : [index]))
}

const plainRows = (rows: readonly FormRow[]): Row[] =>
  filledRows(rows).flatMap((index) => {
    const row = rows[index]
    return row ? [{ name: row.name.trim(), value: row.value, enabled: row.enabled }] : []
  })

function authOf({ auth }: ProviderForm): ProviderSettings['auth'] {
  if (auth.kind === 'basic') return { kind: 'basic', username: auth.username, password: auth.password }
  if (auth.kind === 'bearer') return { kind: 'bearer', token: auth.token }
  if (auth.kind === 'oauth2') {
    const { tokenUrl, clientId, clientSecret, scope, credentialsIn } = auth
    const parameters = plainRows(auth.parameters)
    return {
      kind: 'oauth2',
      tokenUrl: tokenUrl.trim(),
      clientId,
      clientSecret,
      scope,
      credentialsIn,
      parameters,
    }
  }
  return { kind: 'none' }
}

function bodyOf({ body }: ProviderForm): BodyTest {
  if (body.kind === 'json') {
    const or = furtherValues(body)
    return { kind: 'json', path: body.path, equals: body.equals, ...(or.length > 0 && { or }) }
  }
  if (body.kind === 'xml') return { kind: 'xml', path: body.path, equals: body.equals }
  if (body.kind === 'contains') return { kind: 'contains', text: body.text }
  if (body.kind === 'matches') return { kind: 'matches', pattern: body.pattern }
  return { kind: 'none' }
}

/** Where any value will do, there are no others. */
const furtherValues = ({ equals, or }: ProviderForm['body']) =>
  equals === '' ? [] : or.filter((value) => value !== '')

/** Zero is in no field’s range, so the schema says which numbers are. */
const numberOf = (field: NumberField) => (field === '' ? 0 : field)

export function settingsOf(form: ProviderForm): ProviderSettings {
  const { parameters, timeouts } = form
  return {
    method: form.method,
    endpoint: form.endpoint.trim(),
    auth: authOf(form),
    headers: plainRows(form.headers),
    parameters:
      parameters.kind === 'form'
        ? { kind: 'form', rows: plainRows(parameters.rows) }
        : { kind: 'raw', contentType: parameters.contentType, text: parameters.text },
    batch: batchOf(form),
    from: form.from.trim(),
    numberFormat: form.numberFormat,
    success: {
      statusFrom: numberOf(form.status.from),
      statusTo: numberOf(form.status.to),
      body: bodyOf(form),
    },
    reading: { ...form.reading },
    codes: filledCodes(form.codes).map(meaningOf),
    timeouts: {
      connectMs: numberOf(timeouts.connectMs),
      tlsMs: numberOf(timeouts.tlsMs),
      firstByteMs: numberOf(timeouts.firstByteMs),
      totalMs: numberOf(timeouts.totalMs),
    },
    connection: { proxy: proxyOf(form), authorities: form.connection.authorities },
    ratePerSecond: form.ratePerSecond === '' ? null : form.ratePerSecond,
    atOnce: form.atOnce === '' ? usualAtOnce : form.atOnce,
    price: priceOf(form),
    callbacks: mappingOf(form.callbacks),
  }
}

/** Only a raw JSON body carries several messages. */
export function carriesBatches({ method, parameters }: ProviderForm): boolean {
  return method === 'POST' && parameters.kind === 'raw' && /json/i.test(parameters.contentType)
}

function batchOf(form: ProviderForm): ProviderSettings['batch'] {
  const { batch } = form
  return batch.on && carriesBatches(form) ? { array: batch.array, size: numberOf(batch.size) } : null
}

/** Positions of the codes that are written: an empty last line is a place to type. */
export function filledCodePlaces(codes: readonly FormCode[]): number[] {
  return codes.flatMap(({ code }, index) => (code.trim() === '' ? [] : [index]))
}

export function filledCodes(codes: readonly FormCode[]): FormCode[] {
  return codes.filter(({ code }) => code.trim() !== '')
}

function meaningOf({ code, class: meaning, cause = '', next = '' }: FormCode): CodeMeaning {
  return {
    code: code.trim(),
    class: meaning,
    ...(cause.trim() !== '' && { cause: cause.trim() }),
    ...(next.trim() !== '' && { next: next.trim() }),
  }
}

function proxyOf({ connection }: ProviderForm): Proxy {
  const { kind, address, username, password } = connection.proxy
  return kind === 'manual' ? { kind, address: address.trim(), username, password } : { kind }
}

function priceOf({ price }: ProviderForm): ProviderSettings['price'] {
  if (price.perSegment === '' && price.currency.trim() === '') return null
  return { perSegment: numberOf(price.perSegment), currency: price.currency.trim().toUpperCase() }
}

/** What a vendor makes of the form; nothing of it with a Generic provider. */
export interface VendorInput {
  request: VendorRequest | null
  /** Its secrets, also those that no request takes. */
  secrets: readonly string[]
  isSaved: (secret: string) => boolean
}

export function inputOf(form: ProviderForm, vendor: VendorInput | null = null): ProviderInput {
  const settings = { ...settingsOf(form), ...vendor?.request }
  const names = new Set([...secretNamesOf(settings), ...(vendor?.secrets ?? [])])
  // An empty one takes away what is saved, and is nothing where nothing is.
  const counts = ([name, value]: [string, string]) =>
    names.has(name) && (value !== '' || !vendor?.secrets.includes(name) || vendor.isSaved(name))
  return {
    id: form.id,
    name: form.name.trim(),
    kind: form.kind,
    settings,
    vendor: form.vendor,
    secrets: Object.fromEntries(Object.entries(form.typed).filter(counts)),
  }
}
