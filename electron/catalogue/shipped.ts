/** Each file's content by its path, read when it is asked for. */
export type VendorFiles = Record<string, () => Promise<unknown>>

/** A chunk of its own for each file: nothing of them is read before somebody asks for a vendor. */
export const shippedVendors: VendorFiles = import.meta.glob('../../resources/catalogue/*.json', {
  import: 'default',
})

export const shippedIds: readonly string[] = Object.keys(shippedVendors).map(idOf).sort()

/** Of a file by its path: they are named alike. */
export function idOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '')
}
