import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max'

/**
 * What digits mean, with `+` or in the national form of `country`; undefined when they mean nothing. `00` is read as `+`
 * unless it begins a number of the country itself.
 */
export function parseDigits(digits: string, country: CountryCode | null): PhoneNumber | undefined {
  const asTyped = parsePhoneNumberFromString(digits, country ?? undefined)
  if (!digits.startsWith('00') || asTyped?.isPossible()) return asTyped
  return parsePhoneNumberFromString(`+${digits.slice(2)}`) ?? asTyped
}
