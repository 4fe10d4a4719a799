/** Shorter texts would make every line unreadable and protect nothing. */
export const shortestRedacted = 4

const xmlNames: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const jsonNames: Record<string, string> = {
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
}

/**
 * A regular expression's source that finds `value` however it is escaped: plain, percent-encoded, as in a form, in JSON
 * (also within JSON), in XML, and in base64, there also in the midst of a longer text.
 */
export function patternOf(value: string): string {
  return [escapedForms(value), ...base64Forms(value)].join('|')
}

/** Letters and digits stand for themselves with everyone; any other character may be escaped, or not. */
function escapedForms(text: string): string {
  return [...text]
    .map((character) => (/[A-Za-z0-9]/.test(character) ? character : formsOf(character)))
    .join('')
}

function formsOf(character: string): string {
  const forms = [literal(character), percentForm(character), jsonForm(character), ...xmlForms(character)]
  if (character === ' ') forms.push(String.raw`\+`)
  return `(?:${forms.join('|')})`
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}

/** A percent sign that was escaped once more is `%25`. */
function percentForm(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `%(?:25)?${hex(byte, 2)}`).join('')
}

/** One backslash, or more where JSON lies within JSON. */
function jsonForm(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  const unicode = units.map((unit) => String.raw`\\+u${hex(unit, 4)}`).join('')
  const name = jsonNames[character]
  // PHP escapes the slash, and a quote of any kind may be escaped somewhere.
  const short = name ?? (/['/]/.test(character) ? character : null)
  return short === null ? unicode : String.raw`${unicode}|\\+${literal(short)}`
}

function xmlForms(character: string): string[] {
  const code = character.codePointAt(0) ?? 0
  const numbers = [`&#0*${code};`, `&#[xX]0*${hex(code, 1)};`]
  const name = xmlNames[character]
  return name ? [...numbers, `&(?:amp;)?${name};`] : numbers
}

/** Either case of each digit. */
function hex(number: number, length: number): string {
  const digits = number.toString(16).padStart(length, '0')
  return digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

/** Below this the inner part of a base64 text is too short to be told from other text. */
const shortestInside = 8

function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  const whole = `${base64Pattern(bytes.toString('base64').replaceAll('=', ''))}(?:={1,2}|(?:%3[dD]){1,2})?`
  if (bytes.length < shortestInside) return [whole]
  return [whole, ...[0, 1, 2].map((before) => base64Pattern(insideBase64(bytes, before)))]
}

/** What base64 makes of these bytes when `before` others (modulo 3) precede them: only the whole groups of six bits. */
function insideBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replaceAll('=', '')
  const from = Math.ceil((before * 8) / 6)
  const to = Math.floor(((before + bytes.length) * 8) / 6)
  return text.slice(from, to)
}

/** `-` and `_` take the place of `+` and `/` in URLs. */
function base64Pattern(text: string): string {
  return text.replaceAll(/[+/]/g, (character) => {
    const other = character === '+' ? '-' : '_'
    return `(?:${formsOf(character)}|${other})`
  })
}
