import { closingBracket } from './closing-bracket.ts'
import type { Expansions } from '../curl-words.ts'

/**
 * A here-document whose end is named without quotes: a backslash escapes `$`, a backtick, another backslash and the end
 * of a line, and nothing else. What the shell would put in stays as it is written, and is named.
 */
export function expandedHere(text: string, { variables, commands }: Expansions): string {
  const name = /\$(?:[A-Za-z_]\w*|\{[^}\n]{1,200}\})/y
  let read = ''
  for (let at = 0; at < text.length;) {
    const next = text[at + 1] ?? ''
    let length = 1
    if (text[at] === '\\' && next !== '' && '\\$`\n'.includes(next)) {
      read += next === '\n' ? '' : next
      at += 2
      continue
    }
    name.lastIndex = at
    if (text[at] === '`') {
      const end = text.indexOf('`', at + 1)
      length = (end < 0 ? text.length : end + 1) - at
      commands.add(text.slice(at, at + length))
    } else if (text.startsWith('$(', at)) {
      length = closingBracket(text, at + 1) - at
      commands.add(text.slice(at, at + length))
    } else if (text.startsWith('$$', at)) length = 2
    else if (name.test(text)) {
      length = name.lastIndex - at
      variables.add(text.slice(at, at + length))
    }
    read += text.slice(at, at + length)
    at += length
  }
  return read
}
