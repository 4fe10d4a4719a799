import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findUnicodeSpots, groupSpots } from '#shared/plain-text.ts'
import { splitParts } from '#shared/segments.ts'
import { spotsToMark, textPieces } from '../../../renderer/features/send/text-pieces.ts'
import { characterLabel, plainLabel, savingOf } from '../../../renderer/features/send/unicode-words.ts'

const piecesOf = (text: string) => textPieces(text, findUnicodeSpots(text), splitParts(text))

describe('the pieces of a text', () => {
  it('mark what forces Unicode, and number the segments', () => {
    expect(piecesOf('Don’t')).toEqual([
      { text: 'Don', marked: false, segment: null },
      { text: '’', marked: true, segment: null },
      { text: 't', marked: false, segment: null },
    ])
    expect(piecesOf(`${'a'.repeat(306)}b`).map(({ text, segment }) => [text.length, segment])).toEqual([
      [153, null],
      [153, 2],
      [1, 3],
    ])
  })

  it('are the text, and all of its segments', () => {
    const units = fc.constantFrom('a', '’', '😀', '👨‍👩‍👧', 'я', 'e\u0301', '\n')
    const text = fc
      .array(fc.tuple(units, fc.nat({ max: 50 })), { maxLength: 12 })
      .map((runs) => runs.map(([unit, times]) => unit.repeat(times)).join(''))
    const property = fc.property(text, (given) => {
      const pieces = piecesOf(given)
      expect(pieces.map((piece) => piece.text).join('')).toBe(given)
      const marked = pieces.filter((piece) => piece.marked).map((piece) => piece.text)
      const spots = findUnicodeSpots(given).map((spot) => spot.text)
      expect(marked.join('')).toBe(spots.join(''))
      const starts = pieces.filter((piece) => piece.segment !== null)
      expect(starts).toHaveLength(Math.max(0, splitParts(given).length - 1))
    })
    fc.assert(property)
  })

  it('leave a text in another script unmarked, but for what can be mended', () => {
    const text = 'Жду — вас'
    expect(spotsToMark(text, findUnicodeSpots(text)).map((spot) => spot.text)).toEqual(['—'])
    const few = 'A smile 😀 costs nothing'
    expect(spotsToMark(few, findUnicodeSpots(few))).toHaveLength(1)
  })
})

describe('the words about Unicode', () => {
  const saving = (text: string) => {
    const spots = findUnicodeSpots(text)
    const replaceable = spots.filter(({ plain }) => plain !== null)
    return savingOf(text, replaceable, groupSpots(spots))
  }

  it.each([
    [`’${'a'.repeat(99)}`, 'Plain forms would make it 1 segment instead of 2.', true],
    ['It’s', 'Plain forms would leave room for 156 characters instead of 66.', true],
    ['😀 it’s', 'It stays Unicode because of emoji.', false],
    ['Привет', 'Nothing in GSM-7 can stand for Cyrillic.', false],
    [
      `😀${'\u200b'.repeat(70)}`,
      'Plain forms would make it 1 segment instead of 2; it stays Unicode because of emoji.',
      true,
    ],
  ])('say what plain forms save in %j', (text, words, worthwhile) => {
    expect(saving(text)).toEqual({ words, worthwhile })
  })

  it('show what can be seen, and name what cannot', () => {
    expect(['’', '\u00a0', '\u200b'].map(characterLabel)).toEqual(['“’” (U+2019)', 'U+00A0', 'U+200B'])
    expect(["'", ' ', '', '\n'].map(plainLabel)).toEqual(["'", 'space', 'removed', 'line break'])
  })
})
