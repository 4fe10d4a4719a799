import type { Bundle } from '#shared/bundle/format.ts'
import { segment } from '#shared/segments.ts'
import { Redaction } from '../secrets/redaction.ts'
import { mapTexts } from './map-texts.ts'

/** Shorter ones stand in too many words by chance: they are masked only where they stand alone. */
const shortestInside = 6

/**
 * Puts a text of the same length, encoding and number of segments in place of what people wrote: the message, values of
 * placeholders, and replies. In requests and answers they are found as they are and in the codes of addresses, forms,
 * JSON and XML; in other codes the whole of them is taken out.
 */
export function maskTexts(bundle: Bundle): Bundle {
  const { message, callbacks } = bundle
  const replies = callbacks.flatMap(({ items }) => items.flatMap(({ text }) => text ?? []))
  const written = [message.text, ...Object.values(message.values), ...replies].filter((text) => text !== '')
  // Where a secret was taken out of a text, each side of it is to be found.
  const texts = [...new Set(written.flatMap((text) => [text, ...text.split('[secret]')]))]
    .filter((text) => text.trim() !== '')
    .sort((one, other) => other.length - one.length)
  const rest = new Redaction('[text]')
  for (const text of texts) if (text.length >= shortestInside) rest.remember(text)
  const changes = texts.flatMap(changesOf)
  const change = (text: string) => rest.redact(changes.reduce((before, replace) => replace(before), text))
  const { message: _message, ...others } = bundle
  const masked = mapTexts(others, change)
  return {
    // In its order.
    ...bundle,
    ...masked,
    message: {
      ...message,
      text: maskText(message.text),
      values: Object.fromEntries(
        Object.entries(message.values).map(([name, value]) => [name, maskText(value)]),
      ),
    },
    callbacks: masked.callbacks.map((callback, index) => ({
      ...callback,
      items: callback.items.map((item, at) => {
        const text = callbacks[index]?.items[at]?.text ?? null
        return { ...item, text: text === null ? null : maskText(text) }
      }),
    })),
    masked: { ...bundle.masked, text: true },
  }
}

/** Letters as `x`, digits as `0`; what only Unicode has as another of its kind. Blanks and marks stay. */
export function maskText(text: string): string {
  return text
    .replaceAll('[secret]', '\u0000')
    .replace(/[\p{L}\p{M}\p{N}\p{S}\p{Co}\p{Cn}]/gu, (character) => {
      if (character.length > 1) return '😀'
      if (segment(character).encoding === 'UCS-2') return 'ж'
      if (/\p{N}/u.test(character)) return '0'
      if (/\p{S}/u.test(character)) return character
      return character === character.toLowerCase() ? 'x' : 'X'
    })
    .replaceAll('\u0000', '[secret]')
}

const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD')
const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
const inAscii = (text: string) =>
  inJson(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const inForm = (text: string) => new URLSearchParams({ a: text }).toString().slice(2)
const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const codes: ((text: string) => string)[] = [
  (text) => text,
  inJson,
  inAscii,
  (text) => encodeURIComponent(wellFormed(text)),
  (text) => inForm(wellFormed(text)),
  inXml,
  (text) => inXml(text).replaceAll('"', '&quot;'),
  (text) => inXml(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
]

function changesOf(text: string): ((text: string) => string)[] {
  const other = maskText(text)
  const forms = new Map(codes.map((code) => [code(text), code(other)]))
  return [...forms].map(([from, to]) => {
    if (text.length >= shortestInside) return (before: string) => before.replaceAll(from, () => to)
    const alone = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(from)}(?![\\p{L}\\p{N}])`, 'gu')
    return (before: string) => before.replace(alone, () => to)
  })
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
