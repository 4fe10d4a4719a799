import { mostFields } from './limits.ts'

/** Fields of a form or a query; a key that is there several times holds all its values in order. */
export type Fields = Record<string, string | string[]>

const escapes = /(?:%[0-9a-f]{2})+/gi

/**
 * Reads `a=1&b=2`, with `+` for spaces. Escapes are UTF-8, or `iso-8859-1` where that is the charset or where they are
 * no UTF-8; what is no escape stays as it is. Null: there are more fields than anyone sends.
 */
export function readForm(text: string, charset: string | null): Fields | null {
  const pairs = text.split('&', mostFields + 1)
  if (pairs.length > mostFields) return null
  const fields = noFields()
  for (const pair of pairs) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    addField(fields, unescaped(name, charset), unescaped(value, charset))
  }
  return fields
}

/** Without a prototype, so that no name of a field means anything else. */
export const noFields = (): Fields => Object.create(null) as Fields

export function addField(fields: Fields, name: string, value: string): void {
  const known = fields[name]
  if (known === undefined) fields[name] = value
  else if (typeof known === 'string') fields[name] = [known, value]
  else known.push(value)
}

function unescaped(text: string, charset: string | null): string {
  const spaced = text.replaceAll('+', ' ')
  return spaced.includes('%') ? spaced.replace(escapes, (run) => characters(run, charset)) : spaced
}

function characters(run: string, charset: string | null): string {
  if (charset === null || !/^(?:iso-?8859-1|latin-?1|windows-1252|us-ascii)$/i.test(charset)) {
    try {
      return decodeURIComponent(run)
    } catch {
      // No UTF-8: many a gateway of that age escapes ISO 8859-1 without saying so.
    }
  }
  return run.replace(/%(..)/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A text whose UTF-16BE bytes are URL-encoded, as in `%00H%00i`. */
export function readUtf16(text: string): string {
  const bytes: number[] = []
  for (const [piece] of text.matchAll(/%[0-9a-f]{2}|[^]/gi)) {
    bytes.push(
      piece.length === 3 ? Number.parseInt(piece.slice(1), 16) : piece === '+' ? 0x20 : piece.charCodeAt(0),
    )
  }
  let read = ''
  for (let at = 0; at + 1 < bytes.length; at += 2)
    read += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
  return read
}
