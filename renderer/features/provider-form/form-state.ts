import {
  emptySettings,
  type Provider,
  type ProviderInput,
  type ProviderSettings,
  type Row,
} from '#shared/provider.ts'
import type { BodyTest } from '#shared/success-rule.ts'
import { secretsIn } from '#shared/placeholders.ts'

export interface FormRow extends Row {
  /** Only for the page: keeps a row's inputs when those above it go. */
  id: string
}

/** What an emptied number input gives. */
export type NumberField = number | ''

/**
 * The settings laid flat, so that a choice that is changed and changed back finds its values again. Texts hold
 * references to secrets; values typed for them stand in `typed`.
 */
export interface ProviderForm {
  id: string
  name: string
  method: 'GET' | 'POST'
  endpoint: string
  from: string
  auth: { kind: 'none' | 'basic' | 'bearer'; username: string; password: string; token: string }
  headers: FormRow[]
  parameters: { kind: 'form' | 'raw'; rows: FormRow[]; contentType: string; text: string }
  status: { from: NumberField; to: NumberField }
  body: { kind: BodyTest['kind']; path: string; equals: string; text: string; pattern: string }
  reading: ProviderSettings['reading']
  timeouts: Record<keyof ProviderSettings['timeouts'], NumberField>
  typed: Record<string, string>
}

export function newRow(row: Row = { name: '', value: '', enabled: true }): FormRow {
  return { ...row, id: crypto.randomUUID() }
}

export function emptyForm(): ProviderForm {
  return formOf({ id: crypto.randomUUID(), name: '', settings: emptySettings() })
}

export function formOf({ id, name, settings }: Pick<Provider, 'id' | 'name' | 'settings'>): ProviderForm {
  const { auth, parameters, success } = settings
  const { body } = success
  return {
    id,
    name,
    method: settings.method,
    endpoint: settings.endpoint,
    from: settings.from,
    auth: {
      kind: auth.kind,
      username: auth.kind === 'basic' ? auth.username : '',
      password: auth.kind === 'basic' ? auth.password : '',
      token: auth.kind === 'bearer' ? auth.token : '',
    },
    headers: settings.headers.map(newRow),
    parameters: {
      kind: parameters.kind,
      rows: parameters.kind === 'form' ? parameters.rows.map(newRow) : [],
      contentType: parameters.kind === 'raw' ? parameters.contentType : 'application/json',
      text: parameters.kind === 'raw' ? parameters.text : '{\n  "to": "$$To",\n  "text": "$$Body"\n}',
    },
    status: { from: success.statusFrom, to: success.statusTo },
    body: {
      kind: body.kind,
      path: body.kind === 'json' ? body.path : '',
      equals: body.kind === 'json' ? body.equals : '',
      text: body.kind === 'contains' ? body.text : '',
      pattern: body.kind === 'matches' ? body.pattern : '',
    },
    reading: { ...settings.reading },
    timeouts: { ...settings.timeouts },
    typed: {},
  }
}

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
  return { kind: 'none' }
}

function bodyOf({ body }: ProviderForm): BodyTest {
  if (body.kind === 'json') return { kind: 'json', path: body.path, equals: body.equals }
  if (body.kind === 'contains') return { kind: 'contains', text: body.text }
  if (body.kind === 'matches') return { kind: 'matches', pattern: body.pattern }
  return { kind: 'none' }
}

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
    from: form.from.trim(),
    success: {
      statusFrom: numberOf(form.status.from),
      statusTo: numberOf(form.status.to),
      body: bodyOf(form),
    },
    reading: { ...form.reading },
    timeouts: {
      connectMs: numberOf(timeouts.connectMs),
      tlsMs: numberOf(timeouts.tlsMs),
      firstByteMs: numberOf(timeouts.firstByteMs),
      totalMs: numberOf(timeouts.totalMs),
    },
  }
}

/** Every secret that the settings refer to, rows that are switched off included. */
export function referencedSecrets(settings: ProviderSettings): Set<string> {
  const { auth, headers, parameters } = settings
  const rows = parameters.kind === 'form' ? [...headers, ...parameters.rows] : headers
  const texts = [settings.endpoint, ...rows.map((row) => row.value)]
  if (parameters.kind === 'raw') texts.push(parameters.text)
  if (auth.kind === 'basic') texts.push(auth.username, auth.password)
  if (auth.kind === 'bearer') texts.push(auth.token)
  return secretsIn(texts)
}

export function inputOf(form: ProviderForm): ProviderInput {
  const settings = settingsOf(form)
  const names = referencedSecrets(settings)
  const typed = Object.entries(form.typed).filter(([name]) => names.has(name))
  return {
    id: form.id,
    name: form.name.trim(),
    kind: 'generic',
    settings,
    secrets: Object.fromEntries(typed),
  }
}
