const named: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}

const numbered = /\\(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/y
const bytes = /(?:\\x[0-9A-Fa-f]{1,2}|\\[0-7]{1,3}){1,1000}/y

/**
 * One piece of a `$'…'` text at `at` (Bash manual, ANSI-C quoting), and how much of the text it takes. Bytes that stand
 * side by side are read as UTF-8 together.
 */
export function ansiEscape(text: string, at: number): { value: string; length: number } {
  if (text[at] !== '\\') return { value: text[at] ?? '', length: 1 }
  const next = text[at + 1] ?? ''
  const plain = Object.hasOwn(named, next) ? named[next] : undefined
  if (plain !== undefined) return { value: plain, length: 2 }
  if (next === 'c' && text[at + 2] !== undefined) {
    return { value: String.fromCharCode((text.charCodeAt(at + 2) & 0x1f) >>> 0), length: 3 }
  }
  numbered.lastIndex = at
  const unicode = numbered.exec(text)
  if (unicode) return { value: codePoint(unicode[1] ?? unicode[2] ?? '0'), length: unicode[0].length }
  bytes.lastIndex = at
  const run = bytes.exec(text)?.[0]
  if (run === undefined) return { value: `\\${next}`, length: 1 + next.length }
  return { value: decodeRun(run), length: run.length }
}

function codePoint(hex: string): string {
  const code = Number.parseInt(hex, 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
}

function decodeRun(run: string): string {
  const codes = [...run.matchAll(/\\x([0-9A-Fa-f]{1,2})|\\([0-7]{1,3})/g)].map(([, hex, octal]) =>
    hex === undefined ? Number.parseInt(octal ?? '0', 8) & 0xff : Number.parseInt(hex, 16),
  )
  return utf8(codes)
}

/** Bytes as UTF-8 text; what is none becomes U+FFFD. */
export function utf8(codes: readonly number[]): string {
  let text = ''
  for (let index = 0; index < codes.length;) {
    const first = codes[index] ?? 0
    const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1
    const rest = codes.slice(index + 1, index + 1 + more)
    const whole = rest.length === more && rest.every((code) => (code & 0xc0) === 0x80)
    const decoded = whole ? fromUnits(first, rest) : null
    text += decoded ?? '\uFFFD'
    index += decoded === null ? 1 : more + 1
  }
  return text
}

const smallest = [0, 0x80, 0x800, 0x10000]

function fromUnits(first: number, rest: readonly number[]): string | null {
  if (rest.length > 0 && (first < 0xc2 || first > 0xf4)) return null
  const head = rest.length === 0 ? first : first & (0x3f >> rest.length)
  const code = rest.reduce((sum, unit) => sum * 64 + (unit & 0x3f), head)
  const wrong = code < (smallest[rest.length] ?? 0) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)
  return wrong ? null : String.fromCodePoint(code)
}
