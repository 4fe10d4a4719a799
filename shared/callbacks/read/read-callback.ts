import type { ReadCallback, ReadItem } from '../callback.ts'
import type { CallbackFormat } from '../format.ts'
import type { DecodedCallback } from './decode.ts'
import { mostRecords } from './limits.ts'
import { fits } from './conditions.ts'
import { Places } from './places.ts'
import { platformName, readPlatform } from './platform.ts'
import { readItem } from './read-item.ts'
import { whyNoFormat } from './why-no-format.ts'

/**
 * What a request says, by the first of the formats that it fits; of records that are several formats' (a receipt and a
 * reply in one list), each by its own. With `platform` the platform's JSON is understood as well, after the formats.
 */
export function readCallback(
  decoded: DecodedCallback,
  formats: readonly CallbackFormat[],
  { platform = false }: { platform?: boolean } = {},
): ReadCallback {
  const { trouble, why, query } = decoded
  if (trouble === 'empty') return { format: null, items: [], trouble, why }
  // A body that cannot be read may come with a query that says it all.
  if (trouble !== null && Object.keys(query).length === 0) return { format: null, items: [], trouble, why }

  const places = new Places(decoded)
  const fitting = fittingRecords(places, formats)
  if (fitting.tooMany) return { format: null, items: [], trouble: 'unreadable', why: tooManyWords }
  if (fitting.format !== null)
    return { format: fitting.format.name, items: fitting.items, trouble: null, why: null }
  const platformRead = platform ? readPlatform(decoded) : null
  if (platformRead?.tooMany) return { format: null, items: [], trouble: 'unreadable', why: tooManyWords }
  if (platformRead) return { format: platformName, items: platformRead.items, trouble: null, why: null }
  if (fitting.isEmpty)
    return {
      format: null,
      items: [],
      trouble: 'empty',
      why: 'The list of records is empty. Vendors try an address so.',
    }
  if (trouble !== null) return { format: null, items: [], trouble, why }
  return { format: null, items: [], trouble: 'no_known_format', why: whyNoFormat(decoded, places, formats) }
}

const tooManyWords = `It holds more than ${mostRecords} records.`

interface Fitting {
  /** The first that fits. */
  format: CallbackFormat | null
  items: ReadItem[]
  isEmpty: boolean
  tooMany: boolean
}

function fittingRecords(places: Places, formats: readonly CallbackFormat[]): Fitting {
  let first: CallbackFormat | null = null
  let isEmpty = false
  const read: (ReadItem | undefined)[] = []
  for (const format of formats) {
    // The records of one list are told apart by what each holds; another list is another reading of the same.
    if (first !== null && format.itemsAt !== first.itemsAt) continue
    const found = places.records(format.itemsAt)
    if (found.records.length > mostRecords) return { format: null, items: [], isEmpty: false, tooMany: true }
    isEmpty ||= found.isEmpty
    for (const [index, record] of found.records.entries()) {
      if (read[index] !== undefined || !fits(places, record, format)) continue
      read[index] = readItem(places, record, format)
      first ??= format
    }
  }
  return { format: first, items: read.filter((item) => item !== undefined), isEmpty, tooMany: false }
}
