import { isJson } from '#shared/json-text.ts'
import type { SecretPlace } from '#shared/attempt.ts'
import { sourceOf, type TemplatePart } from '#shared/placeholders.ts'
import { escapeFor, escapeXmlComment, UnrenderableError } from './escape.ts'
import type { TextPair } from './masked-text.ts'
import { filled, type RenderContext } from './render-template.ts'

/** `bare`: a JSON value of its own. `tag`, `comment`: places of XML in which hardly anything can stand. */
export type Place = SecretPlace | 'bare' | 'tag' | 'comment'

type Text = Extract<TemplatePart, { kind: 'text' }>
export type Slot = Exclude<TemplatePart, Text>
type Secret = Extract<TemplatePart, { kind: 'secret' }>

/** In words for people. */
export const slotName = (slot: Slot) =>
  slot.kind === 'secret' ? `The secret “${slot.name}”` : sourceOf(slot)

/** A template taken apart, each placeholder and secret with the place that it stands in. */
export type PlacedPart = Text | (Slot & { place: Place })

export function appendParts(text: TextPair, parts: readonly PlacedPart[], context: RenderContext): void {
  for (const part of parts) {
    if (part.kind === 'text') text.text(part.text)
    else if (part.kind === 'secret') appendSecret(text, part, context)
    else text.text(filled(part, context, (value) => escapeIn(part, value)))
  }
}

function escapeIn(part: Exclude<Slot, Secret> & { place: Place }, value: string): string {
  switch (part.place) {
    case 'bare':
      return bareJson(part, value)
    case 'comment':
      return escapeXmlComment(value)
    case 'tag':
      if (/^[A-Za-z_][\w.-]*$/.test(value)) return value
      throw new UnrenderableError(
        `${sourceOf(part)} stands in a tag: put quotes around it, or give it a plain name.`,
      )
    default:
      return escapeFor(part.place, value)
  }
}

function appendSecret(text: TextPair, part: Secret & { place: Place }, context: RenderContext): void {
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
function bareJson(part: Exclude<Slot, Secret>, value: string): string {
  const isText = part.kind === 'placeholder' && alwaysText.has(part.name)
  if (!isText && isJson(value)) return value.trim()
  return `"${escapeFor('json', value)}"`
}
