import type { Note } from '../curl-words.ts'

/** What a shell makes of a sign outside quotes, which an import does not; `word` is what of its word stands before it. */
function unquotedSign(sign: string, word: string | null): Note | null {
  const before = word?.slice(0, 300) ?? null
  if (sign === '~' && (before === null || /^[A-Za-z_]\w*=$/.test(before)))
    return {
      kind: 'check',
      what: '~',
      why: 'The shell would put the home folder here; it stands as it is written.',
    }
  // The question mark of an address hardly ever fits a file.
  if ((sign !== '*' && sign !== '?') || /^(?:https?:|[\w.-]+\/)/i.test(before ?? '')) return null
  const why = 'Outside quotes the shell would put fitting file names here; it stands as it is written.'
  return { kind: 'check', what: sign, why }
}

/** Each once. */
export function noteUnquotedSign(sign: string, word: string | null, notes: Note[]): void {
  if (sign !== '~' && sign !== '*' && sign !== '?') return
  if (notes.length > 500 || notes.some(({ what }) => what === sign)) return
  const note = unquotedSign(sign, word)
  if (note) notes.push(note)
}
