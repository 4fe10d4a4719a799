import type { CallbackFormat } from '../format.ts'
import { isThere, type Places, type RecordPlace } from './places.ts'
import { firstText } from './read-item.ts'

export function fits(places: Places, record: RecordPlace, { when }: CallbackFormat): boolean {
  return when.every((condition) => meets(places, record, condition))
}

/** Whether the place is there, or has one of the words, whatever their case. */
export function meets(
  places: Places,
  record: RecordPlace,
  { at, is }: CallbackFormat['when'][number],
): boolean {
  if (is === undefined) return isThere(places.find(record, at))
  const text = firstText(places, record, [at])?.trim() ?? ''
  return is.includes(text) || is.some((word) => word.toLowerCase() === text.toLowerCase())
}
