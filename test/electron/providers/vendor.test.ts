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
const bodyOf = ({ settings: { parameters } }: Provider) =>
  parameters.kind === 'raw' ? (JSON.parse(parameters.text) as unknown) : parameters.rows
const statesOf = ({ secrets }: Provider) =>
  Object.fromEntries(secrets.map(({ name, state }) => [name, state]))
const rowOf = async (id: string) =>
  (await test.call('providers.list', undefined)).find((provider) => provider.id === id)

describe('a provider of the catalogue', () => {
  it('has the request that its choice makes, whatever the page said of it', async () => {
    const forged = acmeInput({ ttl: '60' })
    forged.settings = {
      ...forged.settings,
      endpoint: 'https://evil.example/take',
      headers: [{ name: 'X-Evil', value: '{{secret:token}}', enabled: true }],
      timeouts: { ...forged.settings.timeouts, connectMs: 1234 },
      ratePerSecond: 5,
    }
    const saved = await save(forged)
    expect(saved).toMatchObject({
      kind: 'acme',
      vendor: { api: 'json', fields: { account: 'AC1234', region: 'eu', ttl: '60' }, simulated: false },
      settings: {
        endpoint: 'https://eu.acme.example/accounts/AC1234/send?v=1',
        auth: { kind: 'bearer', token: '{{secret:token}}' },
        headers: [],
        timeouts: { connectMs: 1234 },
        ratePerSecond: 5,
      },
    })
    expect(bodyOf(saved)).toEqual({ to: '$$To', text: '$$Body', ttl: 60 })
    expect(await test.call('providers.get', { id: forged.id })).toEqual(saved)
    expect(await rowOf(forged.id)).toMatchObject({ kind: 'acme', endpointHost: 'eu.acme.example' })
  })

  it('is refused with the fields to mend', async () => {
    const wrong = acmeInput({ account: 'nonsense', sender: 'ACME' }, { secrets: {} })
    const error = await test.refusal('providers.save', wrong)
    expect(error.code).toBe('invalid_input')
    expect(error.details.issues?.map(({ path }) => path)).toEqual([
      'vendor.fields.account',
      'secrets.token',
      'vendor.fields.template',
    ])
    expect(error.details.issues?.[0]?.message).toBe('Account is two letters and four digits.')
    expect(await test.call('providers.list', undefined)).toEqual([])
    const more: [Partial<ProviderInput>, string, string][] = [
      [{ kind: 'nobody' }, 'not_found', 'The catalogue has no vendor “nobody”.'],
      [{ vendor: null }, 'invalid_input', 'Acme'],
      [{ vendor: { api: 'soap', fields: { account: 'AC1234' }, simulated: false } }, 'invalid_input', 'soap'],
      [
        { vendor: { api: '', fields: { account: '{{secret:x}}' }, simulated: false } },
        'invalid_input',
        'curly',
      ],
    ]
    for (const [part, code, words] of more) {
      const refused = await test.refusal('providers.save', { ...acmeInput(), ...part })
      expect(refused).toMatchObject({ code, message: expect.stringContaining(words) as string })
    }
  })

  it('cannot climb out of its address', async () => {
    const fields = acme.fields.map(({ pattern: _any, ...field }: { pattern?: string; key?: string }) => field)
    await test.close()
    test = await openTestWorkbench({ vendorFiles: vendorFiles({ ...acme, fields }) })
    for (const account of ['..', '.', ' .. '])
      expect(await test.refusal('providers.save', acmeInput({ account }))).toMatchObject({
        details: { issues: [{ path: 'vendor.fields.account' }] },
      })
    const { settings } = await save(acmeInput({ account: '../x', sender: '..', template: '..' }))
    expect(settings.endpoint).toBe('https://eu.acme.example/accounts/..%2Fx/send?v=1')
  })

  it('reads answers as the API that is chosen, until the user says otherwise', async () => {
    const input = acmeInput()
    await save(input)
    const form = { ...input, secrets: {}, vendor: { ...input.vendor, api: 'form' } } as ProviderInput
    expect((await save(form)).settings.reading.messageId).toBe('message.id')
    const reading = { messageId: 'my.own', errorCode: '', errorText: '' }
    const own = { ...form, settings: { ...form.settings, reading } }
    expect((await save(own)).settings.reading).toEqual(reading)
    const back = { ...own, vendor: { ...input.vendor, api: 'json' } } as ProviderInput
    expect((await save(back)).settings).toMatchObject({ reading, codes: acme.codes })
  })

  it('becomes a Generic one with the same request, and back', async () => {
    const input = acmeInput({}, { secrets: { token: 'the-token', hookKey: 'signs-hooks' } })
    const saved = await save(input)
    const endpoint = 'https://eu.acme.example/mine'
    const own = {
      ...input,
      kind: 'generic',
      vendor: null,
      settings: { ...saved.settings, endpoint },
      secrets: {},
    }
    const customised = await save(own)
    expect(customised).toMatchObject({ kind: 'generic', vendor: null, settings: { endpoint } })
    expect(customised.settings.auth).toEqual(saved.settings.auth)
    expect(statesOf(customised)).toEqual({ token: 'set' })
    expect(await test.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
      value: 'the-token',
    })
    const back = await save({ ...input, secrets: {} })
    expect(back).toMatchObject({ kind: 'acme', settings: { endpoint: saved.settings.endpoint } })
  })

  it('goes to the simulator when it is to', async () => {
    const simulated = await save(acmeInput({}, { vendor: { simulated: true } }))
    expect(simulated.settings.endpoint).toBe('http://127.0.0.1:8026/acme/accounts/AC1234/send?v=1')
    expect(simulated.simulated).toBe(true)
    const { address } = await test.call('simulator.start', undefined)
    const later = await save(acmeInput({}, { vendor: { simulated: true } }))
    expect(later.settings.endpoint).toBe(`${address}/acme/accounts/AC1234/send?v=1`)
  })

  it('can be archived and deleted as any other', async () => {
    const [one, two] = [acmeInput({}, { name: 'One' }), acmeInput({}, { name: 'Two' })]
    await save(one)
    await save(two)
    await test.call('providers.archive', { id: one.id })
    expect(await test.refusal('providers.save', { ...one, secrets: {} })).toMatchObject({
      code: 'provider_archived',
    })
    await test.call('providers.delete', { id: two.id, name: 'Two' })
    expect((await test.call('providers.list', undefined)).map(({ name, status }) => [name, status])).toEqual([
      ['One', 'archived'],
    ])
  })
})
