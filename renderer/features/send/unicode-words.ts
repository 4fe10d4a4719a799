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

/** What plain forms would make of the text. */
export function savingWords(text: string, spots: UnicodeSpot[], groups: UnicodeGroup[]): string {
  const before = segment(text)
  const after = segment(replaceSpots(text, spots))
  const lasting = groups.filter(({ plain }) => plain === null).map(({ name }) => name)
  const rest = lasting.slice(0, 3).join(', ') + (lasting.length > 3 ? ' and others' : '')
  if (lasting.length === groups.length) return `No plain form stands for ${rest}.`
  const saved = after.segments < before.segments
  const segments = `${plural(after.segments, 'segment')} instead of ${before.segments}`
  if (lasting.length > 0) {
    const stays = `${rest} ${lasting.length > 1 ? 'keep' : 'keeps'} it Unicode`
    return saved ? `Plain forms would make it ${segments}; ${stays}.` : `${stays}, whatever is replaced.`
  }
  if (saved) return `Plain forms would make it ${segments}.`
  const room = plural(after.unitsLeft, 'character')
  return `Plain forms would leave room for ${room} instead of ${before.unitsLeft}.`
}
