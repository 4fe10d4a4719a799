import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providerInput } from '../../helpers/messages.ts'
import { formRows, headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
})
afterAll(() => test.close())

const withSecret = (changes = {}) =>
  providerInput(
    { auth: { kind: 'bearer', token: '{{secret:token}}' }, ...changes },
    { secrets: { token: 'first-value' } },
  )

describe('a provider', () => {
  it('is found again after a restart, with its secret set and not told', async () => {
    const input = withSecret()
    const saved = await test.call('providers.save', input)
    await test.reopen()
    const found = await test.call('providers.get', { id: input.id })
    expect(found).toEqual(saved)
    expect(found).toMatchObject({
      name: input.name,
      settings: input.settings,
      secrets: [{ name: 'token', state: 'set' }],
    })
    expect(await test.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
      value: 'first-value',
    })
  })

  it('keeps a secret that was not typed again, replaces one that was, forgets one that is not named', async () => {
    const input = withSecret()
    await test.call('providers.save', input)
    await test.call('providers.save', { ...input, secrets: {} })
    const reveal = () => test.call('providers.revealSecret', { id: input.id, name: 'token' })
    expect((await reveal()).value).toBe('first-value')
    await test.call('providers.save', { ...input, secrets: { token: 'second-value' } })
    expect((await reveal()).value).toBe('second-value')
    await test.call('providers.save', {
      ...input,
      settings: { ...input.settings, auth: { kind: 'none' } },
      secrets: {},
    })
    expect(await test.refusal('providers.revealSecret', { id: input.id, name: 'token' })).toMatchObject({
      code: 'secret_missing',
      details: { names: ['token'] },
    })
  })

  it('keeps the secret of a row that is switched off', async () => {
    const row = { name: 'X-Key', value: '{{secret:key}}', enabled: true }
    const input = providerInput({ headers: [row] }, { secrets: { key: 'row-secret' } })
    await test.call('providers.save', input)
    const off = {
      ...input,
      settings: { ...input.settings, headers: [{ ...row, enabled: false }] },
      secrets: {},
    }
    expect(await test.call('providers.save', off)).toMatchObject({ secrets: [{ name: 'key', state: 'set' }] })
    expect(await test.call('providers.revealSecret', { id: input.id, name: 'key' })).toEqual({
      value: 'row-secret',
    })
  })

  it('may not take another’s name, whatever its case', async () => {
    const input = providerInput({}, { name: 'Acme' })
    await test.call('providers.save', input)
    expect(
      await test.refusal('providers.save', { ...input, id: randomUUID(), name: ' acme ' }),
    ).toMatchObject({
      code: 'name_taken',
      details: { issues: [{ path: 'name' }] },
    })
    await test.call('providers.save', { ...input, name: 'ACME' })
    await test.call('providers.save', providerInput({}, { name: 'Ärger' }))
    expect(await test.refusal('providers.save', providerInput({}, { name: 'ärger' }))).toMatchObject({
      code: 'name_taken',
    })
  })

  it('is duplicated with its secrets under a free name', async () => {
    const input = withSecret()
    await test.call('providers.save', input)
    const first = await test.call('providers.duplicate', { id: input.id })
    const second = await test.call('providers.duplicate', { id: input.id })
    expect([first.name, second.name]).toEqual([`${input.name} (copy)`, `${input.name} (copy 2)`])
    expect(first).toMatchObject({ settings: input.settings, isDefault: false })
    expect(await test.call('providers.revealSecret', { id: first.id, name: 'token' })).toEqual({
      value: 'first-value',
    })
  })

  it('is duplicated with the secrets of its token request and its proxy, those of rows switched off too', async () => {
    const auth = {
      kind: 'oauth2' as const,
      tokenUrl: 'https://auth.example.test/token',
      clientId: 'me',
      clientSecret: '{{secret:client-secret}}',
      scope: '',
      credentialsIn: 'header' as const,
      parameters: [{ name: 'key', value: '{{secret:off}}', enabled: false }],
    }
    const address = 'http://proxy.example.test:3128'
    const proxy = { kind: 'manual' as const, address, username: 'me', password: '{{secret:proxy}}' }
    const secrets = { 'client-secret': 'one-1', off: 'two-2', proxy: 'three-3' }
    const input = providerInput({ auth, connection: { proxy, authorities: '' } }, { secrets })
    await test.call('providers.save', input)
    const { id } = await test.call('providers.duplicate', { id: input.id })
    for (const [name, value] of Object.entries(secrets))
      expect(await test.call('providers.revealSecret', { id, name })).toEqual({ value })
  })

  it('is the default when it is the first, until another is marked', async () => {
    const other = await openTestWorkbench()
    const [first, second] = [providerInput(), providerInput()]
    await other.call('providers.save', first)
    await other.call('providers.save', second)
    const defaults = async () =>
      (await other.call('providers.list', undefined)).filter(({ isDefault }) => isDefault).map(({ id }) => id)
    expect(await defaults()).toEqual([first.id])
    await other.call('providers.setDefault', { id: second.id })
    expect(await defaults()).toEqual([second.id])
    await other.close()
  })

  it('that points at the simulator is marked as simulated, and no other is', async () => {
    const endpoints: [string, boolean][] = [
      ['http://127.0.0.1:8026/generic/messages', true],
      ['http://localhost:8030/generic/messages?x=1', true],
      ['http://127.0.0.1:8026/other', false],
      ['https://api.example.test/generic/messages', false],
    ]
    for (const [endpoint, simulated] of endpoints) {
      expect(await test.call('providers.save', providerInput({ endpoint }))).toMatchObject({ simulated })
    }
  })

  it.each([
    ['settings.endpoint', { endpoint: 'ftp://example.test' }],
    ['settings.endpoint', { endpoint: '' }],
    ['settings.auth.token', { auth: { kind: 'bearer' as const, token: '' } }],
    ['settings.headers.0.name', { headers: headerRows({ 'Bad name': 'x' }) }],
    ['settings.headers.0.name', { headers: headerRows({ Host: 'x' }) }],
    ['settings.parameters.rows.0.name', { parameters: formRows({ '': 'value' }) }],
    [
      'settings.success.statusTo',
      { success: { statusFrom: 300, statusTo: 200, body: { kind: 'none' as const } } },
    ],
    [
      'settings.timeouts.connectMs',
      { timeouts: { connectMs: 1, tlsMs: 100, firstByteMs: 100, totalMs: 100 } },
    ],
  ])('with a wrong %s is refused at that field', async (path, changes) => {
    const error = await test.refusal('providers.save', providerInput(changes))
    expect(error).toMatchObject({ code: 'invalid_input' })
    expect(error.details.issues?.map((issue) => issue.path)).toContain(path)
  })
})

