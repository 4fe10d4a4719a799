import type { VendorSummary } from '#shared/catalogue/entry.ts'
import { countryName, countryWords } from '../../lib/country-name.ts'
import { findChoices } from '../../ui/find-choices.ts'

type Listed = Pick<VendorSummary, 'id' | 'name' | 'aliases' | 'countries'>

export const everywhere = 'Everywhere'

/** Where a vendor is mostly used, in words. */
export function placesOf({ countries }: Pick<VendorSummary, 'countries'>): string {
  return countries.length === 0 ? everywhere : countries.map(countryName).join(', ')
}

/** Vendors by name, by what else they are called, or by a country; those whose name begins so come first. */
export function findVendors<Vendor extends Listed>(list: Vendor[], typed: string): Vendor[] {
  if (typed.trim() === '') return list
  const choices = list.map((vendor) => ({
    value: vendor.id,
    label: vendor.name,
    detail: placesOf(vendor),
    words: [...vendor.aliases, ...vendor.countries, ...vendor.countries.map(countryWords)].join(' '),
  }))
  const byId = new Map(list.map((vendor) => [vendor.id, vendor]))
  return findChoices(choices, typed).flatMap(({ value }) => byId.get(value) ?? [])
}
