import type { Vendor, VendorForm } from '#shared/catalogue/entry.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '../rpc.ts'
import type { Catalogue } from './load.ts'

type CatalogueHandlers = Pick<Handlers, 'catalogue.list' | 'catalogue.get'>

export function catalogueHandlers(catalogue: Catalogue): CatalogueHandlers {
  return {
    'catalogue.list': async () =>
      (await catalogue.all()).map(
        ({ id, name, aliases, initials, colour, countries, needs, confidence }) => ({
          id,
          name,
          aliases,
          initials,
          colour,
          countries,
          needs,
          confidence,
        }),
      ),
    'catalogue.get': async ({ id }) => formOf(await mustGetVendor(catalogue, id)),
  }
}

/** Throws `not_found`. */
export async function mustGetVendor(catalogue: Catalogue, id: string): Promise<Vendor> {
  const vendor = await catalogue.get(id)
  if (vendor) return vendor
  throw new AppError(
    'not_found',
    `The catalogue has no vendor “${id}”. Choose one of it, or Other (Generic).`,
  )
}

function formOf({ apis, ...rest }: Vendor): VendorForm {
  return { ...rest, apis: apis.map(({ simulated: _simulated, ...api }) => api) }
}
