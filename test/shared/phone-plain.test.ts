import fc from 'fast-check'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'
import { isSendable, parseDigits } from '#shared/phone-parse.ts'
import { readPlain } from '#shared/phone-plain.ts'

/** What the library makes of it. */
function byLibrary(typed: string) {
  const parsed = parseDigits(typed, null)
  return isSendable(parsed) ? { e164: parsed.number, country: parsed.country ?? null } : null
}

const callingCodes = [...new Set(getCountries().map((code) => getCountryCallingCode(code)))]
const national = fc.stringMatching(/^\d{3,13}$/)

test('a number that is read says what the library says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...callingCodes), national, (code, rest) => {
      const plain = readPlain(`+${code}${rest}`)
      if (plain) expect(plain).toEqual(byLibrary(`+${code}${rest}`))
    }),
    { numRuns: 5000 },
  )
})

test('numbers near those that each country gives out are read as the library reads them', () => {
  const known = getCountries().flatMap((code) => getExampleNumber(code, examples)?.number ?? [])
  expect(known.length).toBeGreaterThan(200)
  const digit = fc.integer({ min: 0, max: 9 })
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.array(digit, { maxLength: 6 }), (number, last) => {
      const typed = number.slice(0, number.length - last.length) + last.join('')
      const plain = readPlain(typed)
      if (plain) expect(plain).toEqual(byLibrary(typed))
    }),
    { numRuns: 5000 },
  )
})

test('nearly all usual mobile numbers are read without the library', () => {
  const numbers = getCountries().map((code) => getExampleNumber(code, examples)?.number ?? '')
  const left = numbers.filter((number) => readPlain(number) === null)
  expect(left.length).toBeLessThan(20)
})

test.each([
  '',
  '+',
  '+0123456789',
  '14155550123',
  '0044 20 7946 0958',
  '+1 415 555 0123',
  '+14155550123x5',
  '+99912345678',
  `+1${'4'.repeat(20)}`,
])('%j is left to the library', (typed) => {
  expect(readPlain(typed)).toBeNull()
})
