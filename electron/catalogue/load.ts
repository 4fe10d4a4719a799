import type { Vendor } from '#shared/catalogue/entry.ts'
import type { Log } from '../log.ts'
import { idOf, shippedVendors, type VendorFiles } from './shipped.ts'

export interface Catalogue {
  /** The names of the files; known without reading one. */
  ids: readonly string[]
  /** Null: there is no such vendor, or its file is broken, which the log tells. */
  get(id: string): Promise<Vendor | null>
  /** All that can be read, by name. */
  all(): Promise<Vendor[]>
}

/** Reads each file once, when it is first asked for. A broken one is left out and logged with file and path. */
export function openCatalogue(log: Log, files: VendorFiles = shippedVendors): Catalogue {
  const paths = new Map(Object.keys(files).map((path) => [idOf(path), path] as const))
  const known = new Map<string, Promise<Vendor | null>>()
  const get = (id: string): Promise<Vendor | null> => {
    const path = paths.get(id)
    const read = path === undefined ? undefined : files[path]
    if (path === undefined || !read) return Promise.resolve(null)
    const found = known.get(id) ?? readVendor(path, read, log)
    known.set(id, found)
    return found
  }
  return {
    ids: [...paths.keys()].sort(),
    get,
    all: async () => {
      const vendors = await Promise.all([...paths.keys()].map(get))
      const whole = vendors.filter((vendor) => vendor !== null)
      return whole.sort((one, other) => one.name.localeCompare(other.name, 'en'))
    },
  }
}

async function readVendor(path: string, read: () => Promise<unknown>, log: Log): Promise<Vendor | null> {
  try {
    const content = await read()
    // The schema is large, and of use only here.
    const { readVendorFile } = await import('./read-vendor-file.ts')
    const { vendor, issue } = readVendorFile(path, content)
    if (vendor) return vendor
    log.error('A file of the catalogue is broken; its vendor is left out', { file: path, issue })
  } catch (error) {
    log.error('A file of the catalogue cannot be read; its vendor is left out', { file: path, error })
  }
  return null
}
