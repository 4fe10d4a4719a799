import type { IncomingHttpHeaders } from 'node:http'
import { asText, readPath } from '#shared/json-path.ts'
import { remembered } from '#shared/remembered.ts'

/** What came over the wire; `url` is the path and the query as they stood in the request line. */
export interface RawRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** A request as an API's description speaks of it. */
export interface VendorRequest {
  path: Readonly<Record<string, string>>
  query: unknown
  body: unknown
  headers: IncomingHttpHeaders
  /** A field may stand in the query string as well. */
  takesQuery: boolean
  /** What keeping it costs: its address and body, in characters. */
  size: number
}

/** Undefined: it is not there. */
export function valueAt(request: VendorRequest, source: string): unknown {
  const { kind, name } = readSource(source)
  switch (kind) {
    case 'path':
      return Object.hasOwn(request.path, name) ? request.path[name] : undefined
    case 'query':
      return fieldAt(request.query, name)
    case 'body':
      return fieldAt(request.body, name)
    case 'field':
      return fieldAt(request.body, name) ?? (request.takesQuery ? fieldAt(request.query, name) : undefined)
    case 'header':
      return request.headers[name.toLowerCase()]
    case 'basic':
      return basicOf(request.headers.authorization)?.[name === 'user' ? 0 : 1]
    default:
      return /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  }
}

/** The first of several sources that is there and not empty. */
export function firstAt(request: VendorRequest, sources: readonly string[]): unknown {
  for (const source of sources) {
    const value = valueAt(request, source)
    if (!isEmpty(value)) return value
  }
  return undefined
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value === 'object') return Object.keys(value).length === 0
  return false
}

/** One value as a text: of a list its first, where there are several for the same name. */
export function textOf(value: unknown): string {
  return asText(Array.isArray(value) ? value[0] : value)
}

const readSource = remembered(2000, (source) => {
  const dot = source.indexOf('.')
  return dot < 0 ? { kind: source, name: '' } : { kind: source.slice(0, dot), name: source.slice(dot + 1) }
})

/** A form's names are taken as they stand, before they are read as a path: `to[]` and `a.b` are names, too. */
function fieldAt(fields: unknown, name: string): unknown {
  if (typeof fields !== 'object' || fields === null) return undefined
  return Object.hasOwn(fields, name) ? (fields as Record<string, unknown>)[name] : readPath(fields, name)
}

function basicOf(authorization: string | undefined): [string, string] | null {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return null
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? [decoded, ''] : [decoded.slice(0, colon), decoded.slice(colon + 1)]
}
