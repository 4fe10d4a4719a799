/** A text in UTF-8, of which each byte knows where it stood (from, up to) in the text that was first read. */
export interface Traced {
  bytes: Uint8Array
  from: Uint32Array
  to: Uint32Array
}

interface Escape {
  /** How many bytes the escape takes up. */
  length: number
  bytes: Iterable<number>
}

const percent = 0x25
const ampersand = 0x26
const semicolon = 0x3b
const backslash = 0x5c
const longestEntity = 12
const afterBackslash: Record<string, number> = {
  b: 8,
  t: 9,
  n: 10,
  f: 12,
  r: 13,
  '"': 0x22,
  "'": 0x27,
  '/': 0x2f,
  '\\': 0x5c,
}
const names: Record<string, number> = { amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27 }

export function traced(text: string): Traced {
  const bytes = Buffer.from(text, 'utf8')
  const from = new Uint32Array(bytes.length)
  const to = new Uint32Array(bytes.length)
  // A loop, as `from` and `map` with a function take ten times as long, and every answer passes through here.
  for (let index = 0; index < bytes.length; index += 1) {
    from[index] = index
    to[index] = index + 1
  }
  return { bytes, from, to }
}

/** Takes one level of escapes away: those of URLs and forms, JSON and XML. Null when there are none. */
export function unescape(text: Traced): Traced | null {
  const { bytes } = text
  if (![percent, ampersand, backslash].some((sign) => bytes.includes(sign))) return null
  const made = {
    bytes: new Uint8Array(bytes.length),
    from: new Uint32Array(bytes.length),
    to: new Uint32Array(bytes.length),
  }
  let length = 0
  for (let index = 0; index < bytes.length;) {
    const escape = escapeAt(bytes, index)
    const taken = escape?.length ?? 1
    // No escape is shorter than what it stands for, so there is always room.
    for (const byte of escape?.bytes ?? [bytes[index] ?? 0]) {
      made.bytes[length] = byte
      made.from[length] = text.from[index] ?? 0
      made.to[length] = text.to[index + taken - 1] ?? 0
      length += 1
    }
    index += taken
  }
  if (length === bytes.length) return null
  return {
    bytes: made.bytes.subarray(0, length),
    from: made.from.subarray(0, length),
    to: made.to.subarray(0, length),
  }
}

function escapeAt(bytes: Uint8Array, index: number): Escape | null {
  const sign = bytes[index]
  if (sign === percent) return percentAt(bytes, index)
  if (sign === backslash) return backslashAt(bytes, index)
  if (sign === ampersand) return entityAt(bytes, index)
  return null
}

function percentAt(bytes: Uint8Array, index: number): Escape | null {
  const byte = hexAt(bytes, index + 1, 2)
  return byte === null ? null : { length: 3, bytes: [byte] }
}

function backslashAt(bytes: Uint8Array, index: number): Escape | null {
  const next = String.fromCharCode(bytes[index + 1] ?? 0)
  if (next === 'u') return unicodeAt(bytes, index)
  const byte = afterBackslash[next]
  return byte === undefined ? null : { length: 2, bytes: [byte] }
}

function unicodeAt(bytes: Uint8Array, index: number): Escape | null {
  const unit = hexAt(bytes, index + 2, 4)
  if (unit === null) return null
  const second = isHigh(unit) && bytes[index + 6] === backslash ? hexAt(bytes, index + 8, 4) : null
  if (second === null) return { length: 6, bytes: Buffer.from(String.fromCharCode(unit)) }
  return { length: 12, bytes: Buffer.from(String.fromCharCode(unit, second)) }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function entityAt(bytes: Uint8Array, index: number): Escape | null {
  const end = bytes.indexOf(semicolon, index)
  if (end < 0 || end - index > longestEntity) return null
  const code = entityCode(Buffer.from(bytes.subarray(index + 1, end)).toString('latin1'))
  return code === null ? null : { length: end + 1 - index, bytes: Buffer.from(String.fromCodePoint(code)) }
}

function entityCode(name: string): number | null {
  const [, decimal, hex] = /^#(?:(\d+)|[xX]([0-9a-fA-F]+))$/.exec(name) ?? []
  const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : (names[name] ?? null)
  return code !== null && code <= 0x10ffff ? code : null
}

function hexAt(bytes: Uint8Array, index: number, length: number): number | null {
  const text = String.fromCharCode(...bytes.subarray(index, index + length))
  return text.length === length && /^[0-9a-fA-F]+$/.test(text) ? Number.parseInt(text, 16) : null
}
