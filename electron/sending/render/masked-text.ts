import type { MaskedText, SecretPlace } from '#shared/attempt.ts'
import { escapeFor } from './escape.ts'

export type SecretValue = (name: string) => string

/** Spells out the secrets of a recorded text, escaped as they were when it was sent. */
export function revealText(text: MaskedText, secretValue: SecretValue): string {
  return text.map((part) => (typeof part === 'string' ? part : revealSecret(part, secretValue))).join('')
}

function revealSecret(
  part: { secret: string; place: SecretPlace; parts?: MaskedText },
  secretValue: SecretValue,
): string {
  return escapeFor(part.place, part.parts ? revealText(part.parts, secretValue) : secretValue(part.secret))
}

/** Builds the text that goes out and the text that is kept side by side, so that the two cannot drift apart. */
export class TextPair {
  wire = ''
  readonly masked: MaskedText = []

  text(text: string): void {
    this.wire += text
    this.mask(text)
  }

  secret(escaped: string, name: string, place: SecretPlace, parts?: MaskedText): void {
    this.wire += escaped
    this.mask(parts === undefined ? { secret: name, place } : { secret: name, place, parts })
  }

  append(other: TextPair): void {
    this.wire += other.wire
    for (const part of other.masked) this.mask(part)
  }

  private mask(part: MaskedText[number]): void {
    if (part === '') return
    const last = this.masked.length - 1
    if (typeof part === 'string' && typeof this.masked[last] === 'string') this.masked[last] += part
    else this.masked.push(part)
  }
}
