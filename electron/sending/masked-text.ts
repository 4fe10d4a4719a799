import type { MaskedText, SecretPlace } from '#shared/message.ts'
import { parseTemplate } from '#shared/placeholders.ts'
import { escapeFor } from './escape.ts'

export type SecretValue = (name: string) => string

/** Spells out the secrets of a recorded text, escaped as they were when it was sent. */
export function revealText(text: MaskedText, secretValue: SecretValue): string {
  return text.map((part) => (typeof part === 'string' ? part : revealSecret(part, secretValue))).join('')
}

function revealSecret(
  part: { secret: string; place: SecretPlace; template?: string },
  secretValue: SecretValue,
): string {
  if (part.template === undefined) return escapeFor(part.place, secretValue(part.secret))
  const plain = parseTemplate(part.template)
    .map((piece) =>
      piece.kind === 'secret'
        ? secretValue(piece.name)
        : piece.kind === 'text'
          ? piece.text
          : `$$${piece.name}`,
    )
    .join('')
  return escapeFor(part.place, plain)
}

/** Builds the text that goes out and the text that is kept side by side, so that the two cannot drift apart. */
export class TextPair {
  wire = ''
  readonly masked: MaskedText = []

  text(text: string): void {
    if (text === '') return
    this.wire += text
    const last = this.masked.length - 1
    if (typeof this.masked[last] === 'string') this.masked[last] += text
    else this.masked.push(text)
  }

  secret(escaped: string, name: string, place: SecretPlace, template?: string): void {
    this.wire += escaped
    this.masked.push(template === undefined ? { secret: name, place } : { secret: name, place, template })
  }

  append(other: TextPair): void {
    this.wire += other.wire
    for (const part of other.masked) {
      if (typeof part === 'string') this.textOfMask(part)
      else this.masked.push(part)
    }
  }

  private textOfMask(text: string): void {
    const last = this.masked.length - 1
    if (typeof this.masked[last] === 'string') this.masked[last] += text
    else this.masked.push(text)
  }
}
