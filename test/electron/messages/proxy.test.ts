import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { freePort } from '../../helpers/free-port.ts'
import { authority, startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { startProxyServer, type ProxyServer } from '../../helpers/proxy-server.ts'
import { startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

const password = 'pröxy pass:wörd'
const authorization = `Basic ${Buffer.from(`jo:${password}`).toString('base64')}`

let test: TestWorkbench
let plain: HttpServer
let secure: HttpServer
let proxy: ProxyServer
beforeAll(async () => {
  const nowhere = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  test = await openTestWorkbench({ network: { lookup: nowhere } })
  plain = await startHttpServer(() => ({}))
  secure = await startHttpServer(() => ({}), 'trusted')
})
beforeEach(async () => (proxy = await startProxyServer({ authorization })))
afterEach(() => proxy.close())
afterAll(async () => {
  await Promise.all([plain.close(), secure.close()])
  await test.close()
})

function through(address: string, secret = password): ProviderSettings['connection'] {
  const credentials =
    secret === '' ? { username: '', password: '' } : { username: 'jo', password: '{{secret:proxy}}' }
  return { proxy: { kind: 'manual', address, ...credentials }, authorities: authority }
}

const timeouts = { connectMs: 400, tlsMs: 400, firstByteMs: 1000, totalMs: 3000 }

async function send(endpoint: string, connection: ProviderSettings['connection'], secret = password) {
  const input = providerInput({ endpoint, connection, timeouts }, { secrets: { proxy: secret } })
  const story = await test.call('messages.send', sendInput(input))
  const attempt = onlyAttempt(story)
  if (!attempt.outcome) throw new Error('no outcome')
  expect(await test.call('messages.get', { id: story.id })).toEqual(story)
  // The credentials stand in nothing that is kept.
  expect(JSON.stringify(story)).not.toContain(secret)
  expect(JSON.stringify(story)).not.toContain(authorization.slice(6))
  return { story, attempt, outcome: attempt.outcome, verdict: verdictOf(attempt.outcome) }
}

describe('through a proxy', () => {
  it('an https address is reached by a tunnel, which this machine looks nothing up for', async () => {
    const before = secure.received.length
    const { attempt, outcome } = await send(
      `https://api.example.test:${secure.port}/sms?a=1`,
      through(`http://127.0.0.1:${proxy.port}`),
    )
    expect(outcome).toMatchObject({ code: 'accepted', facts: { proxy: `127.0.0.1:${proxy.port}` } })
    expect(proxy.seen).toEqual([{ line: `CONNECT api.example.test:${secure.port}`, authorization }])
    const [received] = secure.received.slice(before)
    expect(received).toMatchObject({ url: '/sms?a=1', headers: { host: `api.example.test:${secure.port}` } })
    expect(received?.headers).not.toHaveProperty('proxy-authorization')
    const { timings } = attempt
    for (const phase of [timings?.connect, timings?.tunnel, timings?.tls, timings?.firstByte])
      expect(phase).toBeGreaterThan(0)
    expect(timings?.dns).toBeNull()
  })

  it('an http address is asked for in its full form', async () => {
    const { outcome, attempt } = await send(
      `http://api.example.test:${plain.port}/sms?a=1`,
      through(`http://127.0.0.1:${proxy.port}`),
    )
    expect(outcome.code).toBe('accepted')
    expect(proxy.seen).toEqual([
      { line: `POST http://api.example.test:${plain.port}/sms?a=1`, authorization },
    ])
    expect(attempt.timings).not.toHaveProperty('tunnel')
    expect(plain.received.at(-1)?.headers.host).toBe(`api.example.test:${plain.port}`)
  })

  it('a proxy may itself be reached over TLS', async () => {
    const over = await startProxyServer({ authorization, certificate: 'trusted' })
    for (const [endpoint, line] of [
      [`https://api.example.test:${secure.port}/`, `CONNECT api.example.test:${secure.port}`],
      [`http://api.example.test:${plain.port}/`, `POST http://api.example.test:${plain.port}/`],
    ] as const) {
      const { outcome } = await send(endpoint, through(`https://127.0.0.1:${over.port}`))
      expect(outcome.code).toBe('accepted')
      expect(over.seen.at(-1)).toEqual({ line, authorization })
    }
    await over.close()
  })

  it('the host’s certificate is checked against the host’s name, not the proxy’s', async () => {
    const wrong = await startHttpServer(() => ({}), 'other-host')
    const { outcome, attempt } = await send(
      `https://api.example.test:${wrong.port}/`,
      through(`http://127.0.0.1:${proxy.port}`),
    )
    expect(outcome).toMatchObject({
      code: 'tls_failed',
      facts: { systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
    expect([attempt.bytesOut, wrong.received.length]).toEqual([false, 0])
    await wrong.close()
  })

  it('connections are used again only by those who go the same way', async () => {
    const endpoint = `https://api.example.test:${secure.port}/`
    const save = async (connection: ProviderSettings['connection']) => {
      const input = providerInput({ endpoint, connection, timeouts }, { secrets: { proxy: password } })
      return (await test.call('providers.save', input)).id
    }
    const one = await save(through(`http://127.0.0.1:${proxy.port}`))
    const second = await startProxyServer({ authorization })
    const other = await save(through(`http://127.0.0.1:${second.port}`))
    const reused = []
    for (const id of [one, one, other, other]) {
      const story = await test.call('messages.send', sendInput(id, { test: false }))
      reused.push(onlyAttempt(story).timings?.reused)
    }
    expect(reused).toEqual([false, true, false, true])
    expect([proxy.seen.length, second.seen.length]).toEqual([1, 1])
    await second.close()
  })
})

describe('when a proxy fails', () => {
  it.each(['https', 'http'])('a 407 for an %s address is its own word, and ours to mend', async (scheme) => {
    const endpoint = `${scheme}://api.example.test:${plain.port}/`
    const { outcome, verdict } = await send(
      endpoint,
      through(`http://127.0.0.1:${proxy.port}`),
      'another one',
    )
    expect(outcome).toMatchObject({ class: 'misconfigured', code: 'proxy_unauthorized' })
    expect(verdict.cause).toContain(`127.0.0.1:${proxy.port}`)
    expect(verdict.next).toContain('Connection')
  })

  it.each([
    ['502 Bad Gateway', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', '502 Bad Gateway'],
    ['403 Forbidden', 'HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\nno', '403 Forbidden'],
    ['something else', 'SSH-2.0-OpenSSH\r\n\r\n', 'not HTTP'],
    ['a close', '', 'closed the connection'],
  ])('%s instead of a tunnel means that nothing was sent', async (_name, answerToConnect, word) => {
    const refusing = await startProxyServer({ answerToConnect })
    const { outcome, verdict, attempt } = await send(
      `https://api.example.test:${secure.port}/`,
      through(`http://127.0.0.1:${refusing.port}`),
    )
    expect(outcome).toMatchObject({ class: 'unavailable', code: 'proxy_failed' })
    expect(verdict.title).toContain(`127.0.0.1:${refusing.port}`)
    expect(verdict.cause).toContain(word)
    expect(attempt.bytesOut).toBe(false)
    await refusing.close()
  })

  it('one that is down, or not found, is named', async () => {
    const port = await freePort()
    const down = await send(`http://api.example.test:${plain.port}/`, through(`http://127.0.0.1:${port}`))
    expect(down.outcome).toMatchObject({
      class: 'unavailable',
      code: 'proxy_failed',
      facts: { systemCode: 'ECONNREFUSED' },
    })
    expect(down.verdict.cause).toContain('refused the connection')
    const lost = await send(
      `http://api.example.test:${plain.port}/`,
      through('http://proxy.example.test:3128'),
    )
    expect(lost.outcome).toMatchObject({ code: 'proxy_failed', facts: { proxy: 'proxy.example.test:3128' } })
    expect(lost.verdict.cause).toContain('name was not found')
  })

  it('one that says nothing is a connect time-out that names it', async () => {
    const silent = await startRawServer({})
    const { outcome, verdict } = await send(
      `https://api.example.test:${secure.port}/`,
      through(`http://127.0.0.1:${silent.port}`),
    )
    expect(outcome).toMatchObject({
      class: 'unavailable',
      code: 'connect_timed_out',
      facts: { timeoutMs: 400 },
    })
    expect(verdict.cause).toContain(`The proxy 127.0.0.1:${silent.port}`)
    expect(silent.received[0]).toContain(`CONNECT api.example.test:${secure.port} HTTP/1.1`)
    await silent.close()
  })

  it('addresses that are never sent to are refused behind a proxy too, and so is such a proxy', async () => {
    const behind = await send('http://169.254.169.254/', through(`http://127.0.0.1:${proxy.port}`))
    expect(behind.outcome.code).toBe('address_refused')
    expect(proxy.seen).toEqual([])
    const itself = await send(`http://api.example.test:${plain.port}/`, through('http://169.254.169.254:80'))
    expect(itself.outcome.code).toBe('address_refused')
  })
})
