import type { Shell } from '../shells.ts'
import { curlOptions, shortOptions } from './option-table.ts'
import { placeBefore, type Cleaned } from './prompts.ts'

interface OpenQuote {
  problem: string
  from: number
  to: number
}

/** Most of a text that is searched for what went wrong. */
const furthest = 20_000

/**
 * Says which quote of a command was left open and where it may have been meant to end. That is not always the one which
 * is open in the end: every quote after a forgotten one opens what should be closed.
 */
export function openQuote(
  text: string,
  start: number,
  open: number,
  { shell, cuts }: { shell: Shell; cuts: Cleaned['cuts'] },
): OpenQuote {
  const from = swallower(text, start, open, shell) ?? open
  const sign = /^(?:\$'|@?['"]|.)/s.exec(text.slice(from, from + 2))?.[0] ?? ''
  const meant = nextOption(text, from + sign.length)
  const place = (at: number) => lineAndColumn(text, at, cuts)
  const guess = meant
    ? ` It may have been meant to close before ${meant.option}, at ${place(meant.at)}.`
    : ' Add the closing quote, or take this one out.'
  const lineEnd = text.indexOf('\n', from)
  const to = meant?.at ?? (lineEnd < 0 ? text.length : lineEnd)
  return {
    problem: `The quote in ${around(text, from, sign)} at ${place(from)} is not closed.${guess}`,
    from: placeBefore(cuts, from),
    to: placeBefore(cuts, to),
  }
}

/** What is quoted or escaped, as each shell has it. */
const quoted: Record<Shell, RegExp> = {
  sh: /\$'(?:\\.|[^'\\])*'|'[^']*'|"(?:\\.|[^"\\])*"|\\./gs,
  cmd: /"[^"]*"|\^./gs,
  powershell: /'[^']*'|"(?:`.|[^"`])*"|`./gs,
}

/** A quoted text that ends in the middle of the command's options, as `'Bearer abc -d '` does. */
function swallower(text: string, start: number, open: number, shell: Shell): number | null {
  const before = text.slice(start, Math.min(open, start + furthest))
  for (const { 0: piece, index } of before.matchAll(quoted[shell]))
    if (endsInOption(piece.slice(0, -1))) return start + index
  return null
}

function endsInOption(piece: string): boolean {
  const option = /\s(--?[A-Za-z][\w-]{0,30})[ \t=]*$/.exec(piece.slice(-60))?.[1]
  return option !== undefined && isOption(option)
}

/** The next option of curl, or an address, and the end of what stands before it. */
function nextOption(text: string, from: number): { option: string; at: number } | null {
  const rest = text.slice(from, from + furthest)
  for (const found of rest.matchAll(/(?<=\s)(?:(--?[A-Za-z][\w-]{0,30})(?=[\s='"]|$)|['"]?(https?:\/\/))/g)) {
    const [, option, address] = found
    if (option !== undefined && !isOption(option)) continue
    const before = rest.slice(0, found.index).replace(/[\s\\`^]{1,200}$/, '')
    return { option: option ?? address ?? '', at: from + before.length }
  }
  return null
}

function isOption(word: string): boolean {
  if (word.startsWith('--')) return curlOptions.has(word.slice(2))
  return word.length === 2 && shortOptions.has(word.slice(1))
}

/** The option before it and the name behind it; a value could be a credential. */
function around(text: string, from: number, sign: string): string {
  const option =
    /(?:^|\s)(--?[A-Za-z][\w-]{0,30}[ =]?)$/.exec(text.slice(Math.max(0, from - 40), from))?.[1] ?? ''
  const behind = text.slice(from + sign.length, from + sign.length + 40)
  const name = /^[A-Za-z][\w-]{0,30}[=:]/.exec(behind)?.[0] ?? ''
  return `${option}${sign}${/^(?:-u|--user)/.test(option) ? '' : name}…`
}

function lineAndColumn(text: string, at: number, cuts: Cleaned['cuts']): string {
  const lineFrom = text.lastIndexOf('\n', at - 1) + 1
  const line = text.slice(0, at).split('\n').length
  // A prompt that was taken out stands at the line's beginning and counts.
  const begins = lineFrom === 0 ? 0 : placeBefore(cuts, lineFrom - 1) + 1
  return `line ${line}, column ${placeBefore(cuts, at) - begins + 1}`
}
