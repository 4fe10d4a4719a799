import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segment } from '#shared/segments.ts'

const basic = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà'
const extended = '\f^{}\\[~]|€'
const gsmText = fc.string({ unit: fc.constantFrom(...basic, ...extended), maxLength: 700 })
const anyText = fc.string({ unit: 'grapheme', maxLength: 300 })

/** Fills parts one character at a time, the slow and plain way. */
function bruteForce(text: string): { encoding: string; parts: number[] } {
  const isGsm = [...text].every(
    (character) => basic.includes(character) || extended.includes(character) || /[A-Za-z]/.test(character),
  )
  const cost = (character: string) => (isGsm ? (extended.includes(character) ? 2 : 1) : character.length)
  const total = [...text].reduce((sum, character) => sum + cost(character), 0)
  const [single, part] = isGsm ? [160, 153] : [70, 67]
  if (total <= single) return { encoding: isGsm ? 'GSM-7' : 'UCS-2', parts: total === 0 ? [] : [total] }
  const parts = [0]
  for (const character of text) {
    const last = parts.length - 1
    if ((parts[last] ?? 0) + cost(character) > part) parts.push(cost(character))
    else parts[last] = (parts[last] ?? 0) + cost(character)
  }
  return { encoding: isGsm ? 'GSM-7' : 'UCS-2', parts }
}

describe('segments', () => {
  it.each([
    ['', 'GSM-7', 0, 160],
    ['a'.repeat(160), 'GSM-7', 1, 0],
    ['a'.repeat(161), 'GSM-7', 2, 145],
    ['a'.repeat(306), 'GSM-7', 2, 0],
    ['a'.repeat(307), 'GSM-7', 3, 152],
    [`${'a'.repeat(159)}€`, 'GSM-7', 2, 145],
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, 'GSM-7', 2, 141],
    ['я'.repeat(70), 'UCS-2', 1, 0],
    ['я'.repeat(71), 'UCS-2', 2, 63],
    [`${'я'.repeat(66)}😀${'я'.repeat(5)}`, 'UCS-2', 2, 60],
  ])('of %j', (text, encoding, segments, unitsLeft) => {
    expect(segment(text)).toMatchObject({ encoding, segments, unitsLeft })
  })

  it('agree with filling parts one character at a time', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyText), (text) => {
        const twin = bruteForce(text)
        const counted = segment(text)
        expect(counted.encoding).toBe(twin.encoding)
        expect(counted.segments).toBe(twin.parts.length)
        expect(counted.unitsLeft).toBe(counted.unitsPerSegment - (twin.parts.at(-1) ?? 0))
      }),
    )
  })

  it('name the character that forces Unicode, and where it stands', () => {
    expect(segment('Don’t').firstUnicode).toEqual({ character: '’', index: 3 })
    expect(segment('{😀').firstUnicode).toEqual({ character: '😀', index: 1 })
  })
})
