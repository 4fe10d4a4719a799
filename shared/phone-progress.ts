import examples from 'libphonenumber-js/mobile/examples'
import { AsYouType, getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { tidyNumber } from './typed-number.ts'

/** Where several countries share a calling code, the one that most people mean. */
const mainCountries: Record<string, CountryCode> = {
  1: 'US',
  7: 'RU',
  39: 'IT',
  44: 'GB',
  47: 'NO',
  61: 'AU',
  212: 'MA',
  262: 'RE',
  290: 'SH',
  358: 'FI',
  590: 'GP',
  599: 'CW',
}

function countryOf(callingCode: string | undefined): CountryCode | null {
  if (callingCode === undefined) return null
  const sharing = getCountries().filter((code) => getCountryCallingCode(code) === callingCode)
  return mainCountries[callingCode] ?? sharing[0] ?? null
}

export interface TypingProgress {
  /** What has been typed so far, grouped as its country writes it. */
  grouped: string
  country: CountryCode | null
  /** A mobile number of the country, and how many digits it has beyond those typed; its length is the usual one. */
  example: { international: string; digitsToGo: number } | null
}

/** Null when there are no digits to group. */
export function formatTyping(typed: string, country: CountryCode | null): TypingProgress | null {
  const { digits } = tidyNumber(typed)
  if (!/\d/.test(digits)) return null
  try {
    return progressOf(digits, country)
  } catch {
    // The library fails over a few beginnings, such as 06 in Cape Verde; the next digit is told of again.
    return { grouped: digits, country, example: null }
  }
}

function progressOf(digits: string, country: CountryCode | null): TypingProgress {
  const formatter = new AsYouType(country ?? undefined)
  const grouped = formatter.input(digits.replace(/^00/, '+'))
  const found = formatter.getCountry() ?? countryOf(formatter.getCallingCode())
  const example = found ? getExampleNumber(found, examples) : undefined
  if (!example) return { grouped, country: found, example: null }
  const digitsToGo = example.nationalNumber.length - (formatter.getNumber()?.nationalNumber.length ?? 0)
  return { grouped, country: found, example: { international: example.formatInternational(), digitsToGo } }
}
