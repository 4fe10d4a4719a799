import type { NumberFormat } from './settings.ts'
import { parsePhoneNumberFromString, getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import type { CountryCode, PhoneNumber as ParsedNumber } from 'libphonenumber-js/max'
import { isSendable, parseDigits } from './phone-parse.ts'
import { readPlain } from './phone-plain.ts'
import { refuseDigits, type Refusal } from './phone-refusal.ts'
import { tidyNumber, type TypedNumber } from './typed-number.ts'

export type { CountryCode }

export interface PhoneNumber {
  /** `+` and digits, as in `+14155550123`. */
  e164: string
  country: CountryCode | null
  /** Grouped for reading, as in `+1 415 555 0123`. */
  international: string
  /** Set when it can be a number, but not one that is known to take text messages. */
  doubt: string | null
}

export type PhoneReading = { ok: true; number: PhoneNumber } | ({ ok: false } & Refusal)

/** The part of a reading that a message needs, at half the cost: nothing is formatted, no range is looked up. */
export function readE164(
  typed: string,
  country: CountryCode | null,
): { e164: string; country: CountryCode | null } | null {
  const text = typed.trim()
  const plain = readPlain(text)
  if (plain) return plain
  const parsed = parseTyped(tidyNumber(text), country)
  return parsed ? { e164: parsed.number, country: parsed.country ?? null } : null
}

/** Reads a number as typed: with `+` or `00` and a country code, or in the national form of `country`. */
export function readPhone(typed: string, country: CountryCode | null): PhoneReading {
  const tidied = tidyNumber(typed.trim())
  const parsed = parseTyped(tidied, country)
  if (!parsed) return { ok: false, ...refuse(tidied, country) }
  const international = parsed.formatInternational()
  const found = parsed.country ?? null
  return { ok: true, number: { e164: parsed.number, country: found, international, doubt: doubtOf(parsed) } }
}

/** Undefined when it cannot be a number. */
function parseTyped(typed: TypedNumber, country: CountryCode | null): ParsedNumber | undefined {
  if (typed.refusal !== null) return undefined
  const parsed = parseDigits(typed.digits, country)
  if (isSendable(parsed)) return parsed
  const other = typed.withoutZero === null ? undefined : parseDigits(typed.withoutZero, country)
  return isSendable(other) ? other : undefined
}

function refuse(typed: TypedNumber, country: CountryCode | null): Refusal {
  if (typed.refusal !== null) return { message: typed.refusal, incomplete: false }
  return refuseDigits(typed.digits, country)
}

/** New ranges are given out before the tables know them, so an unknown range warns and does not refuse. */
function doubtOf(parsed: ParsedNumber): string | null {
  const international = parsed.formatInternational()
  const place = parsed.country ?? `+${parsed.countryCallingCode}`
  if (!parsed.isValid()) return `${international} is not in a range known for ${place}.`
  if (parsed.getType() === 'FIXED_LINE') return `${international} is a fixed line; few take text messages.`
  return null
}

/** Grouped for reading; what cannot be read is given back as it is. */
export function groupPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

export function listCountries(): { code: CountryCode; callingCode: string }[] {
  return getCountries().map((code) => ({ code, callingCode: getCountryCallingCode(code) }))
}

/** A number in E.164 as a provider wants it. */
export function writeNumber(e164: string, format: NumberFormat): string {
  if (format === 'e164') return e164
  if (format === 'digits') return e164.replace(/^\+/, '')
  return parsePhoneNumberFromString(e164)?.nationalNumber ?? e164
}
