import type { MaskedText } from '#shared/attempt.ts'

/** For copying: a secret is named, not spelt out. */
export function plainOf(text: MaskedText): string {
  return text.map((part) => (typeof part === 'string' ? part : `•••• ${part.secret}`)).join('')
}

export function hasSecrets(...texts: MaskedText[]): boolean {
  return texts.some((text) => text.some((part) => typeof part !== 'string'))
}
