import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawRequest } from '../../helpers/raw-request.ts'
import { startHeadless, type Headless } from '../../helpers/start-headless.ts'

let host: Headless
beforeAll(async () => {
  host = await startHeadless()
})
afterAll(() => host.remove())

const get = (path: string, accept = 'text/html') =>
  rawRequest(host.port, [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${host.port}`, `Accept: ${accept}`])

describe('the page', () => {
  it.each(['/', '/providers', '/messages/0198c0de-0000-7000-8000-000000000000', '/settings?tab=1'])(
    'answers at %s, with nothing that a session would be needed for',
    async (path) => {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(answer.headers['cache-control']).toBe('no-cache')
      expect(answer.body).toContain('<title>SMS Workbench</title>')
    },
  )

  it('serves its scripts to be kept for good', async () => {
    const script = /src="(\/assets\/[^"]+\.js)"/.exec((await get('/')).body)?.[1] ?? ''
    const answer = await get(script, '*/*')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(answer.headers['cache-control']).toContain('immutable')
  })

  it('answers 404 for a file that is not there, and for a page address to who wants no page', async () => {
    expect((await get('/assets/nothing.js', '*/*')).status).toBe(404)
    expect((await get('/favicon.ico', 'text/html')).status).toBe(404)
    expect((await get('/providers', 'application/json')).status).toBe(404)
  })

  it('needs no more than it says: no script of elsewhere, no inline script', async () => {
    const { body } = await get('/')
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })
})

describe('climbing out of the folder', () => {
  it.each([
    '/../package.json',
    '/../../package.json',
    '/assets/../../main/main.js',
    '/%2e%2e/package.json',
    '/%2e%2e%2fpackage.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/..\\package.json',
    '/assets/..\\..\\package.json',
    '/%252e%252e/package.json',
    '/....//package.json',
    '/./../package.json',
    '//etc/passwd',
    '/etc/passwd%00.html',
    '/index.html%00.js',
    '/index.html/../../../package.json',
    '/.vite/manifest.json',
    '/.env.json',
    '/C:/Windows/win.ini.json',
    '/file:///etc/hosts.json',
    '/assets/%c0%ae%c0%ae/package.json',
    '/..;/package.json',
    '/%uff0e%uff0e/package.json',
  ])('by %s fails', async (path) => {
    const answer = await get(path)
    expect([400, 404]).toContain(answer.status)
    expect(answer.body).not.toContain('sms-workbench"')
    expect(answer.body).not.toContain('root:')
  })

  it('by naming a whole address fails', async () => {
    const answer = await get('http://evil.com/package.json')
    expect([400, 403, 404]).toContain(answer.status)
  })
})
