import { Metadata } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { mostDigits } from './phone-parse.ts'

/** What is read here of the library's tables; its own types leave most of it out. */
interface Tables {
  selectNumberingPlan(countryOrCallingCode: string): void
  getCountryCodesForCallingCode(callingCode: string): CountryCode[] | undefined
  nationalNumberPattern(): string
  nationalPrefixForParsing(): string | undefined
  leadingDigits(): string | undefined
  possibleLengths(): number[] | undefined
  type(name: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined
}

interface Country {
  code: CountryCode
  lengths: number[]
  /** Whether a number of the calling code is this country's. */
  owns: (national: string) => boolean
}

interface Plan {
  /** With what a number begins that may have to lose it first. */
  prefix: RegExp | null
  countries: Country[]
}

const plainNumber = /^\+[1-9]\d+$/
const longestCallingCode = 3

/**
 * A number that is written out in full already, as programs and files give it: the same answer as the library's, with its
 * tables made into patterns once and not for each number. Null: no such number, or one that the library has to look at.
 */
export function readPlain(typed: string): { e164: string; country: CountryCode } | null {
  if (typed.length > mostDigits + 1 || !plainNumber.test(typed)) return null
  for (let end = 2; end <= longestCallingCode + 1; end += 1) {
    const plan = planOf(typed.slice(1, end))
    if (plan) return readNational(plan, typed, typed.slice(end))
  }
  return null
}

function readNational({ prefix, countries }: Plan, e164: string, national: string) {
  if (prefix?.test(national)) return null
  const country = countries.find(({ owns }) => owns(national))
  return country?.lengths.includes(national.length) ? { e164, country: country.code } : null
}

const plans = new Map<string, Plan | null>()

/** Null where there is no such calling code, or none of a country. */
function planOf(callingCode: string): Plan | null {
  const known = plans.get(callingCode)
  if (known !== undefined) return known
  const plan = readPlan(callingCode)
  plans.set(callingCode, plan)
  return plan
}

function readPlan(callingCode: string): Plan | null {
  const tables = new Metadata() as unknown as Tables
  const codes = tables.getCountryCodesForCallingCode(callingCode)
  if (!codes) return null
  tables.selectNumberingPlan(callingCode)
  const prefix = tables.nationalPrefixForParsing()
  const isOnly = codes.length === 1
  return {
    prefix: prefix ? new RegExp(`^(?:${prefix})`) : null,
    countries: codes.map((code) => readCountry(tables, code, isOnly)),
  }
}

function readCountry(tables: Tables, code: CountryCode, isOnly: boolean): Country {
  tables.selectNumberingPlan(code)
  const lengths = tables.possibleLengths() ?? []
  return { code, lengths, owns: isOnly ? () => true : ownershipOf(tables) }
}

const types = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
]

/** By the digits that a country's numbers begin with, where it has its own; else by its ranges. */
function ownershipOf(tables: Tables): Country['owns'] {
  const leading = tables.leadingDigits()
  if (leading) {
    const begins = new RegExp(`^(?:${leading})`)
    return (national) => begins.test(national)
  }
  const whole = wholly(tables.nationalNumberPattern())
  const ranges = types.flatMap((name) => {
    const type = tables.type(name)
    return type?.pattern() ? [{ lengths: type.possibleLengths(), pattern: wholly(type.pattern()) }] : []
  })
  return (national) =>
    whole.test(national) &&
    ranges.some(
      ({ lengths, pattern }) => (!lengths || lengths.includes(national.length)) && pattern.test(national),
    )
}

function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`)
}
