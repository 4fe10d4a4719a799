import type { Vendor, VendorApi } from '#shared/catalogue/entry.ts'
import type { SimulatedVendor } from '#shared/simulator.ts'
import { isOfAccess } from './vendor/api-imitation.ts'
import { listMagic } from './vendor/magic.ts'

/** How a vendor is imitated, for people. */
export function viewOfVendor(vendor: Vendor): SimulatedVendor {
  const { id, name, initials, colour, apis } = vendor
  return { id, name, initials, colour, apis: apis.map((api) => viewOfApi(id, api)) }
}

function viewOfApi(vendor: string, { id, label, simulated }: VendorApi): SimulatedVendor['apis'][number] {
  const below = (path: string) => `/${vendor}${path}`
  const { paths, methods, reads, answers, checks } = simulated
  const credentials = checks.filter(isOfAccess).map(({ words }) => words.replace(/\.?$/, '.'))
  return {
    id,
    label,
    methods: [...methods],
    // With and without a slash at its end is the same.
    paths: [...new Set(paths.map((path) => below(path.replace(/(?<=.)\/$/, ''))))],
    reads: reads.map(({ path }) => below(path)),
    magicNumbers: listMagic(simulated),
    answers: Object.entries(answers).map(([answer, { words, status }]) => ({ name: answer, words, status })),
    credentials: [...new Set(credentials)].join(' ') || 'None are asked for.',
  }
}
