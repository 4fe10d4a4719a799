import { addToTree, emptyTree, isEmpty, longestAt, removeFromTree, type FormTree } from './form-tree.ts'
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

/**
 * Each way in which known secrets may stand in a text without escapes, looked up by their first four bytes: in most texts
 * hardly any place begins like a secret.
 */
export class SecretForms {
  private readonly byStart = new Map<number, FormTree>()

  add(value: string): void {
    for (const form of formsOf(value)) {
      const start = startOf(form)
      const tree = this.byStart.get(start) ?? emptyTree()
      this.byStart.set(start, tree)
      addToTree(tree, form)
    }
  }

  /** For a value that was added once. */
  remove(value: string): void {
    for (const form of formsOf(value)) {
      const start = startOf(form)
      const tree = this.byStart.get(start)
      if (!tree) continue
      removeFromTree(tree, form)
      if (isEmpty(tree)) this.byStart.delete(start)
    }
  }

  /** The longest form at each place; they may overlap. */
  findIn(bytes: Uint8Array): Found[] {
    const found: Found[] = []
    let start = 0
    for (let end = 0; end < bytes.length; end += 1) {
      start = pushByte(start, folded[bytes[end] ?? 0] ?? 0)
      if (end < shortestForm - 1) continue
      const tree = this.byStart.get(start)
      if (!tree) continue
      const index = end - shortestForm + 1
      const length = longestAt(tree, bytes, index, folded)
      if (length > 0) found.push({ index, length })
    }
    return found
  }
}

/** As a signed number, which the engine need not put on the heap as often. */
function pushByte(start: number, byte: number): number {
  return (start << 8) | byte
}

function startOf(form: Uint8Array): number {
  let start = 0
  for (let index = 0; index < shortestForm; index += 1) start = pushByte(start, form[index] ?? 0)
  return start
}

function formsOf(value: string): Uint8Array[] {
  const forms = [...plainForms(value), ...base64Forms(value), ...byteForms(value)]
  return forms.filter((form) => form.length >= shortestForm).map(fold)
}

function fold(form: Uint8Array): Uint8Array {
  const result = new Uint8Array(form.length)
  for (let index = 0; index < form.length; index += 1) result[index] = folded[form[index] ?? 0] ?? 0
  return result
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
