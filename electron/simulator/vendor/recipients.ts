import type { Simulated } from '#shared/catalogue/simulated.ts'
import { asText } from '#shared/json-path.ts'
import { firstAt, textOf, type VendorRequest } from './vendor-request.ts'

/** The numbers that a request is for: one, which may be empty, or more where the vendor takes several. */
export function recipientsOf(request: VendorRequest, { to, several }: Simulated): string[] {
  const value = firstAt(request, to)
  return several ? recipientsIn(value, several) : [textOf(value)]
}

/** More than any vendor takes at once; each costs time and room. */
const most = 10_000

export function recipientsIn(value: unknown, { between }: NonNullable<Simulated['several']>): string[] {
  const texts = Array.isArray(value) ? value.slice(0, most).map(asText) : asText(value).split(between, most)
  const numbers = texts.map((text) => text.trim()).filter((text) => text !== '')
  return numbers.length > 0 ? numbers : [textOf(value)]
}
