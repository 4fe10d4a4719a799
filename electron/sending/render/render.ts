import type { RecordedRequest } from '#shared/attempt.ts'
import { headerNameIssue } from '#shared/settings-checks.ts'
import type { Row } from '#shared/settings.ts'
import { checkHeaderValue, escapeFor, UnrenderableError } from './escape.ts'
import { headFor } from './fixed-head.ts'
import { TextPair } from './masked-text.ts'
import { renderEndpoint } from './render-endpoint.ts'
import { renderRaw, type Messages } from './render-raw.ts'
import {
  accessTokenName,
  isOn,
  renderRows,
  renderTemplate,
  type RenderContext,
  type RequestSettings,
} from './render-template.ts'

export interface RenderedRequest {
  method: 'GET' | 'POST'
  url: URL
  /** Path and query as they go out, exactly as rendered. */
  path: string
  headers: [name: string, value: string][]
  body: string
  /** The same request with its secrets named instead of spelt out, to be kept. */
  recorded: RecordedRequest
}

/**
 * Builds the request of a message. Throws `UnrenderableError` when a value does not fit its place, and whatever
 * `secretValue` throws for a secret without a value.
 */
export function renderRequest(settings: RequestSettings, context: RenderContext): RenderedRequest {
  const endpoint = renderEndpoint(settings, context)
  const body = renderBody(settings, context)
  const { host } = endpoint.url
  const about = { host, userAgent: context.userAgent, contentType: body.contentType }
  const head = headFor(settings, about, () => {
    const headers = renderHeaders(settings, context, body)
    return {
      wire: headers.map(({ name, value }) => [name, toWireHeader(value.wire)]),
      recorded: [
        { name: 'host', value: [host] },
        { name: 'connection', value: ['keep-alive'] },
        ...headers.map(({ name, value }) => ({ name, value: value.masked })),
      ],
    }
  })
  return {
    method: settings.method,
    url: endpoint.url,
    path: endpoint.path,
    headers: head.wire,
    body: body.text.wire,
    recorded: {
      method: settings.method,
      url: endpoint.text.masked,
      headers: head.recorded(settings.method === 'GET' ? null : Buffer.byteLength(body.text.wire)),
      body: body.text.masked,
    },
  }
}

interface RenderedHeader {
  name: string
  value: TextPair
}

/** The user's own headers win over what is added for them. Credentials stand where curl puts those of `-u`. */
function renderHeaders(
  settings: RequestSettings,
  context: RenderContext,
  body: RenderedBody,
): RenderedHeader[] {
  const headers = settings.headers.filter(isOn).map((row) => renderHeader(row, context))
  const has = (name: string) => headers.some((header) => header.name.toLowerCase() === name)
  const add = (name: string, text: string) => {
    if (!has(name.toLowerCase())) headers.push({ name, value: plain(text) })
  }
  const credentials = renderCredentials(settings, context)
  if (credentials && !has('authorization')) headers.unshift({ name: 'Authorization', value: credentials })
  if (body.contentType !== null) add('Content-Type', body.contentType)
  add('Accept', '*/*')
  add('User-Agent', context.userAgent)
  return headers
}

function renderHeader(row: Row, context: RenderContext): RenderedHeader {
  const name = row.name.trim()
  const issue = headerNameIssue(name)
  if (issue !== null) throw new UnrenderableError(issue)
  const value = renderTemplate(row.value.trim(), 'raw', context)
  checkHeaderValue(name, value.wire)
  return { name, value }
}

function renderCredentials(settings: RequestSettings, context: RenderContext): TextPair | null {
  const { auth } = settings
  if (auth.kind === 'none') return null
  const value = new TextPair()
  if (auth.kind === 'oauth2') {
    value.text('Bearer ')
    value.secret(context.accessToken ?? '', accessTokenName, 'raw')
  } else if (auth.kind === 'bearer') {
    value.text('Bearer ')
    value.append(renderTemplate(auth.token.trim(), 'raw', context))
  } else {
    value.text('Basic ')
    checkUserName(renderTemplate(auth.username, 'raw', context).wire)
    appendBasic(value, renderTemplate(`${auth.username}:${auth.password}`, 'raw', context))
  }
  checkHeaderValue('Authorization', value.wire)
  return value
}

function checkUserName(name: string): void {
  if (name.includes(':'))
    throw new UnrenderableError(
      'A user name with a colon cannot be sent with Basic authentication (RFC 7617).',
    )
}

/** Basic credentials, whose secrets keep their places inside the encoded whole. */
export function appendBasic(value: TextPair, credentials: TextPair): void {
  const encoded = escapeFor('basic', credentials.wire)
  const secrets = credentials.masked.filter((part) => typeof part !== 'string')
  const [first] = secrets
  if (!first) return value.text(encoded)
  value.secret(encoded, secrets.map((part) => part.secret).join(', '), 'basic', credentials.masked)
}

interface RenderedBody {
  text: TextPair
  contentType: string | null
}

function renderBody(settings: RequestSettings, context: RenderContext): RenderedBody {
  const { parameters } = settings
  if (settings.method === 'GET') return { text: new TextPair(), contentType: null }
  if (parameters.kind === 'raw') {
    const own = settings.headers.find((row) => isOn(row) && row.name.trim().toLowerCase() === 'content-type')
    const contentType = own && renderTemplate(own.value.trim(), 'raw', context).wire
    const raw = { ...parameters, contentType: contentType ?? parameters.contentType }
    return renderRaw(raw, context, messagesOf(settings, context))
  }
  return {
    text: renderRows(parameters.rows, 'form', context),
    contentType: 'application/x-www-form-urlencoded',
  }
}

/** One message is the record as it is written. */
function messagesOf({ batch }: RequestSettings, { messages }: RenderContext): Messages | null {
  return batch === null || messages === undefined ? null : { array: batch.array, values: messages }
}

function plain(text: string): TextPair {
  const pair = new TextPair()
  pair.text(text)
  return pair
}

/** HTTP headers are bytes; Node writes them as Latin-1, so the UTF-8 bytes are handed over one by one. */
function toWireHeader(value: string): string {
  if (/^[\x20-\x7E]*$/.test(value)) return value
  return Buffer.from(value, 'utf8').toString('latin1')
}
