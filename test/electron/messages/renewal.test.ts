import { afterEach, beforeEach, expect, it } from 'vitest'
import { verdictOf } from '#shared/verdict.ts'
import { handClock, type HandClock } from '../../helpers/hand-clock.ts'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let clock: HandClock
let giveToken: (index: number) => Answer | Promise<Answer>
let answer: (index: number) => Answer

const granted = (index: number): Answer => ({
  body: JSON.stringify({ access_token: `token-number-${index}`, expires_in: 3600 }),
})

beforeEach(async () => {
  clock = handClock()
  giveToken = granted
  answer = (index) => ({ status: index === 1 ? 401 : 200 })
  test = await openTestWorkbench({ clock })
  tokens = await startHttpServer((_request, index) => giveToken(index))
  api = await startHttpServer((_request, index) => answer(index))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

/** A provider whose second message is answered with a 401; the first has been sent. */
async function refusing(ratePerSecond: number | null = null): Promise<string> {
  const auth = {
    kind: 'oauth2' as const,
    tokenUrl: `http://127.0.0.1:${tokens.port}/token`,
    clientId: 'one',
    clientSecret: 'two',
    scope: '',
    credentialsIn: 'body' as const,
    parameters: [],
  }
  const endpoint = `http://127.0.0.1:${api.port}/sms`
  const { id } = await test.call('providers.save', providerInput({ endpoint, auth, ratePerSecond }))
  await test.call('messages.send', sendInput(id))
  return id
}

const attention = async (id: string) =>
  (await test.call('providers.list', undefined)).find((one) => one.id === id)?.attention

it('a cancel while a refused token is renewed ends the message as cancelled, and flags nothing', async () => {
  const id = await refusing()
  const input = sendInput(id)
  giveToken = () => {
    void test.call('messages.cancel', { key: input.key })
    return new Promise(() => {})
  }
  const story = await test.call('messages.send', input)
  const attempt = onlyAttempt(story)
  expect(story.state).toBe('cancelled')
  expect(attempt.outcome).toMatchObject({ class: 'cancelled', facts: { status: 401 } })
  expect([attempt.bytesOut, attempt.response?.status, api.received.length]).toEqual([true, 401, 2])
  expect(attempt.outcome && verdictOf(attempt.outcome).cause).toContain('did not take the message')
  expect(await attention(id)).toBeNull()
  expect(await test.call('messages.get', { id: story.id })).toEqual(story)
})

/** Resolves when a message is queued the next time. */
function queued(key: string): Promise<void> {
  return new Promise((resolve) => {
    test.workbench.events.subscribe(({ name, payload }) => {
      if (name === 'message.phase' && payload.key === key && payload.phase === 'queued') resolve()
    })
  })
}

/** A message whose resend waits for its turn. */
async function waitingForResend() {
  const id = await refusing(2)
  const input = sendInput(id)
  const first = queued(input.key)
  const story = test.call('messages.send', input)
  await first
  const second = queued(input.key)
  await clock.advance(500)
  await second
  expect(api.received).toHaveLength(2)
  return { id, input, story }
}

it('the resend after a 401 waits for a turn of its own', async () => {
  const { story } = await waitingForResend()
  await clock.advance(500)
  expect(onlyAttempt(await story).outcome).toMatchObject({ code: 'accepted', facts: { tokenRenewed: true } })
  expect(api.received).toHaveLength(3)
})

it('the wait for the resend can be cancelled', async () => {
  const { id, input, story } = await waitingForResend()
  await test.call('messages.cancel', { key: input.key })
  expect(onlyAttempt(await story).outcome).toMatchObject({ class: 'cancelled', facts: { status: 401 } })
  expect([api.received.length, clock.waiting(), await attention(id)]).toEqual([2, 0, null])
})

it('what was edited meanwhile is not sent again as it was, nor blamed for it', async () => {
  const { id, story } = await waitingForResend()
  const endpoint = `http://127.0.0.1:${api.port}/new`
  await test.call('providers.save', providerInput({ endpoint }, { id }))
  await clock.advance(500)
  expect(onlyAttempt(await story).outcome?.code).toBe('unauthorized')
  expect([api.received.length, await attention(id)]).toEqual([2, null])
})
