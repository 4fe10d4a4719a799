import { afterEach, beforeEach, expect, it } from 'vitest'
import { handClock, type HandClock } from '../../helpers/hand-clock.ts'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let clock: HandClock
let now = 1_800_000_000_000
let giveToken: (index: number) => Answer | Promise<Answer>

const granted = (index: number): Answer => ({
  body: JSON.stringify({ access_token: `token-number-${index}`, expires_in: 100 }),
})

beforeEach(async () => {
  clock = handClock()
  giveToken = granted
  test = await openTestWorkbench({ clock, now: () => now })
  tokens = await startHttpServer((_request, index) => giveToken(index))
  api = await startHttpServer(() => ({}))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

async function saved(): Promise<string> {
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
  return (await test.call('providers.save', providerInput({ endpoint, auth, ratePerSecond: 4 }))).id
}

/** The token server is silent until the answered function is called. */
function silence(): { asked: Promise<void>; give: () => void } {
  let give = () => {}
  const asked = new Promise<void>((resolve) => {
    giveToken = (index) => {
      resolve()
      return new Promise((done) => (give = () => done(granted(index))))
    }
  })
  return { asked, give: () => give() }
}

const send = (id: string) => test.call('messages.send', sendInput(id, { test: false }))

it('messages that waited for one token still go one by one, in their order', async () => {
  const id = await saved()
  const { asked, give } = silence()
  const sending = [0, 1, 2, 3, 4].map(() => send(id))
  await asked
  await clock.advance(2500)
  give()
  for (const [index, story] of sending.entries()) {
    expect(onlyAttempt(await story).outcome?.code).toBe('accepted')
    expect(api.received).toHaveLength(index + 1)
    await clock.advance(249)
    expect(clock.waiting()).toBe(index === 4 ? 0 : 1)
    await clock.advance(1)
  }
  expect(tokens.received).toHaveLength(1)
})

it('a token that expires while turns are awaited is renewed, and the turns are kept', async () => {
  const id = await saved()
  const sending = [0, 1, 2].map(() => send(id))
  await sending[0]
  now += 100_000
  const { asked, give } = silence()
  await clock.advance(250)
  await asked
  await clock.advance(1000)
  give()
  await sending[1]
  expect(api.received).toHaveLength(2)
  await clock.advance(250)
  await sending[2]
  expect(api.received.map(({ headers }) => headers.authorization)).toEqual(
    [0, 1, 1].map((index) => `Bearer token-number-${index}`),
  )
})
