import { emptySettings, type ProviderSettings, type Row } from '../../settings.ts'
import { readBody, type BodyDraft } from './body-parts.ts'
import type { CurlRequest } from '../read/curl-request.ts'
import { pairsOf, plusNotes, rowsOf } from './pairs.ts'
import { readAuth, type AuthDraft } from './read-auth.ts'
import { authPart, headerPart, partOfRow, pathPart, queryPart } from './request-parts.ts'
import type { Note } from '../curl-words.ts'
import type { Part } from './slot.ts'

/** The settings of a request in pieces whose values are still to be replaced. */
export interface RequestDraft {
  method: 'GET' | 'POST'
  origin: string
  auth: AuthDraft['auth']
  headers: Row[]
  body: BodyDraft
  /** All texts, in the order in which people read a request. */
  parts: Part[]
}

export function draftRequest(request: CurlRequest, notes: Note[]): RequestDraft {
  const method = readMethod(request, notes)
  const { auth: given, headers, asksPassword } = readAuth(request, notes)
  const auth: AuthDraft['auth'] =
    asksPassword && given.kind === 'basic' ? { ...given, password: '<password>' } : given
  if (asksPassword) {
    notes.push({ kind: 'check', what: '-u', why: 'curl would ask for the password: enter it in the form.' })
  }
  const address = readQuery(request, method, notes)
  const body = address.rows ?? readBody(request.body, request.contentType, notes)
  const rows = headerRows(headers, method, body, notes)
  const parts = [
    pathPart(request.address.path),
    ...(address.query === null ? [] : [address.query]),
    ...authParts(auth),
    ...rows.map(headerPart),
    ...(body.kind === 'form' ? body.parts : [body.part]),
  ]
  return {
    method,
    origin: `${request.address.scheme}://${request.address.host}`,
    auth,
    headers: rows,
    body,
    parts,
  }
}

function readMethod({ method }: CurlRequest, notes: Note[]): 'GET' | 'POST' {
  const upper = method.toUpperCase()
  if (upper !== 'GET' && upper !== 'POST') {
    const taken = upper === 'HEAD' ? 'GET' : 'POST'
    const said = notes.some(({ what }) => /^(?:-I|--head|-T|--upload-file)\b/.test(what))
    if (said) return taken
    notes.push({
      kind: 'unsupported',
      what: `-X ${method.slice(0, 40)}`,
      why: `Only GET and POST are sent; it became ${taken}.`,
    })
    return taken
  }
  if (upper !== method)
    notes.push({
      kind: 'check',
      what: `-X ${method}`,
      why: `curl would send it in small letters; it became ${upper}.`,
    })
  return upper
}

/** With GET the query becomes rows wherever rows say the same; else it stays in the address. */
function readQuery(
  { address, body, contentType }: CurlRequest,
  method: 'GET' | 'POST',
  notes: Note[],
): { query: Part | null; rows: BodyDraft | null } {
  const kept = address.query === '' ? null : queryPart('query', address.query, 'query')
  if (method === 'POST') return { query: kept, rows: null }
  const extra = body === null || body === '' ? null : readBody(body, contentType, notes)
  if (extra?.kind === 'raw') {
    notes.push({
      kind: 'unsupported',
      what: 'body',
      why: 'A GET has no body here: the body is kept in the form and not sent.',
    })
    return { query: kept, rows: extra }
  }
  if (extra) {
    notes.push({
      kind: 'check',
      what: '-d',
      why: 'A GET has no body here: the data goes into the address, as with -G.',
    })
  }
  const pairs = pairsOf(address.query)
  const rows = rowsOf(pairs)
  notes.push(...plusNotes(pairs, rows !== null))
  const all = [...(rows ?? []), ...(extra?.rows ?? [])]
  const parts = all.map((row, index) => partOfRow(row, `row:${index}`, 'row', 'parameter'))
  return { query: rows ? null : kept, rows: { kind: 'form', rows: all, parts } }
}

function authParts(auth: AuthDraft['auth']): Part[] {
  if (auth.kind === 'basic') {
    return [authPart('username', auth.username, 'user name'), authPart('password', auth.password, 'password')]
  }
  return auth.kind === 'bearer' ? [authPart('token', auth.token, 'bearer token')] : []
}

const mostHeaders = 100

/** The content type is told by the kind of parameters, so that it is not said twice. */
function headerRows(
  headers: CurlRequest['headers'],
  method: 'GET' | 'POST',
  body: BodyDraft,
  notes: Note[],
): Row[] {
  const said = (value: string) =>
    method === 'POST' && (body.kind === 'raw' || /^application\/x-www-form-urlencoded$/i.test(value))
  const kept = headers.filter(({ name, value }) => !(name.toLowerCase() === 'content-type' && said(value)))
  const fitting = kept.filter(({ name, value }) => name.length <= 500 && value.length <= 20_000)
  const rows = fitting.slice(0, mostHeaders).map(({ name, value }) => ({ name, value, enabled: true }))
  if (rows.length < kept.length) {
    notes.push({
      kind: 'unsupported',
      what: '-H',
      why: `${kept.length - rows.length} headers are too long or too many and were left out.`,
    })
  }
  return rows
}

/** The settings once the texts have their final form; `text` gives a part's. */
export function settingsOf(
  { method, origin, auth, headers, body }: RequestDraft,
  text: (key: string) => string,
): ProviderSettings {
  const query = text('query')
  const filled = (rows: Row[], key: string) =>
    rows.map((row, index) => ({ ...row, value: text(`${key}:${index}`) }))
  return {
    ...emptySettings(),
    method,
    endpoint: `${origin}${text('path')}${query === '' ? '' : `?${query}`}`,
    auth: filledAuth(auth, text),
    headers: filled(headers, 'header'),
    parameters:
      body.kind === 'form'
        ? { kind: 'form', rows: filled(body.rows, 'row') }
        : { kind: 'raw', contentType: body.contentType, text: text('body') },
  }
}

function filledAuth(auth: AuthDraft['auth'], text: (key: string) => string): AuthDraft['auth'] {
  if (auth.kind === 'basic')
    return { kind: 'basic', username: text('auth:username'), password: text('auth:password') }
  return auth.kind === 'bearer' ? { kind: 'bearer', token: text('auth:token') } : auth
}
