import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoints, nameCharacter } from '#shared/character-name.ts'
import { isGsm7 } from '#shared/gsm7.ts'
import { plainForms } from '#shared/plain-table.ts'
import { findUnicodeSpots, groupSpots, replaceSpots } from '#shared/plain-text.ts'

const plainText = (text: string) => replaceSpots(text, findUnicodeSpots(text))

describe('plain forms', () => {
  it('are in the GSM alphabet, of characters that are not', () => {
    for (const [character, { plain, name }] of plainForms) {
      expect({ name, plain: isGsm7(plain), character: isGsm7(character) }).toEqual({
        name,
        plain: true,
        character: false,
      })
    }
  })

  it.each([
    ['Don’t “go” — now…', 'Don\'t "go" - now...'],
    ['«5 €» ‹ok›', '"5 €" \'ok\''],
    ['a\u00a0b\u2009c\u3000d\te', 'a b c d e'],
    ['a\u200bb\ufeffc\u00add\u200de', 'abcde'],
    ['• one\u2028• two', '* one\n* two'],
    ['ﬁne oﬃce œuvre', 'fine office oeuvre'],
    ['ê ç ã ş ğ ı İ ł đ ő ệ', 'e c a s g i I l d o e'],
    ['e\u0301 a\u0301 n\u0303', 'é a ñ'],
    ['₹500, ₽20, ¢5', 'Rs500, RUB20, c5'],
    ['\u2126 \u212b ｏｋ ①', 'Ω Å ok 1'],
    ['1½ kg, ½ l, m², 10²', '1 1/2 kg, 1/2 l, m2, 10^2'],
    ['20 °C ± 1, 3 × 4 ≤ 12', '20 degC +/- 1, 3 x 4 <= 12'],
    ['©2026 Acme™️ №1', '(c)2026 AcmeTM No.1'],
    ['1\ufe0f\u20e3', '1'],
    ['é à ñ € [] stay', 'é à ñ € [] stay'],
  ])('of %j', (text, plain) => expect(plainText(text)).toBe(plain))

  it.each(['👨‍👩‍👧 ❤️ 🇮🇳 👍🏽', 'می\u200cخواهم', 'नमस्ते', 'Привет', '한국어', '\ud800', 'ﷺ'])(
    'are not made up for %j',
    (text) => expect(plainText(text)).toBe(text),
  )

  it('leave nothing that had one, and change nothing in the GSM alphabet', () => {
    const pieces = ['a', '1', '’', '½', '²', '\u200d', '\u0301', '😀', 'ى', '\r\n', '\ud83d', 'ﬁ', '€']
    const text = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    )
    const property = fc.property(text, (given) => {
      const spots = findUnicodeSpots(given)
      expect(spots.length === 0).toBe(isGsm7(given))
      for (const { from, to, text: cluster, plain } of spots) {
        expect(given.slice(from, to)).toBe(cluster)
        expect(plain === null || isGsm7(plain)).toBe(true)
      }
      if (spots.every(({ plain }) => plain !== null)) expect(isGsm7(replaceSpots(given, spots))).toBe(true)
      const outside = (of: string) => of.split('').filter((unit) => !isGsm7(unit)).length
      const kept = spots.filter(({ plain }) => plain === null)
      const units = kept.map(({ text: cluster }) => cluster).join('')
      expect(outside(replaceSpots(given, spots))).toBe(outside(units))
    })
    fc.assert(property, { numRuns: 3000 })
  })
})

describe('the characters that force Unicode', () => {
  it('are grouped: each that has a plain form by itself, the others by their kind', () => {
    const groups = groupSpots(findUnicodeSpots('Жду 😀 “вас” — “всех” 😀'))
    expect(groups.map(({ name, plain, spots }) => [name, plain, spots.length])).toEqual([
      ['Cyrillic', null, 10],
      ['emoji', null, 2],
      ['left double quotation mark', '"', 2],
      ['right double quotation mark', '"', 2],
      ['em dash', '-', 1],
    ])
  })

  it.each([
    ['’', 'right single quotation mark', 'U+2019'],
    ['ê', 'e with circumflex', 'U+00EA'],
    ['ệ', 'e with dot below and circumflex', 'U+1EC7'],
    ['a\u200d', 'zero-width joiner', 'U+0061 U+200D'],
    ['™️', 'trade mark sign', 'U+2122 U+FE0F'],
    ['👨‍👩‍👧', 'emoji', 'U+1F468 U+200D U+1F469…'],
    ['\ud800', 'half of a character', 'U+D800'],
    ['я', 'Cyrillic', 'U+044F'],
    ['\u0007', 'control character', 'U+0007'],
  ])('%j have names and code points', (character, name, points) => {
    expect(nameCharacter(character)).toBe(name)
    expect(codePoints(character)).toBe(points)
  })
})
