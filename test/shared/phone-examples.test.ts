import examples from 'libphonenumber-js/examples.mobile.json'
import { getCountries, getExampleNumber } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { readE164, readPhone } from '#shared/phone.ts'

/** A mobile number of every country, in the forms that people write. */
const numbers = getCountries().flatMap((country) => {
  const number = getExampleNumber(country, examples)
  if (!number) return []
  const [e164, international] = [number.number, number.formatInternational()]
  const forms = [
    { typed: e164, country: null },
    { typed: international, country: null },
    { typed: international, country },
    { typed: e164.replace('+', '00'), country: null },
    { typed: international.replaceAll(' ', '-'), country: null },
    { typed: international.replaceAll(' ', '\u00a0'), country: null },
    { typed: number.getURI(), country: null },
    { typed: number.formatNational(), country },
    { typed: number.nationalNumber, country },
  ]
  return forms.map((form) => ({ e164, ...form }))
})

describe('the example numbers of every country', () => {
  it('are many, in all forms', () => {
    expect(numbers.length).toBeGreaterThan(2000)
  })

  it('are read back to the same E.164, on both ways of reading', () => {
    const wrong = numbers.filter(({ typed, country, e164 }) => {
      const reading = readPhone(typed, country)
      return !reading.ok || reading.number.e164 !== e164 || readE164(typed, country)?.e164 !== e164
    })
    expect(wrong).toEqual([])
  })

  it('stand in no doubt', () => {
    const doubted = numbers.filter(({ typed, country }) => {
      const reading = readPhone(typed, country)
      return reading.ok && reading.number.doubt !== null && !reading.number.doubt.includes('fixed line')
    })
    expect(doubted).toEqual([])
  })
})
