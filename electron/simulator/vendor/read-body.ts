import { rawKindOf } from '#shared/body-kind.ts'
import type { Simulated } from '#shared/catalogue/simulated.ts'
import type { RawRequest } from './vendor-request.ts'

export type BodyReading = { ok: true; body: unknown } | { ok: false; status: 400 | 415; words: string }

const types = {
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  json: 'application/json',
  query: 'a query string',
} as const

/** Reads a body as an API takes it, and says in words what it takes instead. */
export function readBody(
  { method, headers, body }: RawRequest,
  { takes, jsonOfAnyType }: Pick<Simulated, 'takes' | 'jsonOfAnyType'>,
): BodyReading {
  if (method === 'GET' || body === '') return { ok: true, body: undefined }
  const contentType = headers['content-type'] ?? ''
  const kind = jsonOfAnyType && /^\s*[{[]/.test(body) ? 'json' : rawKindOf(contentType)
  const boundary = takes.includes('multipart') ? boundaryOf(contentType) : null
  if (boundary !== null) return { ok: true, body: partsOf(body, boundary) }
  if ((kind === 'form' || kind === 'json') && takes.includes(kind))
    return kind === 'form' ? { ok: true, body: formFields(body) } : readJson(body)
  const taken = takes.map((one) => types[one]).join(' or ')
  const sent = contentType === '' ? 'no content type' : `the content type ${contentType.slice(0, 100)}`
  return { ok: false, status: 415, words: `This address takes ${taken}; the request has ${sent}` }
}

function boundaryOf(contentType: string): string | null {
  const [, quoted, bare] =
    /^\s*multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? []
  return quoted ?? bare ?? null
}

/** The fields of a form in parts; a file is taken for its content. */
function partsOf(body: string, boundary: string): Record<string, unknown> {
  const fields = new URLSearchParams()
  for (const part of `\r\n${body}`.split(`\r\n--${boundary}`).slice(1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const name = /^content-disposition:.*?;\s*name="([^"]*)"/im.exec(head)?.[1]
    if (name !== undefined) fields.append(name, rest.join('\r\n\r\n'))
  }
  return readFields(fields)
}

function readJson(body: string): BodyReading {
  try {
    return { ok: true, body: JSON.parse(body) as unknown }
  } catch (error) {
    const where = error instanceof Error ? error.message : ''
    return { ok: false, status: 400, words: `The body is not valid JSON: ${where}` }
  }
}

/** As PHP has it: what comes after so many names is not taken apart. */
const mostNested = 1000
const deepest = 20

/**
 * Each name with its value, or a list of them where it comes several times; names such as `a[b][]` also as the structure
 * that they stand for.
 */
export function formFields(encoded: string): Record<string, unknown> {
  return readFields(new URLSearchParams(encoded))
}

function readFields(written: URLSearchParams): Record<string, unknown> {
  const fields = Object.create(null) as Record<string, unknown>
  let nested = 0
  for (const [name, value] of written) {
    const known = fields[name]
    if (known === undefined) fields[name] = value
    else if (Array.isArray(known)) known.push(value)
    else fields[name] = [known, value]
    if (name.includes('[') && (nested += 1) <= mostNested) nest(fields, name, value)
  }
  return fields
}

type Structure = Record<string, unknown>

/**
 * `a[b][0]` and `a[]`, as PHP and Rails write them; what is already a text stays one. Only structures that were made here
 * are gone into: a list would lead to what all lists share, and could be made longer than any memory.
 */
function nest(fields: Structure, name: string, value: string): void {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name)
  if (!match) return
  const steps = [match[1] ?? '', ...(match[2] ?? '').slice(1, -1).split('][')]
  if (steps.length > deepest) return
  let at = fields
  for (const [index, step] of steps.entries()) {
    const key = step === '' ? String(Object.keys(at).length) : step
    if (index === steps.length - 1) at[key] ??= value
    else {
      at[key] ??= Object.create(null)
      const next = at[key]
      if (typeof next !== 'object' || next === null || Array.isArray(next)) return
      at = next as Structure
    }
  }
}
