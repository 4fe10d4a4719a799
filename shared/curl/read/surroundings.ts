import type { Note, Statement } from '../curl-words.ts'

/** How a line of a script begins; whatever else stands around a command are words of the page it was copied from. */
const script = new RegExp(
  String.raw`^\s*(?:[$%>#] |PS[^\n>]{0,200}> ?|[A-Za-z]:\\[^\n>"]{0,200}> ?)?@?(?:` +
    String.raw`\$?(?:env:)?\w{1,60}\+?=|\$(?:env:)?\w{1,60} ?=|\[\w|\.{0,2}/\w|[A-Z][a-z]+-[A-Z]\w+|` +
    String.raw`(?:sudo|time|exec|command|nohup|env|export|declare|local|set|setx|echo|printf|cat|cd|exit|pause|rem|jq|grep|` +
    String.raw`sed|awk|python3?|node|npm|brew|apt(?:-get)?|source|read|sleep|done|fi|` +
    String.raw`mkdir|touch|rm|cp|mv|openssl|base64|tee|head|tail|xargs|wc|tr|date|call|type|wget|chcp|clear|unset|` +
    String.raw`Write|Set|Get|New|Out|curl)(?:\.exe)?(?=[\s;|&]|$)|[\w/\\.~-]{0,100}[/\\]curl(?:\.exe)?\s)`,
)
const command = /^[^\n'"]{0,200}?(?:^|[\s>$#%/\\])curl(?:\.exe)?(?:\s|$)/i
const comment = /^\s*#/

/** Blanks the words above the first line of a script, where an apostrophe would open a quote. */
export function withoutHead(text: string): { text: string; left: string[] } {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => script.test(line) || (command.test(line) && /\s-|:\/\//.test(line)))
  if (first <= 0 || !lines.slice(first).some((line) => /\bcurl\b/i.test(line))) return { text, left: [] }
  const left = lines.slice(0, first)
  return { text: [...left.map(blank), ...lines.slice(first)].join('\n'), left: left.filter(isSaid) }
}

/** Blanks what stands below or between as words. A statement on the command's own line, behind a pipe, is none. */
export function withoutWords(
  text: string,
  others: Statement[],
  end: number,
): { text: string; left: string[] } {
  const lineEnd = text.indexOf('\n', end)
  const words = others.filter(({ from, to }) => {
    if (lineEnd >= 0 ? from <= lineEnd && from >= end : from >= end) return false
    const near = Math.max(0, from - 400)
    const lineFrom = near + text.slice(near, from).lastIndexOf('\n') + 1
    return !script.test(text.slice(lineFrom, Math.min(to, lineFrom + 400)))
  })
  const [pieces, left, cursor] = [[] as string[], [] as string[], { at: 0 }]
  for (const { from, to } of words) {
    if (from < cursor.at) continue
    const piece = text.slice(from, to)
    pieces.push(text.slice(cursor.at, from), piece.split('\n').map(blank).join('\n'))
    left.push(piece)
    cursor.at = to
  }
  return { text: pieces.join('') + text.slice(cursor.at), left: left.join('\n').split('\n').filter(isSaid) }
}

/** One remark for all of them. */
export function surroundingsNote(left: string[]): Note[] {
  if (left.length === 0) return []
  const lines = left.length === 1 ? '1 line' : `${left.length} lines`
  const why = `around the command ${left.length === 1 ? 'was' : 'were'} left out.`
  return [{ kind: 'ignored', what: lines, why }]
}

const blank = (line: string) => ' '.repeat(line.length)
const isSaid = (line: string) => line.trim() !== '' && !comment.test(line)
