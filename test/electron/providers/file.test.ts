import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProviderInput } from '#shared/provider.ts'
import { providerInput } from '../../helpers/messages.ts'
import { headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let other: TestWorkbench
beforeEach(async () => {
  test = await openTestWorkbench()
  other = await openTestWorkbench()
})
afterEach(async () => {
  await test.close()
  await other.close()
})

const value = 'the-value-of-the-token'
const passphrase = 'correct horse battery'
const withToken = (name: string, more: Partial<ProviderInput> = {}) =>
  providerInput(
    { auth: { kind: 'bearer', token: '{{secret:token}}' } },
    { name, secrets: { token: value }, ...more },
  )
const names = async (bench: TestWorkbench) =>
  (await bench.call('providers.list', undefined)).map((provider) => provider.name)
const tokenOf = async (bench: TestWorkbench, id: string) =>
  (await bench.call('providers.revealSecret', { id, name: 'token' })).value

async function exported(inputs: ProviderInput[], under: string | null = null) {
  for (const input of inputs) await test.call('providers.save', input)
  return (await test.call('providers.export', { ids: inputs.map(({ id }) => id), passphrase: under })).text
}

describe('a file of providers', () => {
  it('carries settings to another workspace without their secrets', async () => {
    const input = withToken('One')
    const text = await exported([input, providerInput({}, { name: 'Two' })])
    expect(text).not.toContain(value)
    const plan = await other.call('providers.readFile', { text })
    expect(plan).toMatchObject({
      sealed: false,
      providers: [{ name: 'One', secrets: ['token'], clash: null }, {}],
    })
    expect(await names(other)).toEqual([])
    const result = await other.call('providers.import', { text, passphrase: null, choices: {} })
    expect(result).toMatchObject({ added: ['One', 'Two'], missing: [{ provider: 'One', names: ['token'] }] })
    const [mine, theirs] = await Promise.all(
      [test, other].map((one) => one.call('providers.get', { id: input.id })),
    )
    expect(theirs?.settings).toEqual(mine?.settings)
    expect(theirs?.secrets).toEqual([{ name: 'token', state: 'missing' }])
  })

  it('carries secrets under a passphrase, and under no other', async () => {
    const input = withToken('One')
    const text = await exported([input], passphrase)
    expect(text).not.toContain(value)
    const wrong = { text, passphrase: 'correct horse batterz', choices: {} }
    expect(await other.refusal('providers.import', wrong)).toMatchObject({ code: 'wrong_passphrase' })
    expect(await names(other)).toEqual([])
    await other.call('providers.import', { text, passphrase, choices: {} })
    expect(await tokenOf(other, input.id)).toBe(value)
    // Secrets do not open beside an endpoint that was put in later.
    const bent = text.replace('http://127.0.0.1:9/send', 'http://127.0.0.1:9/evil')
    expect(bent).not.toBe(text)
    const choices = { [input.id]: 'both' }
    expect(await other.refusal('providers.import', { text: bent, passphrase, choices })).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('changed after it was exported'),
    })
  })

  it('asks for a choice where it clashes, and writes nothing before all are made', async () => {
    const [same, named, fresh] = [withToken('Same id'), withToken('Same name'), withToken('Fresh')] as const
    const text = await exported([same, named, fresh])
    await other.call('providers.save', { ...same, name: 'Called differently' })
    const theirs = withToken('same NAME')
    await other.call('providers.save', theirs)
    const plan = await other.call('providers.readFile', { text })
    expect(plan.providers.map(({ name, clash }) => [name, clash?.by ?? null])).toEqual([
      ['Same id', 'id'],
      ['Same name', 'name'],
      ['Fresh', null],
    ])
    const before = await names(other)
    const half = { text, passphrase: null, choices: { [same.id]: 'skip' } }
    expect(await other.refusal('providers.import', half)).toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: `choices.${named.id}` }] },
    })
    expect(await names(other)).toEqual(before)
    const choices = { [same.id]: 'replace', [named.id]: 'both' } as const
    expect(await other.call('providers.import', { text, passphrase: null, choices })).toMatchObject({
      added: ['Same name (copy)', 'Fresh'],
      replaced: ['Same id'],
    })
    expect(await names(other)).toEqual(['Fresh', 'Same id', 'same NAME', 'Same name (copy)'])
    // Its secret stays, as it goes to the same server as before.
    expect(await tokenOf(other, same.id)).toBe(value)
    const again = { [same.id]: 'skip', [named.id]: 'skip', [fresh.id]: 'skip' } as const
    expect(await other.call('providers.import', { text, passphrase: null, choices: again })).toMatchObject({
      skipped: ['Same id', 'Same name', 'Fresh'],
    })
  })

  it('drops the secrets of a provider that a file points to another server, and never replaces an archived one', async () => {
    const input = withToken('One')
    const text = (await exported([input])).replace('http://127.0.0.1:9/send', 'http://127.0.0.2:9/send')
    const order = { text, passphrase: null, choices: { [input.id]: 'replace' as const } }
    expect(await test.call('providers.import', order)).toMatchObject({ missing: [{ names: ['token'] }] })
    expect(await test.refusal('providers.revealSecret', { id: input.id, name: 'token' })).toMatchObject({
      code: 'secret_missing',
    })
    await test.call('providers.archive', { id: input.id })
    expect(await test.refusal('providers.import', order)).toMatchObject({ code: 'invalid_input' })
  })

  it('names the values that stand in the settings in clear', async () => {
    const input = providerInput(
      { headers: headerRows({ 'X-Api-Key': 'typed in clear', Accept: '*/*' }) },
      { name: 'Open' },
    )
    await test.call('providers.save', input)
    const { plain, fileName } = await test.call('providers.export', { ids: null, passphrase: null })
    expect(plain).toEqual([{ provider: 'Open', names: ['X-Api-Key'] }])
    expect(fileName).toMatch(/^Open-\d{4}-\d{2}-\d{2}\.json$/)
  })
})

