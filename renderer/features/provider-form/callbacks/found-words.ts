import type { DecodedCallback } from '#shared/callbacks/read/decode.ts'
import { isThere, Places } from '#shared/callbacks/read/places.ts'
import { placeIssue } from '#shared/callbacks/place-issue.ts'
import { asText } from '#shared/json-path.ts'
import { plural } from '../../../lib/format.ts'
import type { PlaceFields } from './mapping-uses.ts'

const longestShown = 120

/** What stands below each field: what its place holds in the first record of a request. */
export function foundWords(decoded: DecodedCallback, fields: PlaceFields): Record<string, string> {
  const places = new Places(decoded)
  const itemsAt = fields['itemsAt'] ?? ''
  const { records } = placeIssue(itemsAt) === null ? places.records(itemsAt) : { records: [] }
  const [record] = records
  const words: Record<string, string> = {}
  for (const [key, place] of Object.entries(fields)) {
    if (key === 'itemsAt' || typeof place !== 'string' || place.trim() === '') continue
    const found = record && placeIssue(place) === null ? places.find(record, place) : undefined
    words[key] = isThere(found) ? `Found: ${cut(asText(found))}` : 'Not in this callback.'
  }
  if (itemsAt.trim() !== '')
    words['itemsAt'] =
      records.length > 0 ? `${plural(records.length, 'record')} here` : 'Not in this callback.'
  return words
}

const cut = (text: string) => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text)
