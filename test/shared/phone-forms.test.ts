import fc from 'fast-check'
import { getCountries } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { readE164, readPhone, type CountryCode } from '#shared/phone.ts'
import { formatTyping } from '#shared/phone-progress.ts'

const pasted: [string, CountryCode | null][] = [
  ['+447700900123', null],
  ['0044 7700 900123', null],
  ['00447700900123', 'US'],
  ['00447700900123', 'GB'],
  ['011447700900123', 'US'],
  ['+0044 7700 900123', null],
  ['++44 7700 900123', null],
  ['+ 44 7700 900123', null],
  ['+44 (0) 7700 900123', null],
  ['+44(0)7700900123', null],
  ['(+44) 7700 900123', null],
  ['+44.7700.900.123', null],
  ['+44/7700/900/123', null],
  ['+44 7700-900-123', null],
  ['+44 7700–900‑123', null],
  ['+44\u00a07700\u202f900123', null],
  ['+44\u200b7700\ufeff900123', null],
  ['\u202a+447700900123\u202c', null],
  ['\t+447700900123\n', null],
  ['<+447700900123>', null],
  ['"+447700900123",', null],
  ['📞 +44 7700 900123', null],
  ['tel:+447700900123', null],
  ['tel:+44-7700-900-123', null],
  ['tel:07700900123;phone-context=+44', null],
  ['tel:%2B44%207700%20900123', null],
  ['sms:+447700900123?body=hello%20there', null],
  ['SMSTO:+447700900123', null],
  ['Tel.: +44 7700 900123', null],
  ['Phone: 07700 900123', 'GB'],
  ['＋４４ ７７００ ９００１２３', null],
  ['+٤٤ ٧٧٠٠ ٩٠٠١٢٣', null],
  ['۰۷۷۰۰۹۰۰۱۲۳', 'GB'],
  ['०७७००९००१२३', 'GB'],
  ['𝟎𝟕𝟕𝟎𝟎𝟗𝟎𝟎𝟏𝟐𝟑', 'GB'],
  ['07700 900123', 'GB'],
  ['447700900123', 'GB'],
]

const refused: [string, string][] = [
  ['+1 415 555 0123 x123', 'take off “x123”'],
  ['+1 415 555 0123x123', 'take off “x123”'],
  ['+1 415 555 0123 ext. 4', 'take off “ext. 4”'],
  ['+1 415 555 0123 extension 4', 'take off “extension 4”'],
  ['+1 415 555 0123 #12', 'take off “#12”'],
  ['+1 415 555 0123,,12', 'take off “,,12”'],
  ['tel:+1-415-555-0123;ext=12', 'take off “;ext=12”'],
  ['+1 800 FLOWERS', 'write +1 800 3569377'],
  ['+1 415 555 O123', '“O” is a letter; if the digit 0 is meant'],
  ['+1 415 555 01l3', '“l” is a letter; if the digit 1 is meant'],
  ['call +1 415 555 0123', 'take out “call”'],
  ['+1 415 555 0123 привет', 'take out “привет”'],
  ['hello', '“hello” is not'],
  ['+1 415 555@0123', '“@” does not belong'],
  ['+14155550123, +14155550124', 'several'],
  ['+14155550123 +14155550124', 'several'],
  ['+14155550123 or 4155550124', 'several'],
  ['\u200b', 'Enter a phone number.'],
]

describe('a pasted number', () => {
  it.each(pasted)('%j (%s) is read', (typed, country) => {
    expect(readE164(typed, country)?.e164).toBe('+447700900123')
  })

  it('keeps the 0 in parentheses where the country does, and loses it where it does not', () => {
    expect(readE164('+39 (0)2 36618300', null)?.e164).toBe('+390236618300')
    expect(readE164('+34 (0) 612 345 678', null)?.e164).toBe('+34612345678')
  })

  it.each(refused)('%j is refused in words', (typed, words) => {
    const reading = readPhone(typed, null)
    expect(reading.ok ? '' : reading.message).toContain(words)
    expect(readE164(typed, null)).toBeNull()
  })
})

const pieces = [
  '+',
  '00',
  '0',
  '(0)',
  ' ',
  '-',
  '.',
  '/',
  '\u00a0',
  '\u200b',
  'x',
  'ext',
  ';',
  ',',
  '#',
  'tel:',
  '٤',
]
const almost = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.stringMatching(/^\d{1,8}$/)), { maxLength: 8 })
  .map((parts) => parts.join(''))
const anything = fc.oneof(almost, fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 400 }))
const anyCountry = fc.option(fc.constantFrom(...getCountries()), { nil: null })

describe('whatever is typed', () => {
  it('never throws, and is read the same way where only the number counts', () => {
    const property = fc.property(anything, anyCountry, (typed, country) => {
      const reading = readPhone(typed, country)
      expect(readE164(typed, country)?.e164).toBe(reading.ok ? reading.number.e164 : undefined)
      if (reading.ok) expect(reading.number.e164).toMatch(/^\+[1-9]\d{3,14}$/)
      else expect(reading.message).toMatch(/^\S.*[.]$/su)
      formatTyping(typed, country)
    })
    fc.assert(property, { numRuns: 3000 })
  })

  it('is not lost over a beginning that the library fails over', () => {
    expect(formatTyping('06', 'CV')).toEqual({ grouped: '06', country: 'CV', example: null })
  })

  it('has fifteen digits at most', () => {
    expect(readPhone('0090000000000000', 'JP')).toMatchObject({
      ok: false,
      message: expect.stringContaining('15 digits') as string,
    })
    expect(readE164('00900(0)0000000000', 'ID')).toBeNull()
  })

  it('reads a number back from its own E.164 form', () => {
    const property = fc.property(almost, anyCountry, (typed, country) => {
      const first = readPhone(typed, country)
      if (!first.ok || first.number.doubt !== null) return
      expect(readE164(first.number.e164, null)?.e164).toBe(first.number.e164)
    })
    fc.assert(property, { numRuns: 3000 })
  })
})
