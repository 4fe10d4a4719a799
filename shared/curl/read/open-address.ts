import type { Note } from '../curl-words.ts'

/**
 * Vendors print addresses without quotes, at whose first `&` a shell would cut the command. Whether the ampersand at
 * `at` is meant as a part of the address that begins at `from`.
 */
export function joinsAddress(text: string, from: number, at: number): boolean {
  const begun = text.slice(from, Math.min(at, from + 700))
  if (text[at] !== '&' || !/^https?:\/\/[^\s?]{1,500}\?[^=&]{1,100}=/i.test(begun)) return false
  const parameter = /&[\w.~%[\]-]{1,100}=/y
  parameter.lastIndex = at
  return parameter.test(text)
}

export const unquotedAddress: Note = {
  kind: 'check',
  what: '&',
  why: 'The address is not in quotes, so the shell would cut it here; it was read whole.',
}
