import { asText, namesError } from '../../json-path.ts'
import { remembered } from '../../remembered.ts'
import type { ReadItem } from '../callback.ts'
import type { CallbackFormat, ReceiptState } from '../format.ts'
import { readUtf16 } from './decode-form.ts'
import type { Places, RecordPlace } from './places.ts'
import { readCallbackNumber } from './read-number.ts'
import { readTime } from './read-time.ts'

export const emptyItem: Omit<ReadItem, 'kind'> = {
  vendorId: null,
  reference: null,
  to: null,
  from: null,
  text: null,
  url: null,
  shortUrl: null,
  word: null,
  state: null,
  errorCode: null,
  errorText: null,
  at: null,
  lacks: null,
  idMayBeLonger: false,
}

/** More of a value than this is not kept beside the request itself. */
const longest = { name: 500, words: 2000, address: 4000, text: 10_000 }

/** One record as its format says that it reads. */
export function readItem(places: Places, record: RecordPlace, format: CallbackFormat): ReadItem {
  const at = (list: readonly string[], most = longest.name) =>
    firstText(places, record, list)?.slice(0, most) ?? null
  const name = (list: readonly string[]) => at(list)?.trim() ?? null
  const number = (list: readonly string[]) => {
    const written = name(list)
    return written === null ? null : readCallbackNumber(written, format.country)
  }
  const { word, state } = readStatus(places, record, format)
  const isBad = state === null || isBadEnd(state)
  const code = isBad ? name(format.error) : null
  const time = name(format.time)
  const text = at(format.text, longest.text)
  return {
    ...emptyItem,
    kind: format.kind,
    vendorId: name(format.id),
    reference: name(format.reference),
    to: number(format.to),
    from: number(format.from),
    text: text !== null && /^utf-?16/i.test(name(format.charset) ?? '') ? readUtf16(text) : text,
    url: at(format.url, longest.address),
    shortUrl: at(format.shortUrl, longest.address),
    word: name(format.word) ?? word,
    state,
    errorCode: code !== null && namesError(code) ? code : null,
    errorText: isBad ? errorText(places, record, format) : null,
    at: time === null ? null : readTime(time, format.timeForm, format.zone),
    idMayBeLonger: format.idMayBeLonger,
  }
}

/** Some vendors write “No Error” beside a state that says more. */
function errorText(places: Places, record: RecordPlace, format: CallbackFormat): string | null {
  const texts = format.errorText.map((place) => firstText(places, record, [place]) ?? '')
  return texts.find(namesError)?.slice(0, longest.words) ?? null
}

/** An end at which the message did not arrive. */
export function isBadEnd(state: ReceiptState): boolean {
  return state !== 'queued' && state !== 'sent' && state !== 'delivered'
}

/** The first of several places that holds a text; of a list of texts, its first. */
export function firstText(places: Places, record: RecordPlace, list: readonly string[]): string | null {
  for (const place of list) {
    const text = textOf(places.find(record, place))
    if (text !== '') return text
  }
  return null
}

function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value.find((element) => textOf(element) !== '') : value
  return typeof one === 'object' ? '' : asText(one)
}

/** The word that says how far a message is: of several, the first whose meaning is known. */
function readStatus(
  places: Places,
  record: RecordPlace,
  { status, statuses }: CallbackFormat,
): { word: string | null; state: ReceiptState | null } {
  const words = status.flatMap(
    (place) => firstText(places, record, [place])?.trim().slice(0, longest.name) ?? [],
  )
  for (const word of words) {
    const state = stateOf(word, statuses)
    if (state !== null) return { word, state }
  }
  return { word: words[0] ?? null, state: null }
}

/** By the word as it is written, then whatever its case. */
function stateOf(word: string, statuses: CallbackFormat['statuses']): ReceiptState | null {
  if (Object.hasOwn(statuses, word)) return statuses[word] ?? null
  return inSmallLetters(JSON.stringify(statuses)).get(word.toLowerCase()) ?? null
}

const inSmallLetters = remembered(
  200,
  (statuses) =>
    new Map(
      Object.entries(JSON.parse(statuses) as CallbackFormat['statuses']).map(([word, state]) => [
        word.toLowerCase(),
        state,
      ]),
    ),
)
