import { createHash } from 'node:crypto'
import type { Bundle } from '#shared/bundle/format.ts'

/** As a request carries it. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text))
}

/** The check sum of a bundle as its JSON stands, without the sum itself. */
export function sumOf(json: object): string {
  const { sum: _sum, ...rest } = json as Partial<Bundle>
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex')
}

export function textOf(bundle: Bundle): string {
  // As it is read, in which some names come first.
  const read = JSON.parse(JSON.stringify(bundle)) as Bundle
  return `${JSON.stringify({ ...read, sum: sumOf(read) }, null, 1)}\n`
}
