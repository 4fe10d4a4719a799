import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { emptyChoice, newVendorSettings } from '#shared/catalogue/compile.ts'
import type { ProviderInput } from '#shared/provider.ts'
import { brokenFiles } from '../../../electron/catalogue/catalogue-plugin.ts'
import { shippedIds, shippedVendors, type VendorFiles } from '../../../electron/catalogue/shipped.ts'
import { onlyAttempt, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

/** What docs/adding-a-vendor.md tells step by step: one more file, and nothing else. */
const added: VendorFiles = import.meta.glob('../../fixtures/catalogue/*.json', { import: 'default' })

let test: TestWorkbench
beforeEach(async () => {
  test = await openTestWorkbench({ vendorFiles: { ...shippedVendors, ...added } })
})
afterEach(() => test.close())

/** As the form does it: the vendor is read, its fields are typed in, and the whole is saved. */
async function save(apiKey: string): Promise<string> {
  const entry = await test.call('catalogue.get', { id: 'examplesms' })
  const { address } = await test.call('simulator.start', undefined)
  const empty = emptyChoice(entry)
  const fields = { ...empty.fields, account: 'acme-1', sender: 'ACME', validMinutes: '60' }
  const vendor = { ...empty, fields, simulated: true }
  const input: ProviderInput = {
    id: crypto.randomUUID(),
    name: `Example ${apiKey}`,
    kind: entry.id,
    settings: newVendorSettings(entry, vendor, address ?? ''),
    vendor,
    secrets: { apiKey, hookKey: 'signs' },
  }
  return (await test.call('providers.save', input)).id
}

it('is whole, and stands in the catalogue beside the others', async () => {
  expect(brokenFiles(join(import.meta.dirname, '../../fixtures/catalogue'))).toEqual([])
  const ids = (await test.call('catalogue.list', undefined)).map(({ id }) => id)
  expect(ids.toSorted()).toEqual([...shippedIds, 'examplesms'].toSorted())
  const simulated = await test.call('simulator.vendors', undefined)
  expect(simulated.find(({ id }) => id === 'examplesms')?.apis[0]?.paths).toEqual([
    '/examplesms/v1/:account/messages',
  ])
})

it('sends through its imitation, and reads what comes back', async () => {
  const id = await save('0123456789abcdef')
  const story = await test.call('messages.send', sendInput(id, { text: 'Grüße, Ωmega 😀' }))
  expect(story.providerMessageId).toMatch(/^ex-[0-9a-f]{12}$/)
  const { request, outcome } = onlyAttempt(story)
  expect(outcome).toMatchObject({ class: 'accepted' })
  expect(JSON.parse(request?.body.join('') ?? '')).toEqual({
    to: '14155550123',
    text: 'Grüße, Ωmega 😀',
    sender: 'ACME',
    reference: story.id,
    coding: 'ucs2',
    options: { validMinutes: 60 },
  })
  const [received] = await test.call('simulator.received', undefined)
  expect(received).toMatchObject({ vendor: 'examplesms', accepted: true, from: 'ACME' })
})

it('tells in the vendor’s own codes and words why a message was not taken', async () => {
  const refused = await test.call('messages.send', sendInput(await save('not-16-hex')))
  expect(onlyAttempt(refused).outcome).toMatchObject({
    class: 'misconfigured',
    facts: { errorCode: 'bad_key', errorText: 'X-Api-Key must be 16 hex digits' },
  })
  const id = await save('0123456789abcdef')
  const opted = await test.call('messages.send', sendInput(id, { to: '+15005550004' }))
  expect(onlyAttempt(opted).outcome).toMatchObject({ class: 'rejected', facts: { errorCode: 'opted_out' } })
})
