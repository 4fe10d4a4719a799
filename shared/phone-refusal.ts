import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { isSendable, mostDigits, parseDigits } from './phone-parse.ts'

export interface Refusal {
  message: string
  /** More digits, or a country, may still make it a number: not an error while it is being typed. */
  incomplete: boolean
  /** Digits that are missing at the least, where that is known. */
  missing?: number
}

/** Those of no country, such as 800 (freephone) and 870 (satellite). Source: ITU-T E.164, list of assigned codes. */
const worldwide = ['800', '808', '870', '878', '881', '882', '883', '888', '979']
let callingCodes: string[] | null = null

/** Why digits that cannot be a number are none. */
export function refuseDigits(digits: string, country: CountryCode | null): Refusal {
  if (digits === '') return goOn('Enter a phone number.')
  const wrongCode = digits.startsWith('+') ? refuseCallingCode(digits.slice(1)) : null
  if (wrongCode) return wrongCode
  if (!digits.startsWith('+') && country === null) return refuseWithoutCountry(digits)
  if (parseDigits(digits, country)?.isPossible())
    return {
      message: `Too long: a number has ${mostDigits} digits at most, country code included.`,
      incomplete: false,
    }
  return refuseLength(digits, country)
}

function goOn(message: string): Refusal {
  return { message, incomplete: true }
}

function refuseCallingCode(digits: string): Refusal | null {
  if (digits === '') return goOn('Go on with the country code after +.')
  if (digits.startsWith('0')) return { message: 'No country code begins with 0.', incomplete: false }
  callingCodes ??= [...new Set(getCountries().map((code) => getCountryCallingCode(code))), ...worldwide]
  if (callingCodes.some((code) => digits.startsWith(code))) return null
  if (callingCodes.some((code) => code.startsWith(digits)))
    return goOn(`Go on after +${digits}: the country code is not whole yet.`)
  return { message: `No country code begins with +${digits.slice(0, 3)}.`, incomplete: false }
}

function refuseWithoutCountry(digits: string): Refusal {
  const message = 'Start with + and the country code, or choose a country.'
  return goOn(`${message}${meantWithPlus(digits)}`)
}

/** People leave the + out where the country code is there already. */
function meantWithPlus(digits: string): string {
  const number = parseDigits(`+${digits}`, null)
  return number?.isValid() ? ` If ${number.formatInternational()} is meant, put + before it.` : ''
}

function refuseLength(digits: string, country: CountryCode | null): Refusal {
  const national = !digits.startsWith('+')
  const { missing, surplus } = distanceToLength(digits, country)
  if (surplus === null && missing !== null) return { ...goOn(tooShort(digits, missing)), missing }
  const hint = national ? meantWithPlus(digits) : ''
  if (missing === null && surplus !== null)
    return { message: `Too long by ${count(surplus)}.${hint}`, incomplete: false }
  if (missing !== null && surplus !== null)
    return {
      ...goOn(
        `No number there has this length: ${count(missing)} too few or ${count(surplus)} too many.${hint}`,
      ),
      missing,
    }
  return { message: `Too long for a phone number.${hint}`, incomplete: false }
}

function tooShort(digits: string, missing: number): string {
  const words = `Too short: at least ${count(missing)} missing.`
  return /^[1-9]\d{2,5}$/.test(digits) ? `${words} A short code cannot be sent to.` : words
}

function count(digits: number): string {
  return `${digits} digit${digits === 1 ? '' : 's'}`
}

/** Digits to add, and to take off, until the length is one that the country has. */
function distanceToLength(digits: string, country: CountryCode | null) {
  const fits = (text: string) => isSendable(parseDigits(text, country))
  let missing: number | null = null
  let surplus: number | null = null
  for (let step = 1; step < mostDigits && (missing === null || surplus === null); step += 1) {
    if (missing === null && fits(digits + '0'.repeat(step))) missing = step
    if (surplus === null && step < digits.length && fits(digits.slice(0, -step))) surplus = step
  }
  return { missing, surplus }
}
