import { vendorSchema, type Vendor } from '#shared/catalogue/entry.ts'
import type { Log } from '../log.ts'
import { vendorFileIssue } from './file-issue.ts'

/** Each file's content by its path, read when it is asked for. */
export type VendorFiles = Record<string, () => Promise<unknown>>

/** A chunk of its own for each file: nothing of them is read before somebody asks for a vendor. */
export const shippedVendors: VendorFiles = import.meta.glob('../../resources/catalogue/*.json', {
  import: 'default',
})

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
    const issue = vendorFileIssue(path, content)
    if (issue === null) return vendorSchema.parse(content)
    log.error('A file of the catalogue is broken; its vendor is left out', { file: path, issue })
  } catch (error) {
    log.error('A file of the catalogue cannot be read; its vendor is left out', { file: path, error })
  }
  return null
}

const idOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '')
