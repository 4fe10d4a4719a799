import { describe, expect, it } from 'vitest'
import { proxyFromEnvironment } from '../../../../electron/sending/access/proxy-environment.ts'
import { Routes } from '../../../../electron/sending/access/routes.ts'
import {
  proxyFromResolver,
  proxyInList,
  type SystemProxy,
} from '../../../../electron/sending/access/system-proxy.ts'

const at = (system: SystemProxy, url: string) => system.proxyFor(new URL(url))
const [http, https] = ['http://api.example.test/', 'https://api.example.test/']

describe('the environment', () => {
  it.each([
    [{}, null, null],
    [{ http_proxy: 'http://a:1' }, 'http://a:1', null],
    [{ HTTP_PROXY: 'http://a:1' }, 'http://a:1', null],
    [{ HTTP_PROXY: 'http://a:1', REQUEST_METHOD: 'GET' }, null, null],
    [{ HTTPS_PROXY: 'http://b:2' }, null, 'http://b:2'],
    [{ https_proxy: 'b:2', HTTPS_PROXY: 'http://c:3' }, null, 'http://b:2'],
    [{ all_proxy: 'http://d:4', https_proxy: 'http://b:2' }, 'http://d:4', 'http://b:2'],
    [{ ALL_PROXY: 'socks5://d:4' }, 'socks5://d:4', 'socks5://d:4'],
    [{ http_proxy: '', HTTPS_PROXY: '' }, null, null],
  ])('%o', (environment, forHttp, forHttps) => {
    const system = proxyFromEnvironment(environment)
    expect([at(system, http), at(system, https)]).toEqual([forHttp, forHttps])
    expect(system.named).toBe(forHttp !== null || forHttps !== null)
  })

  it.each([
    ['*', true],
    ['example.test', true],
    ['.example.test', true],
    ['API.Example.Test', true],
    ['ample.test', false],
    ['other.test, api.example.test', true],
    ['other.test example.test', true],
    ['api.example.test:443', false],
    ['', false],
  ])('NO_PROXY=%s', (list, exempt) => {
    const system = proxyFromEnvironment({ ALL_PROXY: 'http://p:1', NO_PROXY: list })
    expect(at(system, https) === null).toBe(exempt)
  })

  it.each([
    ['10.0.0.0/8', 'http://10.1.2.3/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['10.1.2.3', 'http://10.1.2.3:8080/', true],
    ['10.1.2', 'http://10.1.2.3/', false],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['[fd12::1]', 'http://[fd12::1]/', true],
    ['10.0.0.0/99', 'http://10.0.0.0/', false],
  ])('NO_PROXY=%s for %s', (list, url, exempt) => {
    const system = proxyFromEnvironment({ all_proxy: 'http://p:1', no_proxy: list })
    expect(at(system, url) === null).toBe(exempt)
  })
})

describe('the desktop’s settings', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.test:3128', 'http://proxy.test:3128'],
    ['HTTPS proxy.test:443; DIRECT', 'https://proxy.test:443'],
    ['SOCKS5 s.test:1080; PROXY p.test:80', 'http://p.test:80'],
    ['SOCKS5 s.test:1080; DIRECT', null],
    ['SOCKS5 s.test:1080', 'socks5://s.test:1080'],
    ['', null],
  ])('%s', (list, expected) => expect(proxyInList(list)).toBe(expected))

  it('are asked for once in a while for each host, without its path, and not at all when they fail', async () => {
    const asked: string[] = []
    let now = 0
    const system = proxyFromResolver(
      (url) => {
        asked.push(url)
        return url.startsWith('http:') ? Promise.reject(new Error('no')) : Promise.resolve('PROXY p:1')
      },
      () => now,
    )
    expect(await at(system, 'https://a.test/secret?key=1')).toBe('http://p:1')
    expect(await at(system, 'https://a.test/other')).toBe('http://p:1')
    expect(await at(system, 'http://a.test/')).toBeNull()
    now = 11_000
    await at(system, 'https://a.test/')
    expect(asked).toEqual(['https://a.test/', 'http://a.test/', 'https://a.test/'])
  })
})

it('a question to the desktop that stays open is not kept', async () => {
  const answers = [new Promise<string>(() => {}), Promise.resolve('PROXY p:1')]
  const system = proxyFromResolver(() => answers.shift() ?? Promise.reject(new Error('asked again')))
  void at(system, https)
  expect(await at(system, https)).toBe('http://p:1')
  expect(await at(system, https)).toBe('http://p:1')
})

describe('what a provider goes by', () => {
  const remembered: string[] = []
  const routes = new Routes({ named: true, proxyFor: () => 'http://jo:p%40ss@proxy.test:3128' }, (secret) =>
    remembered.push(secret),
  )
  const context = { values: {}, secretValue: () => '', userAgent: 'test' }
  const system = { proxy: { kind: 'system' as const }, authorities: '' }

  it.each([
    'http://127.0.0.1:1/',
    'http://localhost/',
    'https://[::1]/',
    'http://a.localhost/',
    'http://127.9.9.9/',
  ])('%s is this machine, whatever the system says', async (url) => {
    expect(routes.isDirect(system, new URL(url))).toBe(true)
    expect(await routes.of(system, new URL(url), context)).toEqual({ ok: true, route: undefined })
  })

  it('is the system’s proxy, with its credentials, or none', async () => {
    const way = await routes.of(system, new URL(https), context)
    const authorization = `Basic ${Buffer.from('jo:p@ss').toString('base64')}`
    expect(way).toMatchObject({ route: { proxy: { hostname: 'proxy.test', port: 3128, authorization } } })
    expect(remembered).toContain('p@ss')
    expect(routes.isDirect({ proxy: { kind: 'none' }, authorities: '' }, new URL(https))).toBe(true)
  })

  it('is not a kind of proxy that is not spoken here', async () => {
    const socks = new Routes({ named: true, proxyFor: () => 'socks5://s.test:1080' }, () => {})
    expect(await socks.of(system, new URL(https), context)).toMatchObject({
      ok: false,
      outcome: {
        code: 'proxy_failed',
        facts: { proxy: 's.test:1080', reason: expect.stringContaining('socks5') as unknown },
      },
    })
  })
})
