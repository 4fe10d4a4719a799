import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Provider, ProviderInput } from '#shared/provider.ts'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, sendInput } from '../../helpers/messages.ts'
import { acme, acmeAt, acmeInput, vendorFiles } from '../../helpers/vendor.ts'
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

  it('takes off what a paste brings along, and keeps no secret among its fields', async () => {
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

  it('keeps secrets that no request takes, and misses none that is optional', async () => {
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

  it('takes an optional secret into its request once it is set', async () => {
    const saved = await save(acmeInput({}, { secrets: { token: 'the-token', sub: 'below' } }))
    expect(saved.settings.headers).toEqual([{ name: 'X-Sub', value: '{{secret:sub}}', enabled: true }])
  })

  it('keeps the secrets that only another of its APIs asks for, and misses none of them', async () => {
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

describe('a draft of the catalogue', () => {
  let server: HttpServer
  let bench: TestWorkbench
  beforeEach(async () => {
    server = await startHttpServer(() => ({ body: '{"id":"m-1"}' }))
    const local = acmeAt(`http://127.0.0.1:${server.port}`)
    bench = await openTestWorkbench({ vendorFiles: vendorFiles(local) })
  })
  afterEach(async () => {
    await bench.close()
    await server.close()
  })

  it('is sent with the request that its choice makes, and with the secrets that are typed or saved', async () => {
    const draft = acmeInput({ sender: 'ACME', template: '$$TemplateID' })
    draft.settings.endpoint = 'http://127.0.0.1:9/never'
    const values = { TemplateID: 'T-9' }
    const story = await bench.call('messages.send', sendInput(draft, { values }))
    expect(onlyAttempt(story).outcome).toMatchObject({ class: 'accepted' })
    expect(story.providerMessageId).toBe('m-1')
    expect(server.received).toMatchObject([
      { url: '/accounts/AC1234/send', headers: { authorization: 'Bearer the-token-of-acme' } },
    ])
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      to: '+14155550123',
      text: 'Hello',
      from: 'ACME',
      tags: [{ template: 'T-9' }],
      extra: { deep: { note: 'ACME' } },
    })
    await bench.call('providers.save', draft)
    await bench.call('messages.send', sendInput({ ...draft, secrets: {} }, { values }))
    await bench.call('messages.send', sendInput(draft.id, { values }))
    const sent = server.received.map(({ headers, body }) => [headers.authorization, body])
    expect(sent[1]).toEqual(sent[0])
    expect(sent[2]).toEqual(sent[0])
  })

  it('is refused where its fields are, before anything goes out', async () => {
    const draft = acmeInput({ account: 'x' }, { secrets: {} })
    const refused = await bench.refusal('messages.send', sendInput(draft))
    expect(refused.details.issues?.map(({ path }) => path)).toEqual([
      'provider.draft.vendor.fields.account',
      'provider.draft.secrets.token',
    ])
    expect(server.received).toEqual([])
  })

  it('is shown, half typed as it is', async () => {
    const draft = acmeInput({ account: '', flash: 'true' }, { secrets: { sub: 'below' } })
    const preview = { to: '', country: null, text: 'Hi', values: {}, reveal: false }
    const shown = await bench.call('providers.preview', { draft, ...preview })
    const [own] = shown.ok ? shown.request.headers.filter(({ name }) => name === 'X-Sub') : []
    expect(own?.value).toEqual([{ secret: 'sub', place: 'raw' }])
    const body = shown.ok ? shown.request.body.join('') : ''
    expect(JSON.parse(body)).toEqual({ to: '$$To', text: 'Hi', flash: true })
  })

  it('has no token of OAuth 2.0 to test', async () => {
    const draft = acmeInput()
    draft.settings.auth = {
      kind: 'oauth2',
      tokenUrl: `http://127.0.0.1:${server.port}/token`,
      clientId: 'c',
      clientSecret: '{{secret:token}}',
      scope: '',
      credentialsIn: 'body',
      parameters: [],
    }
    expect(await bench.refusal('providers.testToken', { draft })).toMatchObject({ code: 'invalid_input' })
    expect(server.received).toEqual([])
  })
})
