import { afterEach, beforeEach, expect, it } from 'vitest'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let clock = 1_800_000_000_000
let refused = ''

beforeEach(async () => {
  refused = ''
  test = await openTestWorkbench({ now: () => clock })
  tokens = await startHttpServer(({ body }, index) => ({
    body: JSON.stringify({
      access_token: `token-${index}-for-${new URLSearchParams(body).get('scope')}`,
      expires_in: 3600,
    }),
  }))
  api = await startHttpServer(({ headers }) => ({ status: headers.authorization === refused ? 401 : 200 }))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

function provider() {
  const auth = {
    kind: 'oauth2' as const,
    tokenUrl: `http://127.0.0.1:${tokens.port}/token`,
    clientId: 'one',
    clientSecret: '{{secret:client}}',
    scope: 'first',
    credentialsIn: 'body' as const,
    parameters: [],
  }
  const endpoint = `http://127.0.0.1:${api.port}/sms`
  return providerInput({ endpoint, auth }, { secrets: { client: 'very secret' } })
}

async function send(input: ReturnType<typeof provider>, scope = 'first') {
  const { settings } = input
  const auth = { ...settings.auth, scope } as typeof settings.auth
  return onlyAttempt(
    await test.call('messages.send', sendInput({ ...input, settings: { ...settings, auth } })),
  ).id
}

async function revealed(attemptId: string) {
  const request = await test.call('messages.revealRequest', { attemptId })
  return request.headers.find(({ name }) => name === 'Authorization')?.value.join('')
}

const gone = 'Bearer <access token, no longer kept>'

it('each attempt reveals the token that it was sent with, whatever was tested after it', async () => {
  const input = provider()
  const attempts = [await send(input), await send(input, 'other'), await send(input)]
  expect(await Promise.all(attempts.map(revealed))).toEqual(
    api.received.map(({ headers }) => headers.authorization),
  )
})

it('a renewed token is not shown for what was sent with the one before it', async () => {
  const input = provider()
  const first = await send(input)
  clock += 3_600_000
  const second = await send(input)
  expect([await revealed(first), await revealed(second)]).toEqual([gone, 'Bearer token-1-for-first'])
  await test.call('providers.testToken', { key: newId(), draft: input })
  expect(await revealed(second)).toBe(gone)
})

it('what was sent again after a 401 reveals the token that was sent last', async () => {
  const input = provider()
  const first = await send(input)
  refused = 'Bearer token-0-for-first'
  const second = await send(input)
  expect(api.received.at(-1)?.headers.authorization).toBe('Bearer token-1-for-first')
  expect([await revealed(first), await revealed(second)]).toEqual([gone, 'Bearer token-1-for-first'])
})

it('nothing is taken for what was sent before a restart', async () => {
  const input = provider()
  await test.call('providers.save', input)
  const { id } = onlyAttempt(await test.call('messages.send', sendInput(input.id)))
  await test.reopen()
  await test.call('messages.send', sendInput(input.id))
  expect(await revealed(id)).toBe(gone)
})
