import type { Shell } from '../shells.ts'

/** The quote that is open at a line's end, when `open` was at its beginning; empty when none is. */
export function quoteAfter(line: string, open: string, shell: Shell): string {
  const escape = shell === 'sh' ? '\\' : shell === 'powershell' ? '`' : '^'
  let quote = open
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? ''
    // Nothing is escaped in single quotes, save in those of bash that begin with a dollar; cmd escapes in no quotes.
    const escapes = quote !== "'" && !(shell === 'cmd' && quote !== '')
    if (character === escape && escapes) at += 1
    else if (quote === "$'" ? character === "'" : quote !== '' && character === quote) quote = ''
    else if (quote !== '') continue
    else if (character === '#' && shell !== 'cmd' && /^$|\s/.test(line[at - 1] ?? '')) break
    else if (character === '"') quote = '"'
    else if (character === "'" && shell === 'sh' && line[at - 1] === '$') quote = "$'"
    else if (character === "'" && shell !== 'cmd') quote = "'"
  }
  return quote
}
