import type { SimulatedVendor } from '#shared/simulator.ts'
import type { Choice } from '../../ui/find-choices.ts'

export type VendorLook = Pick<SimulatedVendor, 'name' | 'initials' | 'colour'>

const unknownColour = '#5a656e'

/** Finds a vendor's name and mark by its id; one that is not known (any more) goes by its id. */
export function marksOf(vendors: readonly SimulatedVendor[]): (id: string) => VendorLook {
  const known = new Map(vendors.map((vendor) => [vendor.id, vendor]))
  return (id) => known.get(id) ?? { name: id, initials: id.slice(0, 2).toUpperCase(), colour: unknownColour }
}

/** For a list to choose from: `every` stands first, under an empty value. */
export function vendorChoices(vendors: readonly SimulatedVendor[], every?: string): Choice[] {
  const named = vendors.map(({ id, name }) => ({ value: id, label: name }))
  return every === undefined ? named : [{ value: '', label: every }, ...named]
}
