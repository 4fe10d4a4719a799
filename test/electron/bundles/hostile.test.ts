import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import type { Bundle } from '#shared/bundle/format.ts'
import { textOf } from '../../../electron/bundles/bundle-text.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { exported, openTwoWorkspaces, type TwoWorkspaces } from '../../helpers/bundles.ts'

let two: TwoWorkspaces
let good: string
beforeAll(async () => {
  two = await openTwoWorkspaces()
  const sent = await two.here.send()
  await two.here.post({ id: sent.providerMessageId, status: 'DELIVRD' })
  good = (await exported(two.here, sent.id)).text
})
afterAll(() => two.close())

/** The good bundle with something changed, and a check sum that fits. */
function bent(change: (bundle: Bundle) => void): string {
  const bundle = JSON.parse(good) as Bundle
  change(bundle)
  return textOf(bundle)
}

async function stored() {
  const [bundles, providers, groups] = await Promise.all([
    two.there.call('bundles.list', undefined),
    two.there.call('providers.list', undefined),
    two.there.call('groups.list', undefined),
  ])
  return { bundles: bundles.length, providers: providers.length, groups: groups.length }
}

async function refused(text: string): Promise<string> {
  const before = await stored()
  const looked = await two.there.refusal('bundles.read', { text })
  const opened = await two.there.refusal('bundles.open', { text })
  expect(opened).toEqual(looked)
  expect(opened.code).toBe('invalid_input')
  expect(await stored()).toEqual(before)
  return opened.message
}

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const withName = (name: string) => bent(({ providers: [provider] }) => void (provider!.name = name))

const hostile: [name: string, text: () => string, words: RegExp][] = [
  ['no JSON', () => 'PK\u0003\u0004', /not JSON/],
  ['nothing', () => '', /not JSON/],
  ['cut off', () => good.slice(0, -100), /not JSON/],
  ['another program’s', () => '{"format":"har","version":1}', /not a bundle/],
  ['a list', () => '[]', /not a bundle/],
  ['of a later version', () => good.replace('"version": 1', '"version": 2'), /version 2/],
  ['of version 0', () => good.replace('"version": 1', '"version": 0'), /version/],
  ['changed by hand', () => good.replace('"Hello"', '"Hullo"'), /check sum/],
  ['without a sum', () => good.replace(/"sum": "[0-9a-f]+"/, '"sum": ""'), /sum/],
  ['a million levels deep', () => deep(400_000), /deeper/],
  ['deep within', () => good.replace('"masked": {', `"masked": {"x": ${deep(40)},`), /deeper/],
  ['of too many values', () => `[${'1,'.repeat(70_000)}1]`, /more values/],
  ['too large', () => good.replace('"Hello"', `"${'x'.repeat(1_100_000)}"`), /too large/],
  ['with a prototype', () => good.replace('"masked": {', '"masked": {"__proto__": {"a": 1},'), /a name/],
  [
    'with a constructor',
    () => good.replace('"masked": {', '"masked": {"constructor": {"a": 1},'),
    /Unrecognized/,
  ],
  ['with a name that turns around', () => withName('Acme \u202egnp.exe'), /cannot be shown/],
  ['with a name that holds a line', () => withName('Acme\nAccepted'), /cannot be shown/],
  ['with an empty name', () => withName(' '), /empty/],
  [
    'with an endpoint that is none',
    () => bent((one) => void (one.providers[0]!.settings.endpoint = 'file:///etc/passwd')),
    /https/,
  ],
  ['with a provider twice', () => bent(({ providers }) => void providers.push(providers[0]!)), /twice/],
  [
    'with an unknown provider',
    () => bent(({ attempts }) => void (attempts[0]!.providerId = randomUUID())),
    /does not hold/,
  ],
  [
    'with a header that ends another',
    () => bent(({ attempts }) => void attempts[0]!.response!.headers.push({ name: 'a', value: 'b\r\nx: y' })),
    /control/,
  ],
  [
    'with a header’s name that is none',
    () => bent(({ attempts }) => void attempts[0]!.response!.headers.push({ name: 'a b:', value: 'c' })),
    /HTTP/,
  ],
  [
    'with a path that is none',
    () => bent(({ callbacks }) => void (callbacks[0]!.target = '/c/… HTTP/1.1\r\nHost: x')),
    /path/,
  ],
  ['with a number that is none', () => bent(({ message }) => void (message.to = '../../etc')), /number/],
  ['with an id that is none', () => bent(({ message }) => void (message.id = '../../../x')), /message\.id/],
  ['with an attempt out of order', () => bent(({ attempts }) => void (attempts[0]!.position = 7)), /order/],
]

