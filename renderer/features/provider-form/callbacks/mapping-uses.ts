import type { DecodedCallback } from '#shared/callbacks/read/decode.ts'
import { readAlternatives } from '#shared/reading-expression.ts'
import { spellPath, type Step } from '../answer/lay-out.ts'
import type { MappedKind, MappingForm } from './mapping-state.ts'
import { SamplePlaces, wholeOf, insideOf, type FieldPlace } from './sample-places.ts'

export interface MappingUse {
  key: string
  /** As the field is called. */
  label: string
  example: string
  /** It tells one record from another, so a list that it stands in is the list of records. */
  tells?: true
}

const time: MappingUse = { key: 'time', label: 'Time', example: 'timestamp' }
const ids: MappingUse[] = [
  { key: 'id', label: 'Vendor’s message id', example: 'message.id', tells: true },
  { key: 'reference', label: 'Message id ($$MessageID)', example: 'clientRef', tells: true },
]

/** What a value of a callback can be, kind by kind, in the order of the form. */
export const mappingUses: Record<MappedKind, readonly MappingUse[]> = {
  receipts: [
    ...ids,
    { key: 'status', label: 'State', example: 'status', tells: true },
    { key: 'to', label: 'Recipient’s number', example: 'to', tells: true },
    { key: 'error', label: 'Error code', example: 'error.code' },
    { key: 'errorText', label: 'Error text', example: 'error.message' },
    time,
  ],
  replies: [
    { key: 'from', label: 'Who replies', example: 'from', tells: true },
    { key: 'text', label: 'Text', example: 'text', tells: true },
    { key: 'to', label: 'Number replied to', example: 'to', tells: true },
    time,
  ],
  clicks: [{ key: 'url', label: 'Address clicked', example: 'url', tells: true }, ...ids, time],
}

export const kindNames: Record<MappedKind, string> = {
  receipts: 'Receipts',
  replies: 'Replies',
  clicks: 'Clicks',
}

export type PlaceFields = Record<string, string>

/** The places of one kind, by the keys of its uses and `itemsAt`. */
export function fieldsOfKind(form: MappingForm, kind: MappedKind): PlaceFields {
  return form[kind] as unknown as PlaceFields
}

/** What a click has changed, to be told and taken back. */
export interface Written {
  path: string
  /** What the field held before, where that was another path. */
  before: string
  /** The list whose entries have become the records by it. */
  list: string | null
}

/** Writes the path of a place into the field for that use; null where no path leads there. */
export function writeUse(
  fields: PlaceFields,
  use: MappingUse,
  place: FieldPlace,
  decoded: DecodedCallback,
): Written | null {
  const list = use.tells && isUntouched(fields) ? listAround(place, decoded) : null
  if (list !== null) fields['itemsAt'] = list
  const path = new SamplePlaces(decoded, fields['itemsAt'] ?? '').pathOf(place)
  if (path === null) return null
  const before = fields[use.key] ?? ''
  fields[use.key] = path
  return { path, before: before === path ? '' : before, list }
}

const isUntouched = (fields: PlaceFields) =>
  Object.values(fields).every((place) => typeof place !== 'string' || place.trim() === '')

/** The list of objects that a value is directly a member of one of; null for none, and where the whole request is it. */
function listAround(place: FieldPlace, decoded: DecodedCallback): string | null {
  if (place.in !== 'whole' || typeof place.steps.at(-2) !== 'number') return null
  return itemsPath(place.steps.slice(0, -2), decoded)
}

/** The path of a list's entries, those of the lists around it taken together; empty for a request that is the list. */
export function itemsPath(list: readonly Step[], decoded: DecodedCallback): string | null {
  let value: unknown = wholeOf(decoded)
  const steps = list.map((step) => {
    const isEntry = Array.isArray(insideOf(value))
    value = (insideOf(value) as Record<Step, unknown>)[step]
    return isEntry ? null : step
  })
  return steps.length === 0 ? '' : spellPath([...steps, null])
}

/** Reads other entries as the records: the places that this request has are named anew from there. */
export function changeItems(fields: PlaceFields, decoded: DecodedCallback, itemsAt: string): void {
  const from = new SamplePlaces(decoded, fields['itemsAt'] ?? '')
  const to = new SamplePlaces(decoded, itemsAt)
  for (const [key, text] of Object.entries(fields)) {
    if (key === 'itemsAt' || typeof text !== 'string' || text.trim() === '') continue
    const renamed = readAlternatives(text).map((expression) => {
      if (expression.kind === 'none') return ''
      if (expression.kind === 'pattern') return `~${expression.pattern}`
      const place = expression.kind === 'json' ? from.locate(expression.path) : null
      return (place && to.pathOf(place)) ?? expression.path
    })
    fields[key] = renamed.join(' || ')
  }
  fields['itemsAt'] = itemsAt
}
