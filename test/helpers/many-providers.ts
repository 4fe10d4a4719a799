import { randomUUID } from 'node:crypto'
import type { Vendor, VendorForm } from '#shared/catalogue/entry.ts'
import type { Outcome } from '#shared/errors.ts'
import { emptySettings } from '#shared/settings.ts'
import { typedFields } from './vendor-fields.ts'
import type { Headless } from './start-headless.ts'

/** What becomes of some of the vendors' providers; the others stay as they were added. */
const fates: Record<string, { name?: string; sends?: string[]; archived?: boolean; isDefault?: boolean }> = {
  twilio: { name: 'Twilio, production', sends: ['06', '06', '06'], isDefault: true },
  vonage: { sends: ['06', '01', '06'] },
  sinch: { sends: ['06'] },
  plivo: { name: 'Plivo, one-time passwords', sends: ['06', '02'] },
  infobip: { sends: ['06', '06'] },
  telnyx: { sends: ['08'] },
  gupshup: { name: 'Gupshup, transactional messages for the Indian market (entity 1101)', sends: ['06'] },
  bulksms: { archived: true },
  nimbus: { archived: true },
  textlocal: { name: 'TextLocal, old account', sends: ['06'], archived: true },
}

/**
 * A provider of each vendor, so that lists are seen with some: one is the default, one needs attention, three are
 * archived. Those that have sent anything are simulated. Answers with their ids, by vendor.
 */
export async function addManyProviders(host: Headless): Promise<Record<string, string>> {
  must(await host.call('simulator.start'))
  const ids: Record<string, string> = {}
  for (const { id: vendor } of must(await host.call('catalogue.list'))) {
    const entry = must(await host.call('catalogue.get', { id: vendor }))
    ids[vendor] = await addProvider(host, entry)
  }
  for (const [vendor, { archived, isDefault }] of Object.entries(fates)) {
    const id = ids[vendor]
    if (id === undefined) throw new Error(`The catalogue has no ${vendor}.`)
    if (isDefault) must(await host.call('providers.setDefault', { id }))
    if (archived) must(await host.call('providers.archive', { id }))
  }
  return ids
}

async function addProvider(host: Headless, entry: VendorForm): Promise<string> {
  const { name, sends = [] } = fates[entry.id] ?? {}
  const api = entry.apis[0]?.id ?? ''
  // Nothing of what is left out of a form's entry is looked at.
  const { fields, secrets } = typedFields(entry as Vendor, api, 'fewest')
  const { success, reading } = entry.apis[0] ?? emptySettings()
  const { id } = must(
    await host.call('providers.save', {
      id: randomUUID(),
      name: name ?? entry.name,
      kind: entry.id,
      settings: { ...emptySettings(), endpoint: 'https://example.com', success, reading, codes: entry.codes },
      vendor: { api, fields, simulated: sends.length > 0 },
      secrets,
    }),
  )
  for (const ending of sends) {
    const provider = { kind: 'saved' as const, id }
    const message = { to: `+150055500${ending}`, country: null, text: 'Your code is 123456', values: {} }
    must(await host.call('messages.send', { key: randomUUID(), provider, ...message, test: true }))
  }
  return id
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(JSON.stringify(outcome.error))
}
