import { afterEach, beforeEach, expect, it } from 'vitest'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let clock = 1_800_000_000_000
let given: Answer
let echoed = ''

beforeEach(async () => {
  test = await openTestWorkbench({ now: () => clock })
  tokens = await startHttpServer(() => given)
  api = await startHttpServer(() => ({ body: echoed }))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

async function ask() {
  const auth = {
    kind: 'oauth2' as const,
    tokenUrl: `http://127.0.0.1:${tokens.port}/token`,
    clientId: 'one',
    clientSecret: '{{secret:client}}',
    scope: '',
    credentialsIn: 'body' as const,
    parameters: [],
  }
  const draft = providerInput({ auth }, { secrets: { client: 'very secret' } })
  return test.call('providers.testToken', { key: newId(), draft })
}

async function answered() {
  const endpoint = `http://127.0.0.1:${api.port}/sms`
  const story = await test.call('messages.send', sendInput(providerInput({ endpoint })))
  return onlyAttempt(story).response?.body
}

const token = (index: number) => `abcd-token-number-${String(index).padStart(5, '0')}`

it('of an answer full of tokens ten are remembered, and the workbench goes on', async () => {
  const all = Array.from({ length: 11_000 }, (_, index) => `access_token=${token(index)}`)
  given = { status: 400, body: all.join(' ').slice(0, 255_000) }
  await ask()
  echoed = [0, 9, 10].map(token).join(' ')
  expect(await answered()).toBe(`[secret] [secret] ${token(10)}`)
})

it('a token is taken out of answers while it is valid and an hour longer, and then forgotten', async () => {
  given = { body: JSON.stringify({ access_token: token(1), expires_in: 600 }) }
  await ask()
  echoed = `${token(1)} ${token(2)}`
  given = { body: JSON.stringify({ access_token: token(2), expires_in: 60_000 }) }
  clock += 4_200_000 - 1
  await ask()
  expect(await answered()).toBe('[secret] [secret]')
  clock += 1
  await ask()
  expect(await answered()).toBe(`${token(1)} [secret]`)
})
