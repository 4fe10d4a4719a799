import { percentDecode } from './address.ts'
import type { Row } from '../../settings.ts'
import type { Note } from '../curl-words.ts'

export interface Pair {
  name: string
  value: string
  /** Where the value stands, as it is written. */
  start: number
  end: number
  /** A bare `+` before a number: forms read it as a space, but a plus sign is meant. */
  plus: boolean
  /** Whether name and value, encoded anew, mean the same to whoever reads them. */
  faithful: boolean
}

/** The `name=value` pairs of a query string or a URL-encoded form. */
export function pairsOf(text: string): Pair[] {
  const pairs: Pair[] = []
  for (let at = 0; at <= text.length;) {
    const next = text.indexOf('&', at)
    const end = next < 0 ? text.length : next
    const piece = text.slice(at, end)
    if (piece !== '') pairs.push(readPair(piece, at))
    at = end + 1
  }
  return pairs
}

function readPair(piece: string, at: number): Pair {
  const equals = piece.indexOf('=')
  const name = formDecode(equals < 0 ? piece : piece.slice(0, equals))
  const start = equals < 0 ? at + piece.length : at + equals + 1
  const raw = equals < 0 ? '' : piece.slice(equals + 1)
  const plus = /^\+\d{7,15}$/.test(raw)
  const value = plus ? raw : formDecode(raw)
  const readable = !name.includes('\uFFFD') && !value.includes('\uFFFD') && !/%(?![0-9A-Fa-f]{2})/.test(piece)
  const faithful = equals > 0 && readable && name === name.trim()
  return { name, value, start, end: at + piece.length, plus, faithful }
}

function formDecode(text: string): string {
  return percentDecode(text.replaceAll('+', ' '))
}

/** Says where a plus sign goes out as one, although curl would send something else. */
export function plusNotes(pairs: readonly Pair[], inRows: boolean): Note[] {
  const why = inRows
    ? 'curl sends this plus sign as it is, which forms read as a space; here it goes out as a plus sign.'
    : 'This plus sign stands as it is, and forms read it as a space; write %2B for a plus sign.'
  return pairs
    .filter(({ plus }) => plus)
    .map(({ name, value }) => ({ kind: 'check', what: `${name}=${value}`, why }))
}

const mostRows = 200

/** The pairs as rows of the form, or null when rows could not say the same. */
export function rowsOf(pairs: readonly Pair[]): Row[] | null {
  const fits = pairs.every(
    ({ name, value, faithful }) => faithful && name.length <= 500 && value.length <= 20_000,
  )
  if (!fits || pairs.length > mostRows) return null
  return pairs.map(({ name, value }) => ({ name, value, enabled: true }))
}
