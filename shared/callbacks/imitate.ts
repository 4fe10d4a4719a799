import { receiptStates, type ReceiptState } from './format.ts'
import type { CallbackFormat, CallbackKind, ImitatedCallback, VendorCallbacks } from './format.ts'
import { writeTime } from './write-time.ts'

/** What a vendor would say, and of which message. */
export interface Imitation {
  /** The vendor's id of the message. */
  id: string
  /** Our own id, where the vendor was given it. */
  reference: string
  /** The number that the message went to. */
  to: string
  /** Who sent it: a number or a name; of a reply, what it is sent to. */
  from: string
  /** Of a receipt; of anything else null. */
  state: ReceiptState | null
  /** In place of the code that goes with the state; empty: that one. */
  errorCode: string
  errorText: string
  text: string
  url: string
  shortUrl: string
  uuid: string
  /** Epoch milliseconds. */
  at: number
  /** Fields of the provider that are no secrets. */
  account: Readonly<Record<string, string>>
}

export interface ImitatedRequest {
  method: 'GET' | 'POST'
  /** Without its question mark. */
  query: string
  /** Empty without a body. */
  contentType: string
  body: string
}

/** How an API of a vendor says something of a message; null where it is not known to. `state` is that of a receipt. */
export function imitatedFor(
  { imitated, formats }: VendorCallbacks,
  api: string,
  kind: CallbackKind,
  state: ReceiptState | null,
): { imitated: ImitatedCallback; format: CallbackFormat } | null {
  for (const one of imitated) {
    const format = formats.find(({ name }) => name === one.format)
    if (format?.kind !== kind || (one.apis && !one.apis.includes(api))) continue
    const known = state === null || Object.values(format.statuses).includes(state)
    if (known) return { imitated: one, format }
  }
  return null
}

/** The states that an API of a vendor has a receipt for, without those of which it only says that it does not know. */
export function statesOf(vendor: VendorCallbacks, api: string): ReceiptState[] {
  return receiptStates.filter((state) => {
    const found = imitatedFor(vendor, api, 'receipt', state)
    return found !== null && !/unknown/i.test(wordOf(found.imitated, found.format, state))
  })
}

const reference = /\{\{([^{}]+)\}\}/g

/** The request by which a vendor would say it, in its own shape. `format` is the one that reads it. */
export function imitateCallback(
  imitated: ImitatedCallback,
  format: CallbackFormat,
  imitation: Imitation,
): ImitatedRequest {
  const valueOf = valuesOf(imitated, format, imitation)
  const filled = fill(imitated.template, valueOf)
  if (imitated.contentType === 'json')
    return { method: 'POST', query: '', contentType: 'application/json', body: JSON.stringify(filled) }
  const form = formOf(filled)
  return imitated.method === 'GET' || imitated.contentType === 'query'
    ? { method: imitated.method, query: form, contentType: '', body: '' }
    : { method: 'POST', query: '', contentType: 'application/x-www-form-urlencoded', body: form }
}

type ValueOf = (name: string) => string

function valuesOf(imitated: ImitatedCallback, format: CallbackFormat, imitation: Imitation): ValueOf {
  const { state, at, account, errorCode, errorText } = imitation
  const word = state === null ? '' : wordOf(imitated, format, state)
  const code = errorCode || (state === null ? '' : (imitated.errorCodes[state] ?? ''))
  return (name) => {
    switch (name) {
      case 'word':
        return word
      case 'code':
        return code
      case 'codeText':
        return errorText
      case 'time':
        return writeTime(at, format.timeForm, format.zone)
      case 'id':
      case 'reference':
      case 'to':
      case 'from':
      case 'text':
      case 'url':
      case 'shortUrl':
      case 'uuid':
        return imitation[name]
      default:
        return name.startsWith('account.') ? (account[name.slice(8)] ?? '') : ''
    }
  }
}

function wordOf({ words }: ImitatedCallback, { statuses }: CallbackFormat, state: ReceiptState): string {
  return words[state] ?? Object.entries(statuses).find(([, meaning]) => meaning === state)?.[0] ?? state
}

/** A key whose text comes out empty because of what was filled in is left out: undefined stands for it. */
function fill(template: unknown, valueOf: ValueOf): unknown {
  if (typeof template === 'string') {
    const text = template.replace(reference, (_all, name: string) => valueOf(name.trim()))
    return text === '' && template !== '' ? undefined : text
  }
  if (Array.isArray(template))
    return template.map((one) => fill(one, valueOf)).filter((one) => one !== undefined)
  if (typeof template !== 'object' || template === null) return template
  if ('$value' in template) return typed(valueOf(String(template.$value)))
  return Object.fromEntries(
    Object.entries(template)
      .map(([name, one]) => [name, fill(one, valueOf)] as const)
      .filter(([, one]) => one !== undefined),
  )
}

/** A number where it can be one exactly. */
function typed(text: string): unknown {
  if (text === '') return undefined
  return /^(?:0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
}

function formOf(filled: unknown): string {
  return Object.entries((filled ?? {}) as Record<string, unknown>)
    .map(([name, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return `${inForm(name)}=${inForm(text)}`
    })
    .join('&')
}

const inForm = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')

const platformCodeOf: Record<ReceiptState, string> = {
  queued: '',
  sent: '',
  delivered: '',
  undelivered: '914',
  failed: '904',
  rejected: '903',
  expired: '916',
}

/** The platform's own JSON, for a Generic provider. Null where it has no word for the state. */
export function imitatePlatform(imitation: Imitation): ImitatedRequest | null {
  const { state, text, url } = imitation
  if (state === 'queued' || state === 'sent') return null
  const about = { ts: Math.floor(imitation.at / 1000), meta: imitation.reference }
  const code = imitation.errorCode || (state === null ? '' : platformCodeOf[state])
  const [event, record] =
    state === 'delivered'
      ? ['delivered', { ...about, description: 'Delivered' }]
      : state !== null
        ? ['failed', { ...about, code, description: imitation.errorText || 'It did not arrive' }]
        : url !== ''
          ? ['clicked', { ...about, url }]
          : ['replied', { ...about, toPhone: imitation.from, incomingText: text }]
  const body = JSON.stringify([{ event, data: [record] }])
  return { method: 'POST', query: '', contentType: 'application/json', body }
}
