import { isJson } from '#shared/json-text.ts'
import { formatJson } from '../../lib/format-json.ts'

export interface BodyToken {
  kind: 'plain' | 'key' | 'string' | 'number' | 'word'
  text: string
}

const jsonToken = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g
const jsonString = /"(?:\\.|[^"\\])*"/g
/** Beyond this, colouring costs more than it tells. */
const mostColoured = 100_000

/** The body laid out for reading: JSON indented and coloured, XML one element a line, anything else as it came. */
export function prettyBody(body: string): BodyToken[] {
  const json = indentedJson(body)
  if (json !== null) return json.length > mostColoured ? [{ kind: 'plain', text: json }] : colour(json)
  return [{ kind: 'plain', text: looksLikeXml(body) ? indentedXml(body) : body }]
}

/** Escapes are spelt out where they need not be; numbers stay digit by digit. */
function indentedJson(body: string): string | null {
  if (!/^\s*[[{"]/.test(body) || !isJson(body)) return null
  return formatJson(body.replace(jsonString, (text) => JSON.stringify(JSON.parse(text))))
}

function colour(json: string): BodyToken[] {
  const tokens: BodyToken[] = []
  let end = 0
  for (const match of json.matchAll(jsonToken)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: json.slice(end, match.index) })
    const [whole, text, colon, word] = match
    if (text !== undefined) {
      tokens.push({ kind: colon ? 'key' : 'string', text })
      if (colon) tokens.push({ kind: 'plain', text: colon })
    } else tokens.push({ kind: word ? 'word' : 'number', text: whole })
    end = match.index + whole.length
  }
  if (end < json.length) tokens.push({ kind: 'plain', text: json.slice(end) })
  return tokens
}

function looksLikeXml(body: string): boolean {
  return /^\s*<[?\w!]/.test(body) && />\s*$/.test(body) && !/<(?:pre|script|textarea)\b/i.test(body)
}

function indentedXml(body: string): string {
  let depth = 0
  const lines = body.trim().replace(/>\s*</g, '>\n<').split('\n')
  return lines
    .map((line) => {
      if (line.startsWith('</')) depth = Math.max(0, depth - 1)
      const indented = '  '.repeat(depth) + line
      if (/^<\w[^>]*[^/]?>$/.test(line) && !line.endsWith('/>') && !line.includes('</')) depth += 1
      return indented
    })
    .join('\n')
}