describe('a bundle that is not one', () => {
  it.each(hostile)('is refused when it is %s', async (_name, text, words) => {
    expect(await refused(text())).toMatch(words)
  })

  it('never stores half, whatever was changed in it', async () => {
    const leaves = pathsOf(JSON.parse(good))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...leaves),
        fc.jsonValue({ maxDepth: 3 }),
        fc.boolean(),
        async (path, value, fits) => {
          const json = JSON.parse(good) as Bundle
          setAt(json, path, value)
          const before = await stored()
          const text = fits ? textOf(json) : JSON.stringify(json)
          const outcome = await two.there.workbench.dispatch('bundles.open', { text })
          const after = await stored()
          if (outcome.ok) {
            expect(after.bundles).toBeLessThanOrEqual(before.bundles + 1)
            expect(after.providers - before.providers).toBe(after.bundles - before.bundles)
            const story = await two.there.call('messages.get', { id: outcome.value.id! })
            expect(story.fromBundle).toBeDefined()
          } else {
            expect(outcome.error.code).toBe('invalid_input')
            expect(after).toEqual(before)
          }
        },
      ),
      { numRuns: 250 },
    )
  })

  it('never stores half, wherever it was cut or a byte was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 3),
        fc.string({ minLength: 0, maxLength: 3 }),
        fc.boolean(),
        async (at, put, cut) => {
          const text = cut ? good.slice(0, at) : good.slice(0, at) + put + good.slice(at + 1)
          const before = await stored()
          const outcome = await two.there.workbench.dispatch('bundles.open', { text })
          if (outcome.ok) expect((JSON.parse(text) as Bundle).sum).toBe((JSON.parse(good) as Bundle).sum)
          else {
            expect(outcome.error.code).toBe('invalid_input')
            expect(await stored()).toEqual(before)
          }
        },
      ),
      { numRuns: 250 },
    )
  })
})

describe('a bundle whose provider names real servers', () => {
  let vendor: RawServer
  beforeAll(async () => {
    vendor = await startRawServer({
      onRequest: (socket) => void socket.write(reply('200 OK', '{"id":"real"}')),
    })
  })
  afterAll(() => vendor.close())

  it('never sends to them: not the message, not for a token, not through a proxy', async () => {
    const { there } = two
    const real = `http://127.0.0.1:${vendor.port}`
    const text = bent(({ providers: [provider] }) => {
      provider!.settings.endpoint = `${real}/send?x=1`
      provider!.settings.connection = {
        proxy: { kind: 'manual', address: real, username: '', password: '' },
        authorities: '',
      }
      provider!.settings.auth = {
        kind: 'oauth2',
        tokenUrl: `${real}/token`,
        clientId: 'me',
        clientSecret: '{{secret:client}}',
        scope: '',
        credentialsIn: 'body',
        parameters: [],
      }
    })
    const { id } = await there.call('bundles.open', { text })
    const first = await there.call('bundles.replay', { id: id!, key: randomUUID(), pace: 'atOnce' })
    expect(first).toMatchObject({ state: 'delivered', simulated: true })
    // Not even where somebody led the provider there afterwards: another is made in its place.
    const provider = await there.call('providers.get', { id: first.providerId! })
    await there.call('providers.save', {
      ...provider,
      settings: { ...provider.settings, endpoint: `${real}/send` },
      secrets: {},
    })
    const second = await there.call('bundles.replay', { id: id!, key: randomUUID(), pace: 'atOnce' })
    expect(second.providerId).not.toBe(first.providerId)
    expect(second).toMatchObject({ state: 'delivered', simulated: true })
    expect(vendor.received).toEqual([])
  })
})

type Path = (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([name, one]) =>
    pathsOf(one, [...path, Array.isArray(value) ? Number(name) : name]),
  )
  return path.length === 0 ? inner : [path, ...inner]
}

function setAt(root: unknown, path: Path, value: unknown): void {
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (at, name) => at[name] as Record<string, unknown>,
      root as Record<string, unknown>,
    )
  parent[path.at(-1)!] = value
}
