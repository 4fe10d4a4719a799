import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionCharacters, isGsm7, septetsOfUnit } from '#shared/gsm7.ts'
import { segment, splitParts } from '#shared/segments.ts'
import { reckonSegments, roomLeft } from '../helpers/segment-twin.ts'

/**
 * Texts as runs of code points (`61*160 20AC*1`), and what a separate program reckoned for them; `ends` are the
 * positions at which parts end.
 */
const vectors = readFileSync(new URL('../fixtures/segment-vectors.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [name = '', runs = '', encoding = '', units = '', segments = '', left = '', ends = ''] =
      line.split('\t')
    const numbers = { units: Number(units), segments: Number(segments), unitsLeft: Number(left) }
    return { name, text: textOf(runs), answer: { encoding, ...numbers }, ends: ends ? ends.split(',') : [] }
  })

function textOf(runs: string): string {
  const texts = runs.split(' ').map((run) => {
    const [points = '', times = '0'] = run.split('*')
    const characters = points.split('.').map((point) => String.fromCodePoint(parseInt(point || '0', 16)))
    return characters.join('').repeat(Number(times))
  })
  return texts.join('')
}

describe('segments', () => {
  it('have many vectors', () => expect(vectors.length).toBeGreaterThan(400))

  it.each(vectors)('of $name', ({ text, answer, ends }) => {
    expect(segment(text)).toMatchObject(answer)
    expect(splitParts(text).map(({ to }) => String(to))).toEqual(ends)
  })

  it('name the character that forces Unicode, and where it stands', () => {
    expect(segment('Don’t').firstUnicode).toEqual({ character: '’', index: 3 })
    expect(segment('{😀').firstUnicode).toEqual({ character: '😀', index: 1 })
    expect(segment('plain {text}').firstUnicode).toBeNull()
  })
})

const gsmText = fc
  .array(fc.tuple(fc.constantFrom(...'aé@Δ\n\r ', ...extensionCharacters), fc.nat({ max: 80 })))
  .map((runs) => runs.map(([character, times]) => character.repeat(times)).join(''))
const pieces = ['я', '😀', '👨‍👩‍👧', 'e\u0301', '❤\ufe0f', '\ud83d', '\ude00', '\r\n', '\f', '\0', '€', 'a']
const mixedText = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.nat({ max: 40 })))
  .map((runs) => runs.map(([piece, times]) => piece.repeat(times)).join(''))
const anyText = fc.oneof(
  gsmText,
  mixedText,
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

describe('any text', () => {
  it('is measured as by laying it into octets bit by bit', () => {
    const property = fc.property(anyText, (text) => {
      const twin = reckonSegments(text)
      const { encoding, units, segments, unitsLeft } = segment(text)
      expect({ encoding, units, segments }).toEqual({
        encoding: twin.encoding,
        units: twin.units,
        segments: twin.parts.length,
      })
      expect(unitsLeft).toBe(roomLeft(twin))
      const parts = splitParts(text).map((part) => ({
        text: text.slice(part.from, part.to),
        units: part.units,
      }))
      expect(parts).toEqual(twin.parts)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('is in the alphabet exactly if each of its units has septets', () => {
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const character = String.fromCharCode(unit)
      const { encoding, units } = reckonSegments(character)
      expect(isGsm7(character)).toBe(encoding === 'GSM-7')
      expect(septetsOfUnit[unit]).toBe(encoding === 'GSM-7' ? units : 0)
    }
  })
})
