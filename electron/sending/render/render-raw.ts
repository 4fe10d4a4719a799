import { contentTypeIssue, isNewlineJson, rawKindOf, type RawKind } from '#shared/body-kind.ts'
import { findBatchRecord } from '#shared/json-batch.ts'
import { parseTemplate } from '#shared/placeholders.ts'
import { remembered } from '#shared/remembered.ts'
import type { Parameters } from '#shared/settings.ts'
import { UnrenderableError } from './escape.ts'
import { checkJson, jsonPlaces } from './json-places.ts'
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
  const issue = contentTypeIssue(contentType)
  if (issue !== null) throw new UnrenderableError(issue)
  const kind = rawKindOf(contentType)
  const text = new TextPair()
  if (messages !== null && kind === 'json') appendMessages(text, raw.text, context, messages)
  else {
    const places = kind !== 'json' ? placed[kind] : isNewlineJson(contentType) ? jsonLines : wholeJson
    appendParts(text, places(raw.text), context)
  }
  return { text, contentType }
}

/** What is written outside the record stays as it is; so does the space before it, which lays out the next alike. */
function appendMessages(text: TextPair, template: string, context: RenderContext, messages: Messages): void {
  const { before, record, lead, after } = piecesOf(template, messages.array)
  appendParts(text, placed.json(before), context)
  messages.values.forEach((values, index) => {
    if (index > 0) text.text(`,${lead}`)
    appendParts(text, placed.json(record), { ...context, values })
  })
  appendParts(text, placed.json(after), context)
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
  if (lastPieces.size >= mostKept) lastPieces.clear()
  lastPieces.set(template, pieces)
  return pieces
}

// The same few templates are filled in over and over.
const lastPieces = new Map<string, Pieces>()
const mostKept = 200
const placed: Record<RawKind, (template: string) => readonly PlacedPart[]> = {
  json: remembered(mostKept, (template) => jsonPlaces(parseTemplate(template))),
  xml: remembered(mostKept, (template) => xmlPlaces(parseTemplate(template))),
  form: remembered(mostKept, (template) => everywhere('form', template)),
  text: remembered(mostKept, (template) => everywhere('raw', template)),
}
const wholeJson = remembered(mostKept, (template) => checkedPlaces(template, false))
const jsonLines = remembered(mostKept, (template) => checkedPlaces(template, true))

function checkedPlaces(template: string, inLines: boolean): readonly PlacedPart[] {
  const places = jsonPlaces(parseTemplate(template))
  checkJson(template, inLines)
  return places
}

function everywhere(place: 'form' | 'raw', template: string): readonly PlacedPart[] {
  return parseTemplate(template).map((part) => (part.kind === 'text' ? part : { ...part, place }))
}
