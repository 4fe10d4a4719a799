import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

let test: TestWorkbench
let server: HttpServer

beforeEach(async () => {
  test = await openTestWorkbench()
  server = await startHttpServer(({ headers }) => {
    const header = headers.authorization ?? headers['proxy-authorization'] ?? ''
    const encoded = header.slice('Basic '.length)
    const words = `${header} / ${encoded.replaceAll('=', '')} / ${Buffer.from(encoded, 'base64').toString()}`
    const body = JSON.stringify({ error: 'invalid_client', error_description: words })
    return { status: 401, headers: { 'X-Echo': header }, body }
  })
})
afterEach(async () => {
  await server.close()
  await test.close()
})

const secrets = [
  'abc/def+ghi',
  'p@ss w/rd+é=&secret%21',
  "it's(me)*~!",
  'short7!',
  'abcd',
  'plain secret value',
]

/** The finished header's value, which stands nowhere, with or without its padding; nor does what is in it. */
function expectNoTrace(shown: unknown[], credentials: string, secret: string) {
  const encoded = Buffer.from(credentials).toString('base64').replaceAll('=', '')
  const files = readdirSync(test.folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
  for (const text of [...shown.map((one) => JSON.stringify(one)), ...files]) {
    expect(text.includes(encoded)).toBe(false)
    expect(text.includes(credentials)).toBe(false)
    expect(text.includes(JSON.stringify(secret).slice(1, -1))).toBe(false)
  }
}

const formed = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)

it.each(secrets)('a token server that echoes the client’s credentials with %j shows none', async (secret) => {
  const auth = {
    kind: 'oauth2' as const,
    tokenUrl: `http://127.0.0.1:${server.port}/token`,
    clientId: 'id',
    clientSecret: '{{secret:client}}',
    scope: '',
    credentialsIn: 'header' as const,
    parameters: [],
  }
  const draft = providerInput({ auth }, { secrets: { client: secret } })
  const result = await test.call('providers.testToken', { key: newId(), draft })
  await test.call('providers.save', draft)
  const story = await test.call('messages.send', sendInput(draft.id))
  const sent = server.received[0]?.headers.authorization?.slice('Basic '.length) ?? ''
  const credentials = Buffer.from(sent, 'base64').toString()
  expect(new URLSearchParams(`x=${credentials.split(':')[1]}`).get('x')).toBe(secret)
  expectNoTrace([result, story, test.events], credentials, secret)
  expectNoTrace([result], `id:${formed(secret)}`, secret)
  expect(result.response?.headers).toContainEqual({ name: 'X-Echo', value: 'Basic [secret]' })
})

it.each(secrets)('a provider that echoes a Basic header with %j shows none', async (secret) => {
  const endpoint = `http://127.0.0.1:${server.port}/sms`
  const auth = { kind: 'basic' as const, username: 'user', password: '{{secret:pw}}' }
  const input = providerInput({ endpoint, auth }, { secrets: { pw: secret } })
  await test.call('providers.save', input)
  const story = await test.call('messages.send', sendInput(input.id))
  expect(onlyAttempt(story).response?.body).toContain('Basic [secret]')
  expectNoTrace([story, test.events], `user:${secret}`, secret)
})

it.each(secrets)('a proxy that echoes its credentials with %j shows none', async (secret) => {
  const address = `http://127.0.0.1:${server.port}`
  const proxy = { kind: 'manual' as const, address, username: 'user', password: '{{secret:pw}}' }
  const connection = { proxy, authorities: '' }
  const input = providerInput(
    { endpoint: 'http://gateway.example/s', connection },
    { secrets: { pw: secret } },
  )
  const story = await test.call('messages.send', sendInput(input))
  expect(onlyAttempt(story).response?.body).toContain('Basic [secret]')
  expectNoTrace([story, test.events], `user:${secret}`, secret)
})