describe('a hostile file', () => {
  it('is refused in words, and changes nothing', async () => {
    const text = await exported([withToken('One')])
    const file = () => JSON.parse(text) as { providers: Record<string, unknown>[] } & Record<string, unknown>
    const bent = (change: (made: ReturnType<typeof file>) => void) => {
      const made = file()
      change(made)
      return JSON.stringify(made)
    }
    const [one] = file().providers
    const files: [string, RegExp][] = [
      ['', /not JSON/],
      [text.slice(0, -40), /not JSON/],
      ['[1]', /not a file of providers/],
      ['{"format":"postman"}', /not a file of providers/],
      ['['.repeat(100_000), /not JSON/],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, /not a file of providers/],
      [bent((made) => (made['version'] = 2)), /version 2/],
      [bent((made) => (made.providers = [])), /no provider/],
      [bent((made) => (made['more'] = 1)), /cannot be read/],
      [text.replace('"kind": "generic"', '"__proto__": {"kind": "generic"}'), /“One” cannot be read/],
      [bent((made) => (made.providers[0]!['name'] = 'a\u202eb')), /cannot be shown/],
      [bent((made) => (made.providers[0]!['name'] = 'x'.repeat(500))), /120 characters/],
      [bent((made) => (made.providers[0]!['settings'] = {})), /“One” cannot be read: settings/],
      [bent((made) => made.providers.push({ ...one, name: 'Two' })), /twice/],
      [bent((made) => made.providers.push({ ...one, id: randomUUID(), name: 'ONE' })), /twice/],
      [
        bent(
          (made) =>
            (made['secrets'] = {
              keyId: '0'.repeat(16),
              salt: 'a',
              wrapped: 'a',
              values: 'a',
              params: { N: 2 ** 30, r: 8, p: 1 },
            }),
        ),
        /cannot be read/,
      ],
    ]
    for (const [hostile, words] of files) {
      const refused = await other.refusal('providers.readFile', { text: hostile })
      expect(refused).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(words) })
      await other.refusal('providers.import', { text: hostile, passphrase: null, choices: {} })
    }
    const huge = await other.refusal('providers.readFile', { text: 'x'.repeat(700_000) })
    expect(huge.message).toMatch(/too large/)
    expect(await names(other)).toEqual([])
    expect({}).not.toHaveProperty('kind')
  })

  it('is shown as the text that it is', async () => {
    const script = '<img src=x onerror=alert(1)>'
    const text = await exported([withToken(script)])
    await other.call('providers.import', { text, passphrase: null, choices: {} })
    expect(await names(other)).toEqual([script])
  })
})
