import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ProviderInput } from '#shared/provider.ts'
import { startHttpServer } from '../../helpers/http-server.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { acmeAt, acmeInput, vendorFiles } from '../../helpers/vendor.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

/** Where each secret was planted, by its value; with characters that every escape writes differently. */
const planted = new Map<string, string>()
function plant(place: string): string {
  const value = `cnry${randomBytes(9).toString('hex')}&"<é`
  planted.set(value, place)
  return value
}
/** For places that take plain characters only. */
function plantPlain(place: string): string {
  const value = `cnry${randomBytes(12).toString('hex')}`
  planted.set(value, place)
  return value
}

const secret = (name: string) => `{{secret:${name}}}`
const row = (name: string, value: string, enabled = true) => ({ name, value, enabled })

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  const json = JSON.stringify(value).slice(1, -1)
  // In base64 only the middle is the same, whatever stands before and after.
  const inside = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -6),
  )
  return [
    value.slice(0, -4),
    encodeURIComponent(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    json,
    JSON.stringify(json).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('latin1'),
    ...inside,
    ...inside.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}

const secretsOf = (kind: string, names: string[]) =>
  Object.fromEntries(
    names.map((name) => [name, name === 'host' ? plantPlain(`${kind} ${name}`) : plant(`${kind} ${name}`)]),
  )

function providersAt(origin: string, proxy: string): ProviderInput[] {
  const endpoint = `${origin}/send/${secret('path')}?key=${secret('query')}`
  const headers = [
    row('X-Key', secret('header')),
    row('X-Two', `a ${secret('twice')} ${secret('twice')}`),
    row('X-Off', secret('off'), false),
  ]
  const form = {
    kind: 'form' as const,
    rows: [
      row('to', '$$To'),
      row('text', '$$Body'),
      row('key', secret('param')),
      row('off', secret('offParam'), false),
    ],
  }
  const json = {
    kind: 'raw' as const,
    contentType: 'application/json',
    text: `{"to":"$$To","text":"$$Body","key":"${secret('json')}"}`,
  }
  const xml = {
    kind: 'raw' as const,
    contentType: 'application/xml',
    text: `<m a="${secret('attribute')}"><to>$$To</to><t>$$Body</t><k>${secret('xml')}</k><c><![CDATA[${secret('cdata')}]]></c></m>`,
  }
  const plain = { kind: 'raw' as const, contentType: 'text/plain', text: `$$To $$Body ${secret('plain')}` }
  const make = (name: string, names: string[], settings: Parameters<typeof providerInput>[0]) =>
    providerInput({ endpoint, ...settings }, { name, secrets: secretsOf(name, ['path', 'query', ...names]) })
  const oauth = {
    kind: 'oauth2' as const,
    tokenUrl: `${origin}/token/${secret('tokenPath')}`,
    clientId: secret('clientId'),
    clientSecret: secret('clientSecret'),
    scope: secret('scope'),
    credentialsIn: 'header' as const,
    parameters: [row('audience', secret('audience'))],
  }
  return [
    make('form', ['user', 'password', 'header', 'twice', 'off', 'param', 'offParam'], {
      auth: { kind: 'basic', username: secret('user'), password: secret('password') },
      headers,
      parameters: form,
    }),
    make('get', ['param', 'offParam', 'token'], {
      method: 'GET',
      auth: { kind: 'bearer', token: secret('token') },
      parameters: form,
    }),
    make('json', ['json', 'tokenPath', 'clientId', 'clientSecret', 'scope', 'audience'], {
      auth: oauth,
      parameters: json,
    }),
    make('xml', ['attribute', 'xml', 'cdata'], { parameters: xml }),
    make('plain', ['plain', 'proxyUser', 'proxyPassword'], {
      parameters: plain,
      connection: {
        proxy: {
          kind: 'manual',
          address: proxy,
          username: secret('proxyUser'),
          password: secret('proxyPassword'),
        },
        authorities: '',
      },
    }),
  ]
}

/** Of the catalogue: secrets that its requests take, one that none does, and one typed where plain values belong. */
function vendorsProviders(): ProviderInput[] {
  return ['json', 'form'].map((api) => {
    const misplaced = { token: plant(`${api} token among the fields`) }
    const secrets = secretsOf(`acme ${api}`, ['token', 'sub', 'hookKey'])
    return acmeInput(misplaced, { name: `acme ${api}`, secrets, vendor: { api } })
  })
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => [
      entry.name,
      readFileSync(join(entry.parentPath, entry.name), 'latin1'),
    ])

async function useAll(test: TestWorkbench, told: [string, string][], inputs: ProviderInput[]): Promise<void> {
  const tell = (name: string, answer: unknown) => told.push([name, JSON.stringify(answer)])
  for (const input of inputs) {
    const draft = { ...input, id: crypto.randomUUID(), name: `${input.name} draft` }
    tell('save', await test.workbench.dispatch('providers.save', input))
    for (const provider of [input.id, draft])
      tell('send', await test.workbench.dispatch('messages.send', sendInput(provider)))
    tell(
      'preview',
      await test.workbench.dispatch('providers.preview', {
        draft: input,
        to: '+14155550123',
        country: null,
        text: 'Hi',
        values: {},
        reveal: false,
      }),
    )
    tell('testToken', await test.workbench.dispatch('providers.testToken', { key: newId(), draft: input }))
    tell('duplicate', await test.workbench.dispatch('providers.duplicate', { id: input.id }))
    for (const name of ['providers.get', 'providers.impact'] as const)
      tell(name, await test.workbench.dispatch(name, { id: input.id }))
    // Refused, as the name is taken: what was typed must not come back in the words.
    tell(
      'refused',
      await test.workbench.dispatch('providers.save', draft.name ? { ...draft, name: input.name } : draft),
    )
  }
  const page = await test.call('messages.list', { providerId: null, before: null, limit: 100 })
  tell('messages.list', page)
  for (const { id } of page.messages)
    tell('messages.get', await test.workbench.dispatch('messages.get', { id }))
  tell('providers.list', await test.workbench.dispatch('providers.list', undefined))
  for (const passphrase of [null, 'correct horse battery'])
    tell('export', await test.workbench.dispatch('providers.export', { ids: null, passphrase }))
  tell('backup', await test.workbench.dispatch('store.backup', undefined))
  tell('log', await test.workbench.dispatch('logs.tail', { lines: 2000 }))
}

it(
  'keeps every secret out of files, answers, events and exports, in whatever form',
  { timeout: 60_000 },
  async () => {
    const granted = plantPlain('token from the token server')
    // Echoes all that it gets, in the status line's place, headers and body, as careless gateways do.
    const server = await startHttpServer(({ method, url, headers, body }) =>
      url.startsWith('/token')
        ? { body: JSON.stringify({ access_token: granted, token_type: 'Bearer', expires_in: 60 }) }
        : {
            status: 401,
            headers: { 'X-Echo': encodeURIComponent(url) },
            body: JSON.stringify({
              error: `${method} ${url}`,
              headers,
              body,
              hex: Buffer.from(body).toString('hex'),
            }),
          },
    )
    const origin = `http://127.0.0.1:${server.port}`
    const test = await openTestWorkbench({ vendorFiles: vendorFiles(acmeAt(origin)) })
    const inputs = [...providersAt(origin, origin), ...vendorsProviders()]
    const told: [string, string][] = []
    await useAll(test, told, inputs)
    const wal = filesIn(test.folder)
    expect(wal.map(([name]) => name)).toEqual(
      expect.arrayContaining(['workbench.sqlite', 'workbench.sqlite-wal']),
    )
    told.push(['events', JSON.stringify(test.events)], ...wal)
    await test.reopen()
    told.push(...filesIn(test.folder))

    expect(planted.size).toBeGreaterThanOrEqual(30)
    const found = [...planted].flatMap(([value, place]) =>
      told.flatMap(([where, text]) =>
        formsOf(value)
          .filter((form) => text.includes(form))
          .map((form) => `${place} in ${where} as ${form}`),
      ),
    )
    expect(found).toEqual([])
    // The search finds what is there: the server was really sent them, and its echoes were kept, cleaned.
    const received = JSON.stringify(server.received)
    const sent = [...planted.keys()].filter((value) => formsOf(value).some((form) => received.includes(form)))
    expect(sent.length).toBeGreaterThanOrEqual(20)
    expect(told.filter(([, text]) => text.includes('[secret]')).length).toBeGreaterThan(10)
    await test.close()
    await server.close()
  },
)
