import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench({
    network: {
      lookup: (hostname) =>
        hostname === 'never.example.test'
          ? new Promise(() => {})
          : Promise.reject(Object.assign(new Error(hostname), { code: 'ENOTFOUND' })),
    },
  })
})
afterAll(() => test.close())

const quick = { connectMs: 300, tlsMs: 300, firstByteMs: 300, totalMs: 2000 }

async function outcomeOf(settings: Partial<ProviderSettings>) {
  const story = await test.call('messages.send', sendInput(providerInput({ timeouts: quick, ...settings })))
  const attempt = onlyAttempt(story)
  const { outcome } = attempt
  if (!outcome) throw new Error('no outcome')
  const verdict = verdictOf(outcome)
  for (const words of Object.values(verdict)) expect(words).not.toMatch(/undefined|NaN|\[object/)
  return { story, attempt, outcome, verdict }
}

async function against(
  handlers: { onConnect?: (socket: Socket) => void; onRequest?: (socket: Socket) => void },
  settings: Partial<ProviderSettings> = {},
  scheme = 'http',
) {
  const server = await startRawServer(handlers)
  try {
    return await outcomeOf({ endpoint: `${scheme}://127.0.0.1:${server.port}/sms`, ...settings })
  } finally {
    await server.close()
  }
}

const answering = (status: string, body = '', headers: string[] = []) => ({
  onRequest: (socket: Socket) => socket.write(reply(status, body, headers)),
})

describe('an answer', () => {
  const byStatus: [status: string, outcomeClass: string, code: string][] = [
    ['200 OK', 'accepted', 'accepted'],
    ['202 Accepted', 'accepted', 'accepted'],
    ['302 Found', 'misconfigured', 'redirected'],
    ['400 Bad Request', 'misconfigured', 'bad_request'],
    ['401 Unauthorized', 'misconfigured', 'unauthorized'],
    ['402 Payment Required', 'misconfigured', 'payment_required'],
    ['403 Forbidden', 'misconfigured', 'forbidden'],
    ['404 Not Found', 'misconfigured', 'not_found'],
    ['405 Method Not Allowed', 'misconfigured', 'method_not_allowed'],
    ['408 Request Timeout', 'unknown', 'status_408'],
    ['413 Payload Too Large', 'misconfigured', 'payload_too_large'],
    ['418 Teapot', 'misconfigured', 'other_client_error'],
    ['422 Unprocessable', 'misconfigured', 'unprocessable'],
    ['429 Too Many Requests', 'unavailable', 'rate_limited'],
    ['500 Internal Server Error', 'unknown', 'server_error'],
    ['502 Bad Gateway', 'unknown', 'bad_gateway'],
    ['503 Service Unavailable', 'unavailable', 'service_unavailable'],
    ['504 Gateway Timeout', 'unknown', 'gateway_timed_out'],
    ['599 Odd', 'unknown', 'server_error'],
  ]

  it.each(byStatus)('%s is %s (%s)', async (status, outcomeClass, code) => {
    const { outcome, story } = await against(answering(status))
    expect(outcome).toMatchObject({
      class: outcomeClass,
      code,
      facts: { status: Number(status.slice(0, 3)) },
    })
    expect(story.state).toBe(outcomeClass === 'accepted' ? 'sent' : 'failed')
  })

  it('carries the wait that it asks for', async () => {
    const { outcome, verdict } = await against(answering('429 Slow down', '', ['Retry-After: 42']))
    expect(outcome.facts.retryAfterSeconds).toBe(42)
    expect(verdict.next).toContain('42 s')
  })

  it('of 200 is a failure when its body says so, in the vendor’s words', async () => {
    const { outcome, verdict } = await against(
      answering('200 OK', '{"status":"error","e":{"c":7,"t":"No route"}}'),
      {
        success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'status', equals: 'ok' } },
        reading: { messageId: '', errorCode: 'e.c', errorText: 'e.t' },
      },
    )
    expect(outcome).toMatchObject({ class: 'misconfigured', code: 'body_says_failure' })
    expect(verdict.cause).toContain('No route (code 7)')
  })

  it('of 200 that the rule cannot read is unknown, as the message may have been taken', async () => {
    const { outcome } = await against(answering('200 OK', '<html>'), {
      success: { statusFrom: 200, statusTo: 299, body: { kind: 'contains', text: 'queued' } },
    })
    expect(outcome).toMatchObject({ class: 'unknown', code: 'no_rule_reads_answer' })
  })

  it('is not waited for by a pattern that never ends', async () => {
    const { outcome } = await against(answering('200 OK', `${'a'.repeat(40)}!`), {
      success: { statusFrom: 200, statusTo: 299, body: { kind: 'matches', pattern: '^(a+)+$' } },
    })
    expect(outcome.code).toBe('no_rule_reads_answer')
  })

  it('gives the vendor’s id', async () => {
    const { story } = await against(answering('201 Created', '{"messages":[{"id":"abc"}]}'), {
      reading: { messageId: 'messages[0].id', errorCode: '', errorText: '' },
    })
    expect(story.providerMessageId).toBe('abc')
  })

  it('gives an id that is longer than a number can hold as it is written', async () => {
    const { story } = await against(answering('200 OK', '{"id":12345678901234567890}'), {
      reading: { messageId: 'id', errorCode: '', errorText: '' },
    })
    expect(story.providerMessageId).toBe('12345678901234567890')
  })

  it('that is too long is cut off', async () => {
    const { outcome } = await against({
      onRequest: (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(300_000)}`),
    })
    expect(outcome).toMatchObject({ class: 'unknown', code: 'answer_too_large' })
  })

  it('that is no HTTP is unreadable', async () => {
    const { outcome } = await against({ onRequest: (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n') })
    expect(outcome).toMatchObject({ class: 'unknown', code: 'answer_unreadable' })
  })
})

describe('without an answer', () => {
  it('a name that is not found is unavailable', async () => {
    const { outcome, verdict } = await outcomeOf({ endpoint: 'https://missing.example.test/' })
    expect(outcome).toMatchObject({
      class: 'unavailable',
      code: 'dns_failed',
      facts: { systemCode: 'ENOTFOUND' },
    })
    expect(verdict.title).toContain('missing.example.test')
  })

  it('a refused connection is unavailable, and nothing went out', async () => {
    const server = await startRawServer({})
    await server.close()
    const { outcome, attempt } = await outcomeOf({ endpoint: `http://127.0.0.1:${server.port}/` })
    expect(outcome).toMatchObject({ class: 'unavailable', code: 'connection_refused' })
    expect(attempt.bytesOut).toBe(false)
  })

  it('a look-up that hangs is a connect time-out', async () => {
    const { outcome, verdict } = await outcomeOf({ endpoint: 'https://never.example.test/' })
    expect(outcome).toMatchObject({
      class: 'unavailable',
      code: 'connect_timed_out',
      facts: { timeout: 'connect' },
    })
    expect(verdict.title).toBe('Connect time-out')
  })

  it('a silent TLS handshake is a TLS time-out', async () => {
    const { outcome, attempt } = await against({}, {}, 'https')
    expect(outcome).toMatchObject({ class: 'unavailable', code: 'tls_timed_out', facts: { timeoutMs: 300 } })
    expect(attempt.bytesOut).toBe(false)
  })

  it('a port that does not speak TLS is a TLS failure', async () => {
    const plain = { onConnect: (socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') }
    const { outcome } = await against(plain, {}, 'https')
    expect(outcome).toMatchObject({ class: 'unavailable', code: 'tls_failed' })
  })

  it('silence after the request is a first byte time-out, and the outcome is unknown', async () => {
    const { outcome, attempt, story } = await against({})
    expect(outcome).toMatchObject({ class: 'unknown', code: 'first_byte_timed_out' })
    expect(attempt.bytesOut).toBe(true)
    expect(story.state).toBe('failed')
  })

  it('an answer that never ends is a total time-out', async () => {
    const drip = {
      onRequest: (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
    }
    const { outcome } = await against(drip, { timeouts: { ...quick, totalMs: 400 } })
    expect(outcome).toMatchObject({ class: 'unknown', code: 'total_timed_out' })
  })

  it('a reset after the request is unknown', async () => {
    const { outcome } = await against({ onRequest: (socket) => socket.resetAndDestroy() })
    expect(outcome).toMatchObject({ class: 'unknown', code: 'reset_after_sending' })
  })

  it('an answer that breaks off is unknown', async () => {
    const half = {
      onRequest: (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
    }
    expect((await against(half)).outcome).toMatchObject({ class: 'unknown', code: 'reset_after_sending' })
  })

  it('the metadata service is refused before anything is sent', async () => {
    const { outcome, attempt } = await outcomeOf({ endpoint: 'http://169.254.169.254/latest' })
    expect(outcome).toMatchObject({ class: 'misconfigured', code: 'address_refused' })
    expect(attempt.bytesOut).toBe(false)
  })
})
