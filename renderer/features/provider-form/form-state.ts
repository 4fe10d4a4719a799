import type { VendorChoice } from '#shared/catalogue/entry.ts'
import { genericKind, type Provider, type ProviderKind } from '#shared/provider.ts'
import {
  emptySettings,
  type Auth,
  type NumberFormat,
  type OAuth2,
  type ProviderSettings,
  type Proxy,
  type Row,
} from '#shared/settings.ts'
import type { BodyTest, CodeMeaning } from '#shared/success-rule.ts'
import { mappingFormOf, type MappingForm } from './callbacks/mapping-state.ts'

export interface FormRow extends Row {
  /** Only for the page: keeps a row's inputs when those above it go. */
  id: string
}

export interface FormCode extends CodeMeaning {
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
  kind: ProviderKind
  /** What was chosen and typed for a vendor, which then decides the request; null with a Generic provider. */
  vendor: VendorChoice | null
  method: 'GET' | 'POST'
  endpoint: string
  from: string
  numberFormat: NumberFormat
  auth: {
    kind: Auth['kind']
    username: string
    password: string
    token: string
    tokenUrl: string
    clientId: string
    clientSecret: string
    scope: string
    credentialsIn: OAuth2['credentialsIn']
    parameters: FormRow[]
  }
  headers: FormRow[]
  parameters: { kind: 'form' | 'raw'; rows: FormRow[]; contentType: string; text: string }
  batch: { on: boolean; array: string; size: NumberField }
  status: { from: NumberField; to: NumberField }
  body: { kind: BodyTest['kind']; path: string; equals: string; or: string[]; text: string; pattern: string }
  reading: ProviderSettings['reading']
  codes: FormCode[]
  timeouts: Record<keyof ProviderSettings['timeouts'], NumberField>
  connection: {
    proxy: { kind: Proxy['kind']; address: string; username: string; password: string }
    authorities: string
  }
  /** Empty: no limit. */
  ratePerSecond: NumberField
  /** Empty: the usual number. */
  atOnce: NumberField
  /** Empty: no price. */
  price: { perSegment: NumberField; currency: string }
  callbacks: MappingForm
  typed: Record<string, string>
}

export function newRow(row: Row = { name: '', value: '', enabled: true }): FormRow {
  return { ...row, id: crypto.randomUUID() }
}

export function newCode(meaning: CodeMeaning = { code: '', class: 'rejected' }): FormCode {
  return { ...meaning, id: crypto.randomUUID() }
}

export function emptyForm(): ProviderForm {
  return formOf({ id: crypto.randomUUID(), name: '', settings: emptySettings() })
}

type Described = Pick<Provider, 'id' | 'name' | 'settings'> & Partial<Pick<Provider, 'kind' | 'vendor'>>

export function formOf({ id, name, kind, vendor, settings }: Described): ProviderForm {
  const { auth, parameters, success, connection } = settings
  const { body } = success
  return {
    id,
    name,
    kind: vendor ? (kind ?? genericKind) : genericKind,
    vendor: vendor ? { api: vendor.api, fields: { ...vendor.fields }, simulated: vendor.simulated } : null,
    method: settings.method,
    endpoint: settings.endpoint,
    from: settings.from,
    numberFormat: settings.numberFormat,
    auth: formAuth(auth),
    headers: settings.headers.map(newRow),
    parameters: {
      kind: parameters.kind,
      rows: parameters.kind === 'form' ? parameters.rows.map(newRow) : [],
      contentType: parameters.kind === 'raw' ? parameters.contentType : 'application/json',
      text: parameters.kind === 'raw' ? parameters.text : '{\n  "to": "$$To",\n  "text": "$$Body"\n}',
    },
    batch: {
      on: settings.batch !== null,
      array: settings.batch?.array ?? '',
      size: settings.batch?.size ?? 100,
    },
    status: { from: success.statusFrom, to: success.statusTo },
    body: {
      kind: body.kind,
      path: body.kind === 'json' || body.kind === 'xml' ? body.path : '',
      equals: body.kind === 'json' || body.kind === 'xml' ? body.equals : '',
      or: body.kind === 'json' ? [...(body.or ?? [])] : [],
      text: body.kind === 'contains' ? body.text : '',
      pattern: body.kind === 'matches' ? body.pattern : '',
    },
    reading: { ...settings.reading },
    codes: settings.codes.map(newCode),
    timeouts: { ...settings.timeouts },
    connection: { proxy: formProxy(connection.proxy), authorities: connection.authorities },
    ratePerSecond: settings.ratePerSecond ?? '',
    atOnce: settings.atOnce,
    price: { perSegment: settings.price?.perSegment ?? '', currency: settings.price?.currency ?? '' },
    callbacks: mappingFormOf(settings.callbacks),
    typed: {},
  }
}

function formAuth(auth: Auth): ProviderForm['auth'] {
  const { parameters, ...oauth2 } = auth.kind === 'oauth2' ? auth : emptyOAuth2
  return {
    ...oauth2,
    kind: auth.kind,
    username: auth.kind === 'basic' ? auth.username : '',
    password: auth.kind === 'basic' ? auth.password : '',
    token: auth.kind === 'bearer' ? auth.token : '',
    parameters: parameters.map(newRow),
  }
}

const emptyOAuth2: OAuth2 = {
  kind: 'oauth2',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  credentialsIn: 'header',
  parameters: [],
}

function formProxy(proxy: Proxy): ProviderForm['connection']['proxy'] {
  return { address: '', username: '', password: '', ...proxy }
}
