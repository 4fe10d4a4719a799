import { rawKindOf, type RawKind } from '#shared/body-kind.ts'
import { findBatchRecord } from '#shared/json-batch.ts'
import { parseTemplate } from '#shared/placeholders.ts'
import type { Parameters } from '#shared/settings.ts'
import { UnrenderableError } from './escape.ts'
import { jsonPlaces } from './json-places.ts'
import { TextPair } from './masked-text.ts'
import { appendParts, type PlacedPart } from './placed-parts.ts'
import type { PlaceholderValues, RenderContext } from './render-template.ts'
import { xmlPlaces } from './xml-places.ts'

type Raw = Extract<Parameters, { kind: 'raw' }>

/** Several messages in one request: the record in the root's `array` is repeated for each. */
export interface Messages {
  array: string
  values: readonly PlaceholderValues[]
}

/** A body written by hand: its own text goes out as it is, values are escaped by the content type. */
export function renderRaw(
  raw: Raw,
  context: RenderContext,
  messages: Messages | null,
): { text: TextPair; contentType: string } {
  const contentType = raw.contentType.trim() || 'text/plain; charset=utf-8'
  const kind = rawKindOf(contentType)
  const text = new TextPair()
  if (messages !== null && kind === 'json') appendMessages(text, raw.text, context, messages)
  else appendParts(text, placedParts(kind, raw.text), context)
  return { text, contentType }
}

/** What is written outside the record stays as it is; so does the space before it, which lays out the next alike. */
function appendMessages(text: TextPair, template: string, context: RenderContext, messages: Messages): void {
  const { before, record, lead, after } = piecesOf(template, messages.array)
  appendParts(text, placedParts('json', before), context)
  messages.values.forEach((values, index) => {
    if (index > 0) text.text(`,${lead}`)
    appendParts(text, placedParts('json', record), { ...context, values })
  })
  appendParts(text, placedParts('json', after), context)
}

interface Pieces {
  array: string
  before: string
  record: string
  lead: string
  after: string
}

/** Each can be read for itself, as none begins inside a string. */
function piecesOf(template: string, array: string): Pieces {
  const last = lastPieces.get(template)
  if (last?.array === array) return last
  const found = findBatchRecord(template, array)
  if (!found.ok) throw new UnrenderableError(found.issue)
  const { start, end, lead } = found
  const [before, record, after] = [template.slice(0, start), template.slice(start, end), template.slice(end)]
  const pieces = { array, before, record, lead, after }
  remember(lastPieces, template, pieces)
  return pieces
}

// The same few templates are filled in over and over.
const lastPieces = new Map<string, Pieces>()
const placed: Record<RawKind, Map<string, readonly PlacedPart[]>> = {
  json: new Map(),
  xml: new Map(),
  form: new Map(),
  text: new Map(),
}
const mostKept = 200

function remember<T>(kept: Map<string, T>, template: string, value: T): void {
  if (kept.size >= mostKept) kept.clear()
  kept.set(template, value)
}

function placedParts(kind: RawKind, template: string): readonly PlacedPart[] {
  const known = placed[kind].get(template)
  if (known) return known
  const parts = place(kind, template)
  remember(placed[kind], template, parts)
  return parts
}

function place(kind: RawKind, template: string): readonly PlacedPart[] {
  const parts = parseTemplate(template)
  if (kind === 'json') return jsonPlaces(parts)
  if (kind === 'xml') return xmlPlaces(parts)
  const everywhere = kind === 'form' ? 'form' : 'raw'
  return parts.map((part) => (part.kind === 'text' ? part : { ...part, place: everywhere }))
}
