import type { VendorSummary } from '#shared/catalogue/entry.ts'
import { countryName, countryWords } from '../../lib/country-name.ts'
import { findChoices } from '../../ui/find-choices.ts'

type Listed = Pick<VendorSummary, 'id' | 'name' | 'aliases' | 'countries'>

export const everywhere = 'Everywhere'

/** Where a vendor is mostly used, in words. */
export function placesOf({ countries }: Pick<VendorSummary, 'countries'>): string {
  return countries.length === 0 ? everywhere : countries.map(countryName).join(', ')
}

/**
 * Vendors by name, by what else they are called, or by a country; those whose name begins so come first. Where there are
 * none, those whose name is nearest to what is typed.
 */
export function findVendors<Vendor extends Listed>(list: Vendor[], typed: string): Vendor[] {
  if (typed.trim() === '') return list
  const choices = list.map((vendor) => ({
    value: vendor.id,
    label: vendor.name,
    detail: placesOf(vendor),
    words: [...vendor.aliases, ...vendor.countries, ...vendor.countries.map(countryWords)].join(' '),
  }))
  const byId = new Map(list.map((vendor) => [vendor.id, vendor]))
  const found = findChoices(choices, typed).flatMap(({ value }) => byId.get(value) ?? [])
  return found.length > 0 ? found : nearest(list, typed)
}

/** Those with the fewest slips of the keyboard, one for each four letters at most; of three letters any word may be made. */
function nearest<Vendor extends Listed>(list: Vendor[], typed: string): Vendor[] {
  const wanted = letters(typed)
  const most = Math.floor(wanted.length / 4)
  const ranked = list.map((vendor) => ({
    vendor,
    slips: Math.min(...[vendor.name, ...vendor.aliases].map((name) => slipsBetween(wanted, letters(name)))),
  }))
  const fewest = Math.min(most, ...ranked.map(({ slips }) => slips))
  return most === 0 ? [] : ranked.filter(({ slips }) => slips === fewest).map(({ vendor }) => vendor)
}

const letters = (text: string) =>
  [...text.normalize('NFD').toLowerCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter))

/** Letters to add, to leave out or to replace, so that what is typed begins the name. */
function slipsBetween(typed: readonly string[], name: readonly string[]): number {
  let row = name.map((_, index) => index + 1)
  row.unshift(0)
  typed.forEach((letter, at) => {
    const next = [at + 1]
    name.forEach((other, index) => {
      const [replaced, added, left] = [row[index] ?? 0, row[index + 1] ?? 0, next[index] ?? 0]
      next.push(Math.min(replaced + (letter === other ? 0 : 1), added + 1, left + 1))
    })
    row = next
  })
  return Math.min(...row)
}
