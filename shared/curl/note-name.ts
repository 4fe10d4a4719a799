import { curlOptions, shortOptions } from './read/option-table.ts'
import type { Note } from './curl-words.ts'

/**
 * What a note is about without anything of the command that could be a credential: options by their names, else the
 * first word as far as no value begins in it.
 */
export function noteName({ what }: Note): string {
  if (/^(?:parameter|header|query) [\w.[\]-]{1,80}$/.test(what)) return what
  const words = what.split(/\s+/)
  const options = words.filter(isOption)
  if (isOption(words[0] ?? '')) return options.join(' ')
  const [first = '', second = ''] = words
  const named = /^(?:export|set|setx|declare)$/.test(first) ? `${first} ${bare(second)}` : bare(first)
  return named === what ? what : `${named} …`
}

const bare = (word: string) => (/:\/\//.test(word) ? 'address' : (/^\$?\{?[^=:?@/(`]*/.exec(word)?.[0] ?? ''))

function isOption(word: string): boolean {
  return word.startsWith('--')
    ? curlOptions.has(word.slice(2).replace(/^no-/, ''))
    : word.length === 2 && word.startsWith('-') && shortOptions.has(word.slice(1))
}
