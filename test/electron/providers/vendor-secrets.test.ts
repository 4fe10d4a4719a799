import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Provider, ProviderInput } from '#shared/provider.ts'
import { acme, acmeInput, vendorFiles } from '../../helpers/vendor.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeEach(async () => {
  test = await openTestWorkbench({ vendorFiles: vendorFiles(acme) })
})
afterEach(() => test.close())

const save = (input: ProviderInput) => test.call('providers.save', input)
const statesOf = ({ secrets }: Provider) =>
  Object.fromEntries(secrets.map(({ name, state }) => [name, state]))
const rowOf = async (id: string) =>
  (await test.call('providers.list', undefined)).find((provider) => provider.id === id)

describe('the secrets of a provider of the catalogue', () => {
  it('are cleaned of what a paste brings along, and not kept among its fields', async () => {
    const input = acmeInput(
      { account: ' AC1234 ', token: 'in-the-wrong-place', unknown: 'x' },
      { secrets: { token: '"Bearer abc def"' } },
    )
    const { vendor } = await save(input)
    expect(vendor?.fields).toEqual({ account: 'AC1234', region: 'eu' })
    expect(await test.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
      value: 'abcdef',
    })
    expect(await test.refusal('providers.save', acmeInput({}, { secrets: { token: '""' } }))).toMatchObject({
      details: { issues: [{ path: 'secrets.token' }] },
    })
  })

  it('are kept though no request takes them, and not missed where they are optional', async () => {
    const input = acmeInput({}, { secrets: { token: 'the-token', hookKey: 'signs-hooks' } })
    const saved = await save(input)
    expect(statesOf(saved)).toEqual({ hookKey: 'set', token: 'set' })
    expect(await rowOf(input.id)).toMatchObject({ status: 'untested', missingSecrets: [] })
    const copy = await test.call('providers.duplicate', { id: input.id })
    expect(copy).toMatchObject({ kind: 'acme', vendor: saved.vendor, settings: saved.settings })
    const reveal = (id: string) => test.call('providers.revealSecret', { id, name: 'hookKey' })
    expect(await reveal(copy.id)).toEqual({ value: 'signs-hooks' })
    const impact = await test.call('providers.impact', { id: input.id })
    // As the form calls them.
    expect(impact.secrets).toEqual(['HookKey', 'Token'])
    // What was typed before stays until it is emptied.
    expect(statesOf(await save({ ...input, secrets: { sub: 'below' } }))).toEqual({
      hookKey: 'set',
      sub: 'set',
      token: 'set',
    })
    const emptied = await save({ ...input, secrets: { hookKey: '', sub: '' } })
    expect(statesOf(emptied)).toEqual({ token: 'set' })
    expect(emptied.settings.headers).toEqual([])
  })

  it('go into the request once they are set, where they are optional', async () => {
    const saved = await save(acmeInput({}, { secrets: { token: 'the-token', sub: 'below' } }))
    expect(saved.settings.headers).toEqual([{ name: 'X-Sub', value: '{{secret:sub}}', enabled: true }])
  })

  it('are kept where only another of its APIs asks for them, and not missed', async () => {
    const fields = [
      ...acme.fields,
      { ...acme.fields[2], key: 'jsonKey', apis: ['json'] },
      { ...acme.fields[2], key: 'formKey', apis: ['form'] },
    ]
    await test.close()
    test = await openTestWorkbench({ vendorFiles: vendorFiles({ ...acme, fields }) })
    const input = acmeInput({}, { secrets: { token: 'the-token', jsonKey: 'for-json' } })
    await save(input)
    const other = { ...input, secrets: { formKey: 'for-form' }, vendor: { ...input.vendor, api: 'form' } }
    expect(statesOf(await save(other as ProviderInput))).toEqual({
      token: 'set',
      jsonKey: 'set',
      formKey: 'set',
    })
    const back = await save({ ...input, secrets: {} })
    expect(statesOf(back)).toEqual({ token: 'set', jsonKey: 'set', formKey: 'set' })
    expect(await rowOf(input.id)).toMatchObject({ status: 'untested', missingSecrets: [] })
    expect(statesOf(await save({ ...input, secrets: { formKey: '' } }))).toEqual({
      token: 'set',
      jsonKey: 'set',
    })
  })
})
