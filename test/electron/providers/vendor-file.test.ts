import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ProviderInput } from '#shared/provider.ts'
import { acme, acmeInput, vendorFiles } from '../../helpers/vendor.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let other: TestWorkbench
beforeEach(async () => {
  test = await openTestWorkbench({ vendorFiles: vendorFiles(acme) })
})
afterEach(async () => {
  await test.close()
  await other.close()
})

const passphrase = 'correct horse battery'
const exported = async (input: ProviderInput, under: string | null = null) => {
  await test.call('providers.save', input)
  return (await test.call('providers.export', { ids: [input.id], passphrase: under })).text
}
const imported = (text: string, under: string | null = null, choices = {}) =>
  other.call('providers.import', { text, passphrase: under, choices })
const open = async (...files: Parameters<typeof vendorFiles>) => {
  other = await openTestWorkbench({ vendorFiles: vendorFiles(...files) })
}

it('carries what was chosen, and the secrets that no request takes', async () => {
  await open(acme)
  const input = acmeInput(
    { sender: 'ME', template: 'T' },
    { secrets: { token: 'the-token', hookKey: 'hooks' } },
  )
  const text = await exported(input, passphrase)
  expect(text).not.toContain('hooks')
  expect(await imported(text, passphrase)).toMatchObject({ added: [input.name], missing: [], notes: [] })
  const [mine, theirs] = await Promise.all(
    [test, other].map((bench) => bench.call('providers.get', { id: input.id })),
  )
  expect(theirs).toMatchObject({ kind: 'acme', vendor: mine?.vendor, settings: mine?.settings })
  const secret = { id: input.id, name: 'hookKey' }
  expect(await other.call('providers.revealSecret', secret)).toEqual({ value: 'hooks' })
})

it('names the secrets to enter again as the form does, those among them that the request took by choice', async () => {
  await open(acme)
  const input = acmeInput({}, { secrets: { token: 'the-token', sub: 'below', hookKey: 'hooks' } })
  const result = await imported(await exported(input))
  expect(result.missing).toEqual([{ provider: input.name, names: ['Sub', 'Token'] }])
  const [summary] = await other.call('providers.list', undefined)
  expect(summary).toMatchObject({ status: 'secrets_missing', missingSecrets: ['Sub', 'Token'] })
  const entered = { ...input, secrets: { token: 'again' } }
  const { settings } = await other.call('providers.save', entered)
  expect(settings.headers).toMatchObject([{ value: '{{secret:sub}}' }])
})

it('takes no secret for set that the file does not use', async () => {
  await open({ ...acme, rules: [{ kind: 'together', fields: ['sender', 'sub'], words: 'Both, or none.' }] })
  const result = await imported(await exported(acmeInput({}, { name: 'Mine' })))
  expect(result).toMatchObject({ added: ['Mine'], notes: [] })
})

it('makes the request by the catalogue, whatever request the file holds', async () => {
  await open({ ...acme, version: 2, codes: [{ code: '8', class: 'rejected', cause: 'New.', next: 'New.' }] })
  const input = acmeInput()
  const file = JSON.parse(await exported(input)) as { providers: { settings: { endpoint: string } }[] }
  const [provider] = file.providers
  if (provider) provider.settings.endpoint = 'https://evil.example/take'
  expect(await imported(JSON.stringify(file))).toMatchObject({ added: [input.name], notes: [] })
  const { settings } = await other.call('providers.get', { id: input.id })
  expect(settings.endpoint).toBe('https://eu.acme.example/accounts/AC1234/send?v=1')
  expect(settings.codes).toMatchObject([{ code: '8' }])
})

it('keeps what the user changed of how answers are read', async () => {
  await open({ ...acme, version: 2, codes: [] })
  const codes: ProviderInput['settings']['codes'] = [{ code: '99', class: 'unavailable' }]
  const input = acmeInput()
  const text = await exported({ ...input, settings: { ...input.settings, codes } })
  await imported(text)
  expect((await other.call('providers.get', { id: input.id })).settings.codes).toEqual(codes)
})

it('becomes a Generic provider where its vendor is not known, or does not take its values', async () => {
  const narrow = acme.fields.map((field) =>
    field.key === 'account' ? { ...field, pattern: '^ZZ\\d{4}$' } : field,
  )
  const forAll = acme.fields.map((field) => ({ ...field, apis: undefined }))
  const text = await exported(acmeInput({}, { name: 'Mine' }))
  for (const [files, why] of [
    [[], 'the catalogue has no vendor “acme” here'],
    [[{ ...acme, fields: narrow }], 'the form of Acme does not take its values'],
    [[{ ...acme, fields: forAll, apis: acme.apis.slice(1) }], 'Acme has no API “json”'],
  ] as const) {
    await open(...files)
    const result = await imported(text)
    expect(result.notes).toEqual([{ provider: 'Mine', note: expect.stringContaining(why) as string }])
    const [summary] = await other.call('providers.list', undefined)
    expect(summary).toMatchObject({
      kind: 'generic',
      endpointHost: 'eu.acme.example',
      missingSecrets: ['token'],
    })
    await other.close()
  }
})

it('hands no secret that is here to a server of the file’s', async () => {
  await open(acme)
  const input = acmeInput({}, { name: 'Mine' })
  await other.call('providers.save', input)
  const text = await exported({
    ...input,
    vendor: { api: 'json', fields: { account: 'AC1234', region: 'us' }, simulated: false },
  })
  const result = await imported(text, null, { [input.id]: 'replace' })
  expect(result.missing).toEqual([{ provider: 'Mine', names: ['Token'] }])
})

it('points out nothing that nobody could make a secret: its vendor says what is one', async () => {
  const headers = [{ name: 'X-Api-Key', value: '{{field:account}}' }]
  const apis = acme.apis.map((api) => ({ ...api, request: { ...api.request, headers } }))
  await open({ ...acme, apis })
  const { id } = await other.call('providers.save', acmeInput())
  expect(await other.call('providers.export', { ids: [id], passphrase: null })).toMatchObject({ plain: [] })
})
