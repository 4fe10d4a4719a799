import { rawKindOf } from '../../body-kind.ts'
import { isJson } from '../../json-text.ts'
import type { Row } from '../../settings.ts'
import { jsonValues, pathInWords, type JsonElement } from './json-values.ts'
import { pairsOf, plusNotes, rowsOf } from './pairs.ts'
import { partOfRow, queryPart } from './request-parts.ts'
import type { Note } from '../curl-words.ts'
import type { Part, Slot } from './slot.ts'
import { xmlValues } from './xml-values.ts'

/** A body as the settings will hold it. */
export type BodyDraft =
  | { kind: 'form'; rows: Row[]; parts: Part[] }
  | { kind: 'raw'; contentType: string; part: Part; elements: JsonElement[] }

/** What curl sends behind the headers, taken apart by what it is said to be, or by what it plainly is. */
export function readBody(body: string | null, contentType: string | null, notes: Note[]): BodyDraft {
  const type = contentType ?? ''
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type)
  const empty = body === null || body.trim() === ''
  if (empty && (isForm || type === '')) return { kind: 'form', rows: [], parts: [] }
  if (body === null || !isForm) return rawBody(body ?? '', type, notes)
  const plain = /^\s*[[{]/.test(body) && isJson(body) ? 'application/json' : ''
  const actual = plain || (/^\s*<[?A-Za-z]/.test(body) ? 'application/xml' : '')
  if (actual !== '') {
    notes.push({
      kind: 'check',
      what: actual === 'application/json' ? 'JSON' : 'XML',
      why: `curl would call this body ${type}; it is sent as ${actual}, which it plainly is.`,
    })
    return rawBody(body, actual, notes)
  }
  const pairs = pairsOf(body)
  const rows = rowsOf(pairs)
  notes.push(...plusNotes(pairs, rows !== null))
  if (!rows)
    return { kind: 'raw', contentType: type, part: queryPart('body', body, 'parameter'), elements: [] }
  return {
    kind: 'form',
    rows,
    parts: rows.map((row, index) => partOfRow(row, `row:${index}`, 'row', 'parameter')),
  }
}

function rawBody(text: string, contentType: string, notes: Note[]): BodyDraft {
  const kind = rawKindOf(contentType)
  const part: Part = { key: 'body', text, slots: [] }
  if (kind === 'json') {
    const { values, elements } = jsonValues(text)
    part.slots = values.slice(0, mostSlots).map(jsonSlot)
    if (text.trim() !== '' && !isJson(text)) notes.push(brokenJson)
    return { kind: 'raw', contentType, part, elements }
  }
  if (/^\s*(?:text\/plain\s*)?(?:;|$)/i.test(contentType)) part.slots = [wholeText(text)]
  if (kind === 'xml') part.slots = xmlValues(text).slice(0, mostSlots).map(xmlSlot)
  return { kind: 'raw', contentType, part, elements: [] }
}

function wholeText(text: string): Slot {
  const part = partOfRow({ name: 'body', value: text, enabled: true }, 'body', 'row', 'the')
  const [slot] = part.slots
  return { ...slot!, id: 'text', where: 'the whole body' }
}

const brokenJson: Note = {
  kind: 'check',
  what: 'JSON',
  why: 'The body is not valid JSON as it stands: a comma, quote or bracket is missing or too many.',
}

/** No sample of one message has more values than this. */
const mostSlots = 2000

function jsonSlot({ path, start, end, kind, value }: ReturnType<typeof jsonValues>['values'][number]): Slot {
  const names = path.filter((step) => typeof step === 'string')
  const words = pathInWords(path)
  return {
    id: `json ${words}`,
    part: 'body',
    start,
    end,
    kind: kind === 'number' ? 'number' : 'json',
    name: names.at(-1) ?? '',
    parents: names.slice(0, -1),
    path,
    where: words === '' ? 'the body' : `${words} in the body`,
    value,
  }
}

function xmlSlot({ path, start, end, value }: ReturnType<typeof xmlValues>[number], index: number): Slot {
  const words = path.map((step) => step.slice(0, 60)).join('/')
  return {
    id: `xml ${index} ${words}`,
    part: 'body',
    start,
    end,
    kind: 'xml',
    name: path.at(-1) ?? '',
    parents: path.slice(0, -1),
    path: [],
    where: `${words} in the body`,
    value,
  }
}
