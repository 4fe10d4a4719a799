import type { Shell } from '../shells.ts'
import { quoteAfter } from './quote-after.ts'

/** A text without what a window wrote into it, and what was taken out of it where. */
export interface Cleaned {
  text: string
  cuts: { at: number; length: number }[]
}

// What bash, zsh, PowerShell and cmd write before a line that goes on.
const goesOn = /^(?:(?:(?:[bd]?quote|heredoc|pipe|cmdand|cmdor)>|>{1,2})(?: |$)|More\? ?)/
const begins = /^\s*(?:[$%#] |PS[^\n>]{0,200}>|[A-Za-z]:\\[^\n>"]{0,200}>|[\w.-]{1,60}@[\w.-]{1,60}:)/
const command = /^[^\n'"]{0,200}?(?:^|[\s>$#%])curl(?:\.exe)?(?:\s|$)/i
// Markdown quotes whole commands with the same sign.
const quotedWhole = /^\s*> +(?=(?:\$ )?curl(?:\.exe)?\s)/i
const continued: Record<Shell, RegExp> = {
  sh: /(?<!\\)(?:\\\\)*\\$|[|&]\s*$/,
  cmd: /\^$/,
  powershell: /`$|[|]\s*$/,
}

/**
 * Takes out the prompts of lines that go on, as `> ` after a backslash or inside of a quote. Whether they are prompts
 * shows in the first of them, as a line may also go on with a redirection.
 */
export function withoutPrompts(text: string, shell: Shell): Cleaned {
  const cuts: Cleaned['cuts'] = []
  const lines: string[] = []
  let [at, open, here, goes, prompted] = [0, '', '', false, null as boolean | null]
  for (const written of text.split('\n')) {
    const whole = quotedWhole.exec(written)?.[0] ?? ''
    if (!goes && here === '') prompted = whole !== '' || begins.test(written) ? true : null
    const prompt = goes || here !== '' ? (goesOn.exec(written)?.[0] ?? '') : whole
    const rest = written.slice(prompt.length)
    if (goes || here !== '') prompted ??= prompt !== '' && (open !== '' || here !== '' || isArgument(rest))
    const length = prompted ? prompt.length : 0
    if (length > 0) cuts.push({ at, length })
    const line = written.slice(length)
    lines.push(line)
    at += written.length + 1
    const bare = line.replace(/\r$/, '')
    if (here !== '') {
      if (bare.trim() === here) here = ''
      continue
    }
    // An apostrophe in the words above a command opens nothing.
    open = quoteAfter(bare, command.test(bare) ? '' : open, shell)
    if (open === '' && shell === 'sh') here = /<<-?\s*['"]?(\w{1,60})['"]?/.exec(bare)?.[1] ?? ''
    goes = open !== '' || continued[shell].test(bare)
  }
  return { text: lines.join('\n'), cuts }
}

/** Whether it reads like a piece of a curl command and not like the name of a file. */
function isArgument(rest: string): boolean {
  return /^\s*(?:-|['"]|\$'|https?:|curl\b)/i.test(rest)
}

/** Where a place of the cleaned text is in the text as it was pasted. */
export function placeBefore(cuts: Cleaned['cuts'], place: number): number {
  return cuts.reduce((moved, { at, length }) => (at <= moved ? moved + length : moved), place)
}
