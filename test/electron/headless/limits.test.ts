import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawRequest } from '../../helpers/raw-request.ts'
import { startHeadless, type Headless } from '../../helpers/start-headless.ts'

let host: Headless
let cookie: string
beforeAll(async () => {
  host = await startHeadless()
  cookie = await host.cookie()
})
afterAll(() => host.remove())

const json = 'Content-Type: application/json'
const body = JSON.stringify({ name: 'app.info' })

/** A call that would be answered, but for what `lines` add or change. */
function call(lines: string[], { hostHeader = `127.0.0.1:${host.port}`, text = body } = {}) {
  const session = `Cookie: ${cookie}`
  return rawRequest(host.port, ['POST /rpc HTTP/1.1', `Host: ${hostHeader}`, session, ...lines], text)
}

describe('limits', () => {
  it('a body over 1 MiB is refused', async () => {
    const text = JSON.stringify({ name: 'app.info', input: 'x'.repeat(1024 * 1024) })
    expect((await call([json], { text })).status).toBe(413)
  })

  it('what is not JSON is refused, and nothing of it comes back', async () => {
    const answer = await call([json], { text: '<script>alert(1)</script>' })
    expect(answer.status).toBe(400)
    expect(answer.body).not.toContain('<script>')
  })

  it('a web socket is refused', async () => {
    for (const path of ['/', '/rpc', '/events']) {
      const answer = await rawRequest(host.port, [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${host.port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        `Cookie: ${cookie}`,
      ])
      expect(answer.status).toBe(403)
    }
  })

  it('every answer carries the security headers', async () => {
    const own = `Host: 127.0.0.1:${host.port}`
    const answers = [
      await call([json]),
      await call([json], { hostHeader: 'evil.com' }),
      await rawRequest(host.port, ['GET / HTTP/1.1', own, 'Accept: text/html']),
      await rawRequest(host.port, ['GET /nowhere.js HTTP/1.1', own]),
      await rawRequest(host.port, ['POST /nowhere HTTP/1.1', own]),
      await rawRequest(host.port, ['GET /events HTTP/1.1', own]),
    ]
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    }
  })

  it('an address that cannot be decoded meets the same guard', async () => {
    const ask = (hostHeader: string) =>
      rawRequest(host.port, ['GET /%zz HTTP/1.1', `Host: ${hostHeader}`, `Cookie: ${cookie}`])
    const own = await ask(`127.0.0.1:${host.port}`)
    const foreign = await ask('evil.com')
    expect([own.status, foreign.status]).toEqual([400, 403])
    for (const { headers } of [own, foreign])
      expect(headers['content-security-policy']).toContain("default-src 'none'")
  })
})
