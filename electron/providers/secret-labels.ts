import type { Vendor } from '#shared/catalogue/entry.ts'

/** What a vendor's form calls these secrets; those of no vendor's field are called by their names. */
export function secretLabels(
  vendor: Pick<Vendor, 'fields'> | null | undefined,
  names: readonly string[],
): string[] {
  const labels = new Map(vendor?.fields.map(({ key, label }) => [key, label]))
  return names.map((name) => labels.get(name) ?? name)
}