it('a vault under a passphrase locks the secrets, not the data, and opens again', async () => {
  const input = withSecret()
  await test.call('providers.save', input)
  expect(await test.call('vault.protect', { passphrase: 'correct horse' })).toMatchObject({
    kind: 'passphrase',
    state: 'open',
  })
  await test.reopen()
  expect(await test.call('vault.status', undefined)).toMatchObject({ kind: 'passphrase', state: 'locked' })
  expect(await test.call('providers.get', { id: input.id })).toMatchObject({ name: input.name })
  expect(await test.refusal('providers.revealSecret', { id: input.id, name: 'token' })).toMatchObject({
    code: 'vault_locked',
  })
  expect(await test.refusal('vault.unlock', { passphrase: 'wrong horse' })).toMatchObject({
    code: 'wrong_passphrase',
  })
  await test.call('vault.unlock', { passphrase: 'correct horse' })
  expect(await test.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
    value: 'first-value',
  })
  expect(await test.call('vault.unprotect', undefined)).toMatchObject({ kind: 'key file', state: 'open' })
  await test.reopen()
  expect(await test.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
    value: 'first-value',
  })
})

it('a passphrase that is forgotten costs the secrets, which are then listed, and not the data', async () => {
  const other = await openTestWorkbench()
  const input = withSecret()
  await other.call('providers.save', input)
  await other.call('vault.protect', { passphrase: 'correct horse' })
  await other.reopen()
  const status = await other.call('vault.forgetPassphrase', undefined)
  expect(status).toMatchObject({
    kind: 'key file',
    state: 'open',
    unreadable: [{ providerId: input.id, names: ['token'] }],
  })
  expect(await other.call('providers.list', undefined)).toMatchObject([
    { status: 'secrets_missing', missingSecrets: ['token'] },
  ])
  await other.call('providers.save', { ...input, secrets: { token: 'entered-again' } })
  await other.reopen()
  expect(await other.call('vault.status', undefined)).toMatchObject({ state: 'open', unreadable: [] })
  expect(await other.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
    value: 'entered-again',
  })
  await other.close()
})
