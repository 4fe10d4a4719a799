import { connect } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

const count = process.env['SOAK'] ? 10_000 : 400

let scene: CallbackScene
beforeAll(async () => {
  scene = await openCallbackScene()
})
afterAll(() => scene.close())

const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000)
const json = 'Content-Type: application/json'
const form = 'Content-Type: application/x-www-form-urlencoded'

/** 20 MB of one letter, and some thousand bytes on the way. */
const bomb = gzipSync(Buffer.alloc(20_000_000, 'a'))
const layered = brotliCompressSync(bomb)

/** Heads and bodies that no vendor sends; `{n}` is the body's length. */
const shapes: [head: string[], body: string | Buffer][] = [
  [['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'],
  [['Transfer-Encoding: chunked'], '-5\r\n{}\r\n0\r\n\r\n'],
  [['Transfer-Encoding: chunked'], 'ffffffffffffffff\r\n{}'],
  [['Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\nX'],
  [['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'],
  [['Content-Length: 1073741824'], '{}'],
  [['Content-Length: -1'], '{}'],
  [['Content-Length: 2', 'Content-Length: 3'], '{}x'],
  [['Content-Length: 1e3'], '{}'],
  [[json, 'Content-Length: {n}'], deep('[', ']')],
  [[json, 'Content-Length: {n}'], deep('{"a":', '}').replace('}', '1}')],
  [[json, 'Content-Length: {n}'], '{"id":"a","id":"b","status":"DELIVRD","status":"FAILED"}'],
  [
    [json, 'Content-Length: {n}'],
    '{"__proto__":{"id":"x"},"constructor":{"prototype":{"status":"DELIVRD"}}}',
  ],
  [[json, 'Content-Length: {n}'], Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
  [[json, 'Content-Length: {n}'], '{"id":"\u0000","status":"\u0000DELIVRD"}'],
  [[json, 'Content-Length: {n}'], `{"id":1e999,"status":${'9'.repeat(5000)}}`],
  [[json, 'Content-Length: {n}'], '{"id":'],
  [[form, 'Content-Length: {n}'], '&=&=&%&%zz=%ff&id[]=1&id[__proto__]=2&__proto__=3'],
  [[form, 'Content-Length: {n}'], 'a=1&'.repeat(50_000)],
  [['Content-Type: text/xml', 'Content-Length: {n}'], '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&b;</a>'],
  [['Content-Type: multipart/form-data; boundary=x', 'Content-Length: {n}'], '--x\r\n\r\n--x--'],
  [['Content-Encoding: gzip', 'Content-Length: {n}'], Buffer.from('1f8b08000000000000ff', 'hex')],
  [['Content-Encoding: gzip', json, 'Content-Length: {n}'], bomb],
  [['Content-Encoding: br, gzip', json, 'Content-Length: {n}'], layered],
  [['Content-Encoding: deflate', form, 'Content-Length: {n}'], deflateSync(bomb)],
  [['Transfer-Encoding: gzip', json], bomb],
  [[json, 'Content-Length: {n}'], bomb],
  [[`X-Long: ${'a'.repeat(20_000)}`, 'Content-Length: 2'], '{}'],
  [[...Array.from({ length: 300 }, (_, index) => `X-${index}: 1`), 'Content-Length: 2'], '{}'],
  [['X-Bad\u0001: 1', 'Content-Length: 2'], '{}'],
  [[json, 'Content-Length: {n}'], `[${'{"event":"delivered","data":[{}]},'.repeat(3000)}{}]`],
]

it('outlives whatever is sent to it, takes good receipts meanwhile, and keeps its memory', async () => {
  const { port, pathname } = new URL(scene.address)
  const send = (index: number) => sendRaw(Number(port), rawOf(index, pathname))
  for (let index = 0; index < shapes.length * 2; index += 1) await send(index)
  const before = memory()
  for (let index = 0; index < count; index += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, offset) => send(index + offset)))
    if (index % 100 !== 0) continue
    const { id } = await scene.send()
    await scene.call('callbacks.craft', {
      providerId: scene.provider.id,
      method: 'POST',
      query: '',
      headers: [],
      body: JSON.stringify({
        reference: id,
        status: 'DELIVRD',
      }),
    })
    const answer = await fetch(scene.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reference: id, status: 'DELIVRD' }),
    })
    expect(answer.status).toBe(200)
    expect(await scene.story(id)).toMatchObject({ state: 'delivered' })
  }
  expect(Object.prototype).not.toHaveProperty('id')
  expect(memory() - before).toBeLessThan(150)
}, 600_000)

const memory = () => process.memoryUsage().heapUsed / 1e6

function rawOf(index: number, path: string): Buffer {
  const [head, body] = shapes[index % shapes.length] ?? [[], '']
  const bytes = Buffer.from(body)
  const query = index % 5 === 0 ? `?${'q=%00&'.repeat(index % 200)}` : ''
  const lines = [`POST ${path}${query} HTTP/1.1`, 'Host: {host}', ...head, 'Connection: close']
  const text = lines.join('\r\n').replaceAll('{n}', String(bytes.length))
  return Buffer.concat([Buffer.from(`${text}\r\n\r\n`), bytes])
}

/** Resolves when the listener has closed the connection, or the half of it that waits for more has been ended. */
function sendRaw(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    socket.resume()
    socket.end(Buffer.from(bytes.toString('latin1').replace('{host}', `127.0.0.1:${port}`), 'latin1'))
  })
}
