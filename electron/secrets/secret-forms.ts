import { traced, unescape } from './unescape.ts'

/** In characters and in bytes. */
export const shortestForm = 4

/** Below this the inner part of a base64 text is too short to be told from other text. */
const shortestInside = 8

/** A blank is a plus in forms, and in URLs base64 has `-` and `_` for `+` and `/`: they count as the same. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) => byte)
folded['+'.charCodeAt(0)] = 0x20
folded['-'.charCodeAt(0)] = 0x20
folded['_'.charCodeAt(0)] = '/'.charCodeAt(0)

export interface Found {
  index: number
  length: number
}

/** Each way in which known secrets may stand in a text without escapes, looked up by their first four bytes. */
export class SecretForms {
  private readonly byStart = new Map<number, Uint8Array[]>()

  add(value: string): void {
    for (const form of [...plainForms(value), ...base64Forms(value), ...byteForms(value)])
      this.addForm(form.map(fold))
  }

  /** The longest form at each place; they may overlap. */
  findIn(bytes: Uint8Array): Found[] {
    const found: Found[] = []
    let start = 0
    for (let end = 0; end < bytes.length; end += 1) {
      start = pushByte(start, fold(bytes[end] ?? 0))
      const forms = this.byStart.get(start)
      if (!forms || end < shortestForm - 1) continue
      const index = end - shortestForm + 1
      const form = forms.find((candidate) => standsAt(bytes, index, candidate))
      if (form) found.push({ index, length: form.length })
    }
    return found
  }

  private addForm(form: Uint8Array): void {
    if (form.length < shortestForm) return
    const start = form.subarray(0, shortestForm).reduce(pushByte, 0)
    const forms = [...(this.byStart.get(start) ?? []), form]
    this.byStart.set(
      start,
      forms.sort((one, other) => other.length - one.length),
    )
  }
}

function pushByte(start: number, byte: number): number {
  return ((start << 8) | byte) >>> 0
}

function fold(byte: number): number {
  return folded[byte] ?? byte
}

function standsAt(bytes: Uint8Array, index: number, form: Uint8Array): boolean {
  if (index + form.length > bytes.length) return false
  return form.every((byte, offset) => fold(bytes[index + offset] ?? 0) === byte)
}

/** A value that looks escaped itself is unescaped along with the text that it stands in. */
function plainForms(value: string): Uint8Array[] {
  const forms: Uint8Array[] = []
  for (let level = traced(value); ;) {
    forms.push(level.bytes)
    const next = unescape(level)
    if (!next) return forms
    level = next
  }
}

/** The bytes of its UTF-8 form read as Latin-1, and written out in hexadecimal. */
function byteForms(value: string): Uint8Array[] {
  const bytes = Buffer.from(value, 'utf8')
  const hex = bytes.toString('hex')
  return [bytes.toString('latin1'), hex, hex.toUpperCase()].map((text) => Buffer.from(text, 'utf8'))
}

function base64Forms(value: string): Uint8Array[] {
  const bytes = Buffer.from(value, 'utf8')
  const padded = bytes.toString('base64')
  const inside = bytes.length < shortestInside ? [] : [0, 1, 2].map((before) => insideBase64(bytes, before))
  return [padded, padded.replaceAll('=', ''), ...inside].map((text) => Buffer.from(text, 'latin1'))
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
