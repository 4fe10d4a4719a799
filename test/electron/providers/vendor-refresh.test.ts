import { afterEach, expect, it, vi } from 'vitest'
import type { ProviderInput } from '#shared/provider.ts'
import { acme, acmeInput, vendorFiles } from '../../helpers/vendor.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
afterEach(() => test.close())

const [json, form] = acme.apis
const newer = {
  ...acme,
  version: 2,
  fields: [
    ...acme.fields,
    { ...acme.fields[0], key: 'zone', default: 'Z1', required: true, pattern: '^Z\\d$' },
  ],
  apis: [
    {
      ...json,
      request: { ...json?.request, endpoint: 'https://{{field:region}}.acme.example/v2/{{field:zone}}/send' },
      reading: { messageId: 'data.id', errorCode: 'data.code', errorText: 'data.text' },
    },
    form,
  ],
  codes: [...acme.codes, { code: '8', class: 'rejected', cause: 'New.', next: 'New.' }],
}

/** Saves with the old entry, then opens the same workspace with the new one. */
async function saved(input: ProviderInput, next: { id: string }, then = async () => {}) {
  const files = vendorFiles(acme)
  test = await openTestWorkbench({ vendorFiles: files })
  const before = await test.call('providers.save', input)
  await then()
  Object.assign(files, vendorFiles(next))
  await test.reopen()
  return before
}
const changed = (id: string) =>
  vi.waitUntil(() =>
    test.events.some(
      ({ name, payload }) => name === 'providers.changed' && (payload as { id: string }).id === id,
    ),
  )
const now = (id: string) => test.call('providers.get', { id })

it('follows a newer entry at the next start, with what the user changed', async () => {
  const input = acmeInput({}, { secrets: { token: 'the-token', sub: 'below' } })
  input.settings.codes = [{ code: '99', class: 'unavailable' }]
  input.settings.ratePerSecond = 3
  const before = await saved(input, newer, async () => {
    test.events.length = 0
  })
  await changed(input.id)
  const after = await now(input.id)
  expect(after.settings).toMatchObject({
    endpoint: 'https://eu.acme.example/v2/Z1/send',
    headers: [{ name: 'X-Sub' }],
    reading: { messageId: 'data.id' },
    codes: [{ code: '99' }],
    ratePerSecond: 3,
  })
  expect(after.updatedAt).toBeGreaterThan(before.updatedAt)
  expect(after.vendor?.fields).toMatchObject({ zone: 'Z1' })
  // Once is enough.
  test.events.length = 0
  await test.reopen()
  await test.reopen()
  expect((await now(input.id)).updatedAt).toBe(after.updatedAt)
})

it('follows the preset where nothing of it was changed', async () => {
  const input = acmeInput()
  await saved(input, newer, async () => {
    test.events.length = 0
  })
  await changed(input.id)
  expect((await now(input.id)).settings.codes).toEqual(newer.codes)
})

it('stays as it is and says so, once, where a newer entry wants more', async () => {
  const wants = { ...newer, fields: newer.fields.map((field) => ({ ...field, default: '' })) }
  const input = acmeInput()
  const before = await saved(input, wants, async () => {
    test.events.length = 0
  })
  await changed(input.id)
  expect((await now(input.id)).settings).toEqual(before.settings)
  const row = async () => (await test.call('providers.list', undefined))[0]
  expect(await row()).toMatchObject({
    status: 'needs_attention',
    attention: expect.stringContaining('The preset of Acme has changed') as string,
  })
  const told = (await now(input.id)).updatedAt
  await test.reopen()
  await test.reopen()
  expect((await now(input.id)).updatedAt).toBe(told)
})

it('needs no attention any more once an entry wants no more than is there', async () => {
  const files = vendorFiles(acme)
  test = await openTestWorkbench({ vendorFiles: files })
  const input = acmeInput()
  await test.call('providers.save', input)
  const row = async () => (await test.call('providers.list', undefined))[0]
  const fields = newer.fields.map((field) => ({ ...field, default: '' }))
  for (const [entry, status] of [
    [{ ...newer, fields }, 'needs_attention'],
    [{ ...newer, version: 3 }, 'untested'],
  ] as const) {
    Object.assign(files, vendorFiles(entry))
    test.events.length = 0
    await test.reopen()
    await changed(input.id)
    expect((await row())?.status).toBe(status)
  }
})

it('is not moved to another API where its own is gone', async () => {
  const input = acmeInput({}, { vendor: { api: 'form' } })
  const fields = newer.fields.map((field) => ({ ...field, apis: undefined }))
  const before = await saved(
    input,
    { ...newer, fields, apis: newer.apis.slice(0, 1) } as typeof newer,
    async () => {
      test.events.length = 0
    },
  )
  await changed(input.id)
  expect((await now(input.id)).settings).toEqual(before.settings)
  expect((await test.call('providers.list', undefined))[0]?.attention).toContain('no API “form”')
})

it('leaves archived and Generic providers alone', async () => {
  const input = acmeInput()
  const before = await saved(input, newer, async () => {
    await test.call('providers.archive', { id: input.id })
  })
  await test.reopen()
  expect((await now(input.id)).settings).toEqual(before.settings)
})

it('goes where the simulator is', async () => {
  test = await openTestWorkbench({ vendorFiles: vendorFiles(acme) })
  const input = acmeInput({}, { vendor: { simulated: true } })
  await test.call('providers.save', input)
  test.events.length = 0
  const { address } = await test.call('simulator.start', undefined)
  await changed(input.id)
  expect((await now(input.id)).settings.endpoint).toBe(`${address}/acme/accounts/AC1234/send?v=1`)
  // It stays there while the simulator is stopped.
  await test.call('simulator.stop', undefined)
  await test.reopen()
  await test.reopen()
  expect((await now(input.id)).settings.endpoint).toBe(`${address}/acme/accounts/AC1234/send?v=1`)
})
