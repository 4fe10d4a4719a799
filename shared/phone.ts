import { parsePhoneNumberFromString, getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'

export type { CountryCode }

export interface PhoneNumber {
  /** `+` and digits, as in `+14155550123`. */
  e164: string
  country: CountryCode | null
  /** Grouped for reading, as in `+1 415 555 0123`. */
  international: string
  /** Set when the length fits but the range is not one that the country is known to have given out. */
  doubt: string | null
}

export type PhoneReading = { ok: true; number: PhoneNumber } | { ok: false; message: string }

/** The part of a reading that a message needs, at half the cost: nothing is formatted, no range is looked up. */
export function readE164(
  typed: string,
  country: CountryCode | null,
): { e164: string; country: CountryCode | null } | null {
  const parsed = parsePhoneNumberFromString(typed.trim(), country ?? undefined)
  return parsed?.isPossible() ? { e164: parsed.number, country: parsed.country ?? null } : null
}

/** Reads a number as typed: with `+` and a country code, or in the national form of `country`. */
export function readPhone(typed: string, country: CountryCode | null): PhoneReading {
  const trimmed = typed.trim()
  if (trimmed === '') return { ok: false, message: 'Enter a phone number.' }
  const parsed = parsePhoneNumberFromString(trimmed, country ?? undefined)
  if (!parsed) return { ok: false, message: unreadable(trimmed, country) }
  const international = parsed.formatInternational()
  const place = parsed.country ?? `+${parsed.countryCallingCode}`
  if (!parsed.isPossible())
    return { ok: false, message: `${international} has the wrong length for ${place}.` }
  // New ranges are given out before the tables know them, so an unknown range warns and does not refuse.
  const doubt = parsed.isValid() ? null : `${international} is not in a range known for ${place}.`
  return { ok: true, number: { e164: parsed.number, country: parsed.country ?? null, international, doubt } }
}

function unreadable(typed: string, country: CountryCode | null): string {
  if (typed.startsWith('+') || country)
    return 'Enter a full phone number, digits only after the country code.'
  return 'Start with + and the country code, or choose a country.'
}

/** Grouped for reading; what cannot be read is given back as it is. */
export function groupPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

export function listCountries(): { code: CountryCode; callingCode: string }[] {
  return getCountries().map((code) => ({ code, callingCode: getCountryCallingCode(code) }))
}
