import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { handClock, type HandClock } from '../../helpers/hand-clock.ts'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let api: HttpServer
let clock: HandClock
let answer: (url: string) => Answer | Promise<Answer>
const { id, name } = providerInput()

beforeEach(async () => {
  clock = handClock()
  test = await openTestWorkbench({ clock })
  answer = (url) => ({ status: url === '/old' ? 401 : 200 })
  api = await startHttpServer(({ url }) => answer(url))
  await save('/old', 'old-secret')
})
afterEach(async () => {
  await api.close()
  await test.close()
})

function save(path: string, secret: string, more: Partial<ProviderSettings> = {}) {
  const endpoint = `http://127.0.0.1:${api.port}${path}`
  const headers = headerRows({ 'X-Key': '{{secret:key}}' })
  const settings = { endpoint, headers, ratePerSecond: 0.5, ...more }
  return test.call('providers.save', providerInput(settings, { id, name, secrets: { key: secret } }))
}

const send = () => test.call('messages.send', sendInput(id, { test: false }))
const attention = async () => (await test.call('providers.list', undefined))[0]?.attention
const went = () => api.received.map(({ url, headers }) => `${url} ${String(headers['x-key'])}`)

it('a message that waits goes out with the settings and secrets as they are then', async () => {
  const [first, second] = [send(), send()]
  await first
  expect(await attention()).toContain('401')
  await save('/new', 'new-secret')
  await clock.advance(2000)
  const story = await second
  expect(onlyAttempt(story).outcome?.code).toBe('accepted')
  expect(went()).toEqual(['/old old-secret', '/new new-secret'])
  expect(onlyAttempt(story).request?.url.join('')).toContain('/new')
  expect(await test.call('messages.get', { id: story.id })).toEqual(story)
  expect(await attention()).toBeNull()
})

it('at the rate as it is then', async () => {
  const [first, ...others] = [send(), send(), send(), send()]
  await first
  await save('/new', 'new-secret', { ratePerSecond: 10 })
  await clock.advance(2000)
  await others[0]
  await clock.advance(100)
  await others[1]
  await clock.advance(100)
  await others[2]
  expect(went()).toHaveLength(4)
})

it('or is refused when they want what it does not have', async () => {
  const [first, second] = [send(), send()]
  await first
  await save('/new', 'new-secret', { headers: headerRows({ 'X-A': '$$Campaign' }) })
  const refused = expect(second).rejects.toThrow('invalid_input')
  await clock.advance(2000)
  await refused
  const { messages } = await test.call('messages.list', { providerId: id, before: null, limit: 9 })
  expect([messages.length, api.received.length]).toEqual([1, 1])
})

it('an answer to settings that were replaced meanwhile flags nothing', async () => {
  answer = async () => {
    await save('/new', 'new-secret')
    return { status: 401 }
  }
  expect(onlyAttempt(await send()).outcome?.code).toBe('unauthorized')
  expect(await attention()).toBeNull()
})
