import { listCountries } from '#shared/phone.ts'

const names = new Intl.DisplayNames(undefined, { type: 'region' })
const englishNames = new Intl.DisplayNames('en', { type: 'region' })

/** In the reader's language; codes that have no name (such as AC) stand for themselves. */
export function countryName(code: string): string {
  return nameIn(names, code)
}

function nameIn(language: Intl.DisplayNames, code: string): string {
  try {
    return language.of(code) ?? code
  } catch {
    return code
  }
}

/** What people call countries besides their names. */
const otherNames: Record<string, string> = {
  AE: 'UAE Emirates',
  BA: 'Bosnia',
  CD: 'DRC Congo Kinshasa',
  CI: 'Ivory Coast',
  CV: 'Cape Verde',
  CZ: 'Czech Republic',
  GB: 'UK England Scotland Wales Britain',
  KP: 'North Korea',
  KR: 'South Korea',
  LA: 'Laos',
  MK: 'Macedonia',
  MM: 'Burma',
  NL: 'Holland',
  RU: 'Russian Federation',
  SZ: 'Swaziland',
  TL: 'East Timor',
  TR: 'Turkey',
  US: 'USA America',
  VA: 'Vatican',
}

/** What a country is found by besides its name: its English name, and what else it is called. */
export function countryWords(code: string): string {
  return `${nameIn(englishNames, code)} ${otherNames[code] ?? ''}`
}

/** Every country as a choice, found by its name, its code, its calling code and what else it is called. */
export function countryChoices(): { value: string; label: string; detail: string; words: string }[] {
  return listCountries()
    .map(({ code, callingCode }) => ({
      value: code,
      label: countryName(code),
      detail: `+${callingCode}`,
      words: countryWords(code),
    }))
    .sort((one, other) => one.label.localeCompare(other.label))
}
