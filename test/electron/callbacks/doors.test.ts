import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawRequest } from '../../helpers/raw-request.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

const all = {
  providerId: null,
  kind: null,
  effects: [],
  troubled: false,
  search: '',
  cursor: null,
  limit: 500,
}
const soak = Boolean(process.env['SOAK'])

let scene: CallbackScene
let port: number
let path: string
beforeAll(async () => {
  scene = await openCallbackScene()
  const url = new URL(scene.address)
  port = Number(url.port)
  path = url.pathname
})
afterAll(() => scene.close())

const kept = async () => (await scene.call('callbacks.list', all)).callbacks.length

/** Host headers that lead here by a hostile name, a trick of writing, or not at all. */
const hosts = () => [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example:80',
  '127.0.0.1',
  'localhost',
  '127.1',
  '0.0.0.0',
  '0',
  '[::]',
  '[::ffff:127.0.0.1]',
  '2130706433',
  '0x7f000001',
  '017700000001',
  '127.0.0.1.',
  'localhost.',
  '127.0.0.2',
  '10.0.0.1',
  '169.254.169.254',
  'LOCALHOST.evil',
  '①②⑦.0.0.1',
  '127.0.0.1@evil.example',
  'evil.example#127.0.0.1',
  'localhost%00.evil',
  'localhost,evil',
  'localhost evil',
  ' ',
]

