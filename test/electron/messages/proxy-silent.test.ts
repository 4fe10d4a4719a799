import { afterEach, beforeEach, expect, it } from 'vitest'
import { proxyFromResolver } from '../../../electron/sending/access/system-proxy.ts'
import { verdictOf } from '#shared/verdict.ts'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let api: HttpServer
/** Resolves with each question to the system. */
let asked: () => void
let answer: Promise<string>

beforeEach(async () => {
  answer = new Promise(() => {})
  asked = () => {}
  api = await startHttpServer(() => ({}))
  const systemProxy = proxyFromResolver(() => {
    asked()
    return answer
  })
  const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
  test = await openTestWorkbench({ systemProxy, network: { lookup } })
})
afterEach(async () => {
  await api.close()
  await test.close()
})

function input(connectMs: number) {
  const timeouts = { connectMs, tlsMs: 5000, firstByteMs: 5000, totalMs: 10_000 }
  return sendInput(providerInput({ endpoint: `http://gateway.example:${api.port}/`, timeouts }))
}

it('a system that does not say which proxy to use ends a message in time, and is asked anew', async () => {
  const { outcome, bytesOut } = onlyAttempt(await test.call('messages.send', input(100)))
  expect(outcome).toMatchObject({ class: 'unavailable', code: 'proxy_failed' })
  expect(outcome && verdictOf(outcome).cause).toContain('did not say within 100 ms')
  expect([bytesOut, api.received.length]).toEqual([false, 0])
  answer = Promise.resolve('DIRECT')
  const next = onlyAttempt(await test.call('messages.send', input(100)))
  expect(next.outcome?.code).toBe('accepted')
})

it('a message that waits for the system can be cancelled, and holds up no close', async () => {
  const question = () => new Promise<void>((resolve) => (asked = resolve))
  const first = input(60_000)
  const isAsked = question()
  const story = test.call('messages.send', first)
  await isAsked
  await test.call('messages.cancel', { key: first.key })
  expect(onlyAttempt(await story).outcome).toMatchObject({
    class: 'cancelled',
    code: 'cancelled_before_sending',
  })
  const isAskedAgain = question()
  const second = test.call('messages.send', input(60_000))
  await isAskedAgain
  await test.workbench.stopSending()
  expect((await second).state).toBe('cancelled')
})
