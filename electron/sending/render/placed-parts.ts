import { isJson } from '#shared/json-text.ts'
import type { SecretPlace } from '#shared/message.ts'
import type { TemplatePart } from '#shared/placeholders.ts'
import { escapeFor, escapeXmlComment, UnrenderableError } from './escape.ts'
import type { TextPair } from './masked-text.ts'
import { filled, type RenderContext } from './render-template.ts'

/** `bare`: a JSON value of its own. `tag`, `comment`: places of XML in which hardly anything can stand. */
export type Place = SecretPlace | 'bare' | 'tag' | 'comment'

type Text = Extract<TemplatePart, { kind: 'text' }>
export type Slot = Exclude<TemplatePart, Text>

/** A template taken apart, each placeholder and secret with the place that it stands in. */
export type PlacedPart = Text | (Slot & { place: Place })

export function appendParts(text: TextPair, parts: readonly PlacedPart[], context: RenderContext): void {
  for (const part of parts) {
    if (part.kind === 'text') text.text(part.text)
    else if (part.kind === 'placeholder') {
      text.text(filled(part.name, context, (value) => escapeIn(part, value)))
    } else appendSecret(text, part, context)
  }
}

function escapeIn({ place, name }: { place: Place; name: string }, value: string): string {
  switch (place) {
    case 'bare':
      return bareJson(name, value)
    case 'comment':
      return escapeXmlComment(value)
    case 'tag':
      if (/^[A-Za-z_][\w.-]*$/.test(value)) return value
      throw new UnrenderableError(`$$${name} stands in a tag: put quotes around it, or give it a plain name.`)
    default:
      return escapeFor(place, value)
  }
}

function appendSecret(text: TextPair, part: Slot & { place: Place }, context: RenderContext): void {
  const { name, place } = part
  if (place === 'tag' || place === 'comment') {
    const where = place === 'tag' ? 'a tag of the XML outside quotes' : 'a comment of the XML'
    throw new UnrenderableError(`The secret “${name}” cannot stand in ${where}.`)
  }
  const quote = place === 'bare' ? '"' : ''
  const inner = place === 'bare' ? 'json' : place
  text.text(quote)
  text.secret(escapeFor(inner, context.secretValue(name)), name, inner)
  text.text(quote)
}

const alwaysText = new Set(['To', 'Body', 'From', 'MessageID'])

/** As typed where that is valid JSON, else a string. The number and the text are always strings. */
function bareJson(name: string, value: string): string {
  if (!alwaysText.has(name) && isJson(value)) return value.trim()
  return `"${escapeFor('json', value)}"`
}
