import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { freePort } from '../../helpers/free-port.ts'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let clock = 1_800_000_000_000
let giveToken: () => Answer | Promise<Answer>

beforeEach(async () => {
  test = await openTestWorkbench({ now: () => clock })
  tokens = await startHttpServer(() => giveToken())
  api = await startHttpServer(() => ({}))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

function provider(tokenUrl = `http://127.0.0.1:${tokens.port}/token`) {
  const auth: ProviderSettings['auth'] = {
    kind: 'oauth2',
    tokenUrl,
    clientId: 'one',
    clientSecret: '{{secret:client}}',
    scope: '',
    credentialsIn: 'body',
    parameters: [],
  }
  const timeouts = { connectMs: 300, tlsMs: 300, firstByteMs: 300, totalMs: 2000 }
  const settings = { endpoint: `http://127.0.0.1:${api.port}/sms`, auth, timeouts }
  return providerInput(settings, { secrets: { client: 'very secret' } })
}

async function outcomeOf(input: ReturnType<typeof provider>) {
  const story = await test.call('messages.send', sendInput(input))
  const attempt = onlyAttempt(story)
  if (!attempt.outcome) throw new Error('no outcome')
  expect(await test.call('messages.get', { id: story.id })).toEqual(story)
  expect([attempt.bytesOut, api.received.length, story.state]).toEqual([false, 0, 'failed'])
  expect(attempt.request?.headers.map(({ name }) => name)).toContain('Authorization')
  return { outcome: attempt.outcome, verdict: verdictOf(attempt.outcome), story }
}

describe('without a token nothing is sent', () => {
  it.each([
    [
      400,
      '{"error":"invalid_client","error_description":"No such client."}',
      'No such client (code invalid_client)',
    ],
    [401, '{"error":"invalid_client"}', 'invalid_client'],
    [403, 'no', 'client ID'],
    [404, '<html>', 'token URL'],
  ])('HTTP %i %s is a refusal', async (status, body, words) => {
    giveToken = () => ({ status, body })
    const { outcome, verdict } = await outcomeOf(provider())
    expect(outcome).toMatchObject({ class: 'misconfigured', code: 'token_refused', facts: { status } })
    expect(verdict.title).toContain(String(status))
    expect(verdict.cause).toContain(words)
  })

  it.each([
    ['a 500', { status: 500 }, 'HTTP 500'],
    ['a 429', { status: 429, headers: { 'Retry-After': '30' } }, 'HTTP 429'],
    [
      'a redirect',
      { status: 302, headers: { Location: 'https://elsewhere.example.test/' } },
      'elsewhere.example.test',
    ],
    ['what is not JSON', { body: '<html>' }, 'not a JSON object'],
    ['no token', { body: '{"token_type":"bearer"}' }, 'no access_token'],
    ['a token of another type', { body: '{"access_token":"abc12","token_type":"mac"}' }, '“mac”'],
    ['a token with a line break', { body: '{"access_token":"abc\\r\\nX: y"}' }, 'no header can carry'],
  ])('%s leaves none', async (_name, answer: Answer, words) => {
    giveToken = () => answer
    const { outcome, verdict } = await outcomeOf(provider())
    expect(outcome).toMatchObject({ class: 'unavailable', code: 'token_unavailable' })
    expect(verdict.cause).toContain(words)
    expect(verdict.cause).toContain(`127.0.0.1:${tokens.port}`)
  })

  it('a token server that is down or silent is named, with what went wrong', async () => {
    const port = await freePort()
    const down = await outcomeOf(provider(`http://127.0.0.1:${port}/token`))
    expect(down.outcome).toMatchObject({ code: 'token_unavailable', facts: { systemCode: 'ECONNREFUSED' } })
    expect(down.verdict.cause).toContain(`127.0.0.1:${port} refused the connection`)
    giveToken = () => new Promise(() => {})
    const silent = await outcomeOf(provider())
    expect(silent.outcome).toMatchObject({ class: 'unavailable', code: 'token_unavailable' })
    expect(silent.verdict.cause).toContain('First byte time-out')
    expect(silent.verdict.cause).toContain('300 ms')
  })

  it('a token address that is never sent to is refused', async () => {
    const { outcome } = await outcomeOf(provider('http://169.254.169.254/token'))
    expect(outcome).toMatchObject({ class: 'misconfigured', code: 'address_refused' })
  })
})

describe('after a refusal', () => {
  it('the same credentials wait, a test asks at once, and what comes is used', async () => {
    giveToken = () => ({ status: 401, body: '{"error":"invalid_client"}' })
    const { id } = await test.call('providers.save', provider())
    const send = async (isTest = false) =>
      onlyAttempt(await test.call('messages.send', sendInput(id, { test: isTest }))).outcome
    expect(await send()).toMatchObject({ code: 'token_refused', facts: { retryAfterSeconds: 120 } })
    clock += 20_000
    const waiting = await send()
    expect(waiting).toMatchObject({ code: 'token_refused', facts: { retryAfterSeconds: 100 } })
    expect(waiting && verdictOf(waiting).next).toContain('100 s')
    expect(tokens.received).toHaveLength(1)
    expect((await send(true))?.code).toBe('token_refused')
    expect(tokens.received).toHaveLength(2)
    giveToken = () => ({ body: '{"access_token":"abcdef","expires_in":60}' })
    clock += 119_000
    expect((await send())?.code).toBe('token_refused')
    clock += 1000
    expect((await send())?.code).toBe('accepted')
    expect(tokens.received).toHaveLength(3)
  })
})

describe('while a token is fetched', () => {
  it('a message can be cancelled, and others wait on', async () => {
    let give: (answer: Answer) => void = () => {}
    const asked = new Promise<void>((resolve) => {
      giveToken = () => {
        resolve()
        return new Promise((done) => (give = done))
      }
    })
    const { id } = await test.call('providers.save', provider())
    const [first, second] = [sendInput(id), sendInput(id)]
    const stories = [first, second].map((input) => test.call('messages.send', input))
    await asked
    expect(await test.call('messages.list', { providerId: id, before: null, limit: 9 })).toMatchObject({
      messages: [],
    })
    await test.call('messages.cancel', { key: first.key })
    expect(onlyAttempt((await stories[0])!).outcome).toMatchObject({
      class: 'cancelled',
      code: 'cancelled_before_sending',
    })
    give({ body: '{"access_token":"abcdef"}' })
    expect(onlyAttempt((await stories[1])!).outcome?.code).toBe('accepted')
    expect([tokens.received.length, api.received.length]).toEqual([1, 1])
    const phases = test.events.filter(({ name }) => name === 'message.phase').map(({ payload }) => payload)
    expect(phases).toContainEqual({ key: second.key, phase: 'token' })
  })

  it('the end of all that wait for it ends its request', async () => {
    const asked = new Promise<void>((resolve) => {
      giveToken = () => {
        resolve()
        return new Promise(() => {})
      }
    })
    const story = test.call('messages.send', sendInput(provider()))
    await asked
    await test.workbench.stopSending()
    expect(onlyAttempt(await story).outcome?.code).toBe('cancelled_before_sending')
  })
})

describe('providers.testToken', () => {
  it('asks anew, and shows all but the token', async () => {
    giveToken = () => ({
      body: '{"access_token":"top-secret-token","refresh_token":"other-secret","expires_in":"60","scope":"a b"}',
    })
    const draft = provider()
    for (const count of [1, 2]) {
      const result = await test.call('providers.testToken', { key: newId(), draft })
      expect(result).toMatchObject({ outcome: { code: 'accepted' }, expiresAt: clock + 60_000, scope: 'a b' })
      expect(JSON.stringify(result)).not.toMatch(/top-secret|other-secret|very secret/)
      expect(result.response?.body).toContain('"access_token":"[secret]"')
      expect(result.request?.body).toContainEqual({ secret: 'client', place: 'form' })
      expect(result.timings?.total).toBeGreaterThan(0)
      expect(tokens.received).toHaveLength(count)
    }
    // What it got is what the next message uses.
    await test.call('messages.send', sendInput(draft))
    expect([tokens.received.length, api.received[0]?.headers.authorization]).toEqual([
      2,
      'Bearer top-secret-token',
    ])
  })

  it('can be cancelled', async () => {
    const key = newId()
    giveToken = () => {
      void test.call('providers.cancelTokenTest', { key })
      return new Promise(() => {})
    }
    const result = await test.call('providers.testToken', { key, draft: provider() })
    expect(result).toMatchObject({ outcome: { class: 'cancelled' }, response: null, expiresAt: null })
    // One that is over, or was never there, is no error.
    expect(await test.call('providers.cancelTokenTest', { key })).toBeNull()
  })

  it('gives a failure’s verdict, and refuses other authentication', async () => {
    giveToken = () => ({ status: 400, body: '{"error":"invalid_scope"}' })
    expect(await test.call('providers.testToken', { key: newId(), draft: provider() })).toMatchObject({
      outcome: { code: 'token_refused', facts: { errorCode: 'invalid_scope' } },
      response: { status: 400 },
      expiresAt: null,
    })
    const missing = await test.call('providers.testToken', {
      key: newId(),
      draft: { ...provider(), secrets: {} },
    })
    expect(missing).toMatchObject({ outcome: { code: 'secret_missing' }, request: null })
    expect((await test.refusal('providers.testToken', { key: newId(), draft: providerInput() })).code).toBe(
      'invalid_input',
    )
  })
})