describe('the listener’s doors', () => {
  it('let nobody in by another host name', async () => {
    const before = await kept()
    const variants = [...hosts().map((host) => (host.includes(':') ? host : `${host}:${port}`)), ...hosts()]
    const wrong = variants.filter(
      (host) => !['127.0.0.1', 'localhost'].some((own) => host === `${own}:${port}`),
    )
    expect(wrong.length).toBeGreaterThanOrEqual(50)
    for (const host of wrong) {
      const { status, body } = await rawRequest(port, [`POST ${path} HTTP/1.1`, `Host: ${host}`], '{"a":1}')
      expect([400, 403], `${host}: ${status}`).toContain(status)
      expect(body).not.toContain('{"a":1}')
    }
    expect(await kept()).toBe(before)
  })

  it('let nobody in who comes from a page, with two hosts, to upgrade, or compressed', async () => {
    const before = await kept()
    const host = `Host: 127.0.0.1:${port}`
    const games: [string[], number][] = [
      [[host, 'Origin: https://evil.example'], 403],
      [[host, 'Origin: null'], 403],
      [[host, `Origin: http://127.0.0.1:${port}`], 403],
      [[host, 'Sec-Fetch-Site: cross-site'], 403],
      [[host, 'Sec-Fetch-Site: same-site'], 403],
      [[host, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'], 403],
      [[host, 'Host: evil.example'], 400],
      [[host, host], 400],
      [[], 400],
      [[host, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'], 403],
      [[host, 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AA'], 403],
      [[host, 'Content-Encoding: gzip'], 415],
      [[host, 'Content-Encoding: br, gzip'], 415],
    ]
    for (const [head, status] of games) {
      const answer = await rawRequest(port, [`POST ${path} HTTP/1.1`, ...head], 'a=1')
      expect([status, 403], head.join(' ')).toContain(answer.status)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
    expect(await kept()).toBe(before)
  })

  it('are not passed by a whole address in place of the path', async () => {
    const before = await kept()
    for (const base of [
      'http://evil.example',
      `http://127.0.0.1:${port}`,
      `evil.example`,
      '//evil.example',
    ]) {
      const { status } = await rawRequest(
        port,
        [`POST ${base}${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`],
        'a=1',
      )
      // Two slashes are a path as any other.
      expect(base.startsWith('//') ? [200] : [400, 403], base).toContain(status)
    }
    expect(await kept()).toBe(before + 1)
  })

  it('know a tunnel’s host and path, whatever port it names, and nothing that looks like it', async () => {
    const { settings } = await scene.call('listener.status', undefined)
    const publicUrl = 'https://abc.example.net/hooks/sms'
    await scene.call('listener.configure', { ...settings, publicUrl })
    const ask = async (host: string, target: string) =>
      (await rawRequest(port, [`POST ${target} HTTP/1.1`, `Host: ${host}`], 'a=1')).status
    for (const host of ['abc.example.net', 'ABC.example.net', 'abc.example.net:443', 'abc.example.net:80'])
      for (const target of [`/hooks/sms${path}`, path, `/hooks/sms${path}/?a=1`])
        expect(await ask(host, target), `${host} ${target}`).toBe(200)
    for (const host of [
      'example.net',
      'xabc.example.net',
      'abc.example.net.',
      'abc.example.net.evil.example',
      'abc.example.net:8443',
      'abc.example.net:443:443',
      'user@abc.example.net',
      'abc.example.net/hooks',
      'abc-example.net',
      'abc.example.net, evil.example',
    ])
      expect([400, 403], host).toContain(await ask(host, `/hooks/sms${path}`))
    await scene.call('listener.configure', { ...settings, publicUrl: 'https://other.example.net' })
    expect(await ask('abc.example.net', path)).toBe(403)
    await scene.call('listener.configure', settings)
    expect(await ask('other.example.net', path)).toBe(403)
  })

  it('know this machine’s addresses only where all interfaces are listened on', async () => {
    const apart = await openCallbackScene()
    const { settings } = await apart.call('listener.status', undefined)
    const own = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address)
    const { port: first, pathname } = new URL(apart.address)
    const ask = async (at: number, host: string) =>
      (await rawRequest(at, [`POST ${pathname} HTTP/1.1`, `Host: ${host}:${at}`], 'a=1')).status
    for (const address of own) expect(await ask(Number(first), address), address).toBe(403)
    const { port: open } = await apart.call('listener.configure', { ...settings, allInterfaces: true })
    for (const address of ['127.0.0.1', 'localhost', ...own]) expect(await ask(open ?? 0, address)).toBe(200)
    for (const address of ['evil.example', '203.0.113.9', '0.0.0.0', '[::]'])
      expect(await ask(open ?? 0, address), address).toBe(403)
    const back = await apart.call('listener.configure', settings)
    for (const address of own) expect(await ask(back.port ?? 0, address), address).toBe(403)
    await apart.close()
  })

  it('offer nothing but to take a receipt, and give nothing back of what was asked', async () => {
    for (const [line, status] of [
      [`GET / HTTP/1.1`, 404],
      [`GET /rpc HTTP/1.1`, 404],
      [`POST /c/<script> HTTP/1.1`, 404],
      [`PUT ${path} HTTP/1.1`, 404],
      [`DELETE ${path} HTTP/1.1`, 404],
      [`OPTIONS ${path} HTTP/1.1`, 404],
      [`GET ${path}/../../etc/passwd HTTP/1.1`, 404],
    ] as const) {
      const answer = await rawRequest(port, [line, `Host: 127.0.0.1:${port}`])
      expect(answer.status, line).toBe(status)
      expect(answer.body).not.toContain('script')
    }
  })

  it('answer HEAD and keep nothing of it', async () => {
    const before = await kept()
    const { status, body } = await rawRequest(port, [`HEAD ${path} HTTP/1.1`, `Host: localhost:${port}`])
    expect([status, body, await kept()]).toEqual([200, '', before])
  })

  it('show nothing of the key, wherever in the address it stands, and a replay finds it all again', async () => {
    const key = path.slice('/c/'.length)
    const target = `/hooks${path}${path}?back=${path}&state=1`
    const { status } = await rawRequest(port, [`POST ${target} HTTP/1.1`, `Host: localhost:${port}`], '{}')
    expect(status).toBe(200)
    const id = (await scene.call('callbacks.list', all)).callbacks[0]?.id ?? ''
    const details = await scene.call('callbacks.get', { id })
    expect(details.request.target).toBe('/hooks/c/…/c/…?back=/c/…&state=1')
    expect(JSON.stringify(details)).not.toContain(key)
    const [again] = await scene.call('callbacks.replay', { ids: [id] })
    const replayed = await scene.call('callbacks.get', { id: again?.id ?? '' })
    expect(replayed.request.target).toBe(details.request.target)
  })

  it('keep what comes to an address that is nobody’s, the newest two hundred of it', async () => {
    const nobody = `http://127.0.0.1:${port}/c/${'x'.repeat(32)}`
    for (let index = 0; index < 210; index += 1)
      expect((await fetch(nobody, { method: 'POST', body: 'a=1' })).status).toBe(404)
    const { callbacks } = await scene.call('callbacks.list', { ...all, troubled: true })
    expect(callbacks.filter(({ trouble }) => trouble === 'no_such_address')).toHaveLength(200)
  })

  it('stay open to good receipts while others are slow or silent', async () => {
    const count = soak ? 2000 : 600
    const sockets: Socket[] = []
    for (let index = 0; index < count; index += 1) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      // A head that never ends, a body that never comes, and nothing at all.
      if (index % 3 === 0) socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
      if (index % 3 === 1)
        socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1000\r\n\r\n{`)
      sockets.push(socket)
      if (index % 100 === 99) await once(socket, 'connect').catch(() => {})
    }
    for (let index = 0; index < 20; index += 1) {
      const { providerMessageId } = await scene.send()
      const { status, callback } = await scene.post({ id: providerMessageId, status: 'DELIVRD' })
      expect([status, callback.effect]).toEqual([200, 'counted'])
    }
    for (const socket of sockets) socket.destroy()
  })
})
