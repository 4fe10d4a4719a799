import { codePoints } from '#shared/character-name.ts'
import { replaceSpots, type UnicodeGroup, type UnicodeSpot } from '#shared/plain-text.ts'
import { segment } from '#shared/segments.ts'
import { plural } from '../../lib/format.ts'

/** As it looks, where it can be seen, and its code point. */
export function characterLabel(character: string): string {
  const seen = /^[^\p{Z}\p{C}\p{M}]/u.test(character)
  return seen ? `“${character}” (${codePoints(character)})` : codePoints(character)
}

export function plainLabel(plain: string): string {
  if (plain === '') return 'removed'
  if (plain === ' ') return 'space'
  return plain === '\n' ? 'line break' : plain
}

export interface Saving {
  words: string
  /** Whether replacing all that can be is worth a button of its own. */
  worthwhile: boolean
}

/** What plain forms would make of the text. */
export function savingOf(text: string, spots: UnicodeSpot[], groups: UnicodeGroup[]): Saving {
  const before = segment(text)
  const after = segment(replaceSpots(text, spots))
  const lasting = groups.filter(({ plain }) => plain === null).map(({ name }) => name)
  const kinds = lasting.slice(0, 3).join(', ') + (lasting.length > 3 ? ' and more' : '')
  if (lasting.length === groups.length)
    return { words: `Nothing in GSM-7 can stand for ${kinds}.`, worthwhile: false }
  const worthwhile = after.segments < before.segments
  const segments = `Plain forms would make it ${plural(after.segments, 'segment')} instead of ${before.segments}`
  if (lasting.length > 0) {
    const stays = `it stays Unicode because of ${kinds}.`
    const words = worthwhile ? `${segments}; ${stays}` : `I${stays.slice(1)}`
    return { words, worthwhile }
  }
  if (worthwhile) return { words: `${segments}.`, worthwhile }
  const room = plural(after.unitsLeft, 'character')
  const words = `Plain forms would leave room for ${room} instead of ${before.unitsLeft}.`
  return { words, worthwhile: true }
}
