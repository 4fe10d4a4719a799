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

/** Digits that a number has at most, its country code included. Source: ITU-T E.164, 6.1. */
export const mostDigits = 15

/** Whether digits have a length that their country gives out, and that E.164 has room for. */
export function isSendable(parsed: PhoneNumber | undefined): parsed is PhoneNumber {
  return parsed !== undefined && parsed.isPossible() && parsed.number.length <= mostDigits + 1
}
