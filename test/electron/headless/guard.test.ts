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

describe('the host name', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]'])('%s with the port is served', async (name) => {
    const answer = await call([json], { hostHeader: `${name}:${host.port}` })
    expect(answer.status).toBe(200)
  })

  it.each([
    'evil.com',
    'evil.com:PORT',
    '127.0.0.1',
    'localhost',
    '[::1]',
    '127.0.0.1:1',
    'localhost:80',
    '127.0.0.1.:PORT',
    'localhost.:PORT',
    '127.1:PORT',
    '127.0.0.2:PORT',
    '0.0.0.0:PORT',
    '0:PORT',
    '2130706433:PORT',
    '0x7f.1:PORT',
    '0177.0.0.1:PORT',
    '::1:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '[0:0:0:0:0:0:0:1]:PORT',
    'LOCALHOST:PORT',
    'localhost.evil.com:PORT',
    'evil.com#127.0.0.1:PORT',
    'user@127.0.0.1:PORT',
    '127.0.0.1:PORT.evil.com',
    '127.0.0.1:0PORT',
    '127.0.0.1:PORT, evil.com',
    'localtest.me:PORT',
    '127.0.0.1.nip.io:PORT',
  ])('%s is refused on every route', async (name) => {
    const hostHeader = name.replace('PORT', String(host.port))
    expect((await call([json], { hostHeader })).status).toBe(403)
    for (const path of ['/', '/events', '/assets/index.js', '/session', '/nowhere']) {
      const answer = await rawRequest(host.port, [
        `GET ${path} HTTP/1.1`,
        `Host: ${hostHeader}`,
        'Accept: text/html',
      ])
      expect(answer.status, path).toBe(403)
      expect(answer.body).not.toContain('<html')
    }
  })

  it('missing, empty or given twice is refused', async () => {
    const good = `Host: 127.0.0.1:${host.port}`
    const statuses = [
      await rawRequest(host.port, ['GET / HTTP/1.1']),
      await rawRequest(host.port, ['GET / HTTP/1.0']),
      await rawRequest(host.port, ['GET / HTTP/1.1', 'Host:']),
      await rawRequest(host.port, ['GET / HTTP/1.1', good, 'Host: evil.com']),
      await rawRequest(host.port, ['GET / HTTP/1.1', 'Host: evil.com', good]),
      await rawRequest(host.port, ['GET / HTTP/1.1', good, good]),
    ].map((answer) => answer.status)
    for (const status of statuses) expect([400, 403]).toContain(status)
  })
})

describe('another site', () => {
  it.each([
    'null',
    'http://evil.com',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.com',
    'file://',
    'app://workbench',
  ])('with the origin %s is refused', async (origin) => {
    const answer = await call([json, `Origin: ${origin.replace('PORT', String(host.port))}`])
    expect(answer.status).toBe(403)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it.each(['cross-site', 'same-site', 'anything'])(
    'fetching as %s is refused, on every route',
    async (site) => {
      expect((await call([json, `Sec-Fetch-Site: ${site}`])).status).toBe(403)
      for (const path of ['/', '/events', '/assets/index.js', '/session']) {
        const head = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${host.port}`, `Sec-Fetch-Site: ${site}`]
        expect((await rawRequest(host.port, [...head, `Cookie: ${cookie}`])).status, path).toBe(403)
        expect((await rawRequest(host.port, [...head, 'Sec-Fetch-Mode: no-cors'])).status, path).toBe(403)
      }
    },
  )

  it('may lead a person to the page, never to data, and never into a frame', async () => {
    const visit = (path: string, destination: string) =>
      rawRequest(host.port, [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${host.port}`,
        'Sec-Fetch-Site: cross-site',
        'Sec-Fetch-Mode: navigate',
        `Sec-Fetch-Dest: ${destination}`,
        'Accept: text/html',
        `Cookie: ${cookie}`,
      ])
    expect((await visit('/', 'document')).status).toBe(200)
    expect((await visit('/', 'iframe')).status).toBe(403)
    expect((await visit('/events', 'document')).status).toBe(403)
    for (const path of ['/%65vents', '/events#x', `http://127.0.0.1:${host.port}/events`]) {
      expect((await visit(path, 'document')).status, path).toBe(403)
    }
    // What is only posted to is, when visited, an address like any other: the page, which holds nothing.
    for (const path of ['/session', '/rpc']) expect((await visit(path, 'document')).body).toContain('<html')
  })

  it('asking for leave beforehand gets none', async () => {
    const answer = await rawRequest(host.port, [
      'OPTIONS /rpc HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      'Origin: http://evil.com',
      'Access-Control-Request-Method: POST',
    ])
    expect(answer.status).toBe(403)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('posting a form or plain text is refused even with the cookie', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await call([`Content-Type: ${type}`])
      expect(answer.status, type).toBe(415)
    }
    expect((await call([])).status).toBe(415)
  })
})

describe('the session', () => {
  const own = () => `Host: 127.0.0.1:${host.port}`
  const ask = (line: string, lines: string[], text = '') =>
    rawRequest(host.port, [`${line} HTTP/1.1`, own(), ...lines], text)
  /** One address as the router reads it, in all the ways to write it. */
  const waysToWrite = (path: string) => [
    path,
    `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
    `${path}#x`,
    `${path}?x`,
    `${path}?x#y`,
    `http://127.0.0.1:${host.port}${path}`,
    `http://evil.com${path}`,
    `http://127.0.0.1:${host.port}/%${path.charCodeAt(1).toString(16)}${path.slice(2)}?x`,
  ]

  it('is asked for however the address is written', async () => {
    for (const target of waysToWrite('/rpc')) {
      const without = await ask(`POST ${target}`, [json], body)
      expect(without.status, target).toBe(401)
      expect(without.headers['cache-control'], target).toBe('no-store')
      const signedIn = await ask(`POST ${target}`, [json, `Cookie: ${cookie}`], body)
      expect(signedIn.status, target).toBe(200)
      expect(JSON.parse(signedIn.body), target).toMatchObject({ ok: true })
    }
    for (const target of waysToWrite('/events')) {
      expect((await ask(`GET ${target}`, [])).status, target).toBe(401)
      expect((await ask(`GET ${target}`, ['Cookie: sms-workbench=1.2'])).status, target).toBe(401)
    }
  })

  it('is asked for, or the address is none, where it only resembles one of data', async () => {
    for (const path of [
      '/rpc/',
      '//rpc',
      '/./rpc',
      '/x/../rpc',
      '/RPC',
      '/rpc;x',
      '/rpc%00',
      '/%2572pc',
      'rpc',
      '*',
    ]) {
      expect([400, 401, 404], path).toContain((await ask(`POST ${path}`, [json], body)).status)
    }
  })

  it('is opened by its token alone, however the address is written', async () => {
    const wrong = JSON.stringify({ token: 'x' })
    const right = JSON.stringify({ token: host.token })
    for (const target of waysToWrite('/session')) {
      for (const session of [[], [`Cookie: ${cookie}`]]) {
        const refused = await ask(`POST ${target}`, [json, ...session], wrong)
        expect(refused.status, target).toBe(401)
        expect(refused.headers).not.toHaveProperty('set-cookie')
        const opened = await ask(`POST ${target}`, [json, ...session], right)
        expect(opened.status, target).toBe(200)
        expect(opened.headers['cache-control'], target).toBe('no-store')
      }
    }
  })
})
