import type { Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { classifyFailure } from '../../../electron/sending/classify.ts'
import { createOutgoing } from '../../../electron/sending/outgoing.ts'
import { renderRequest } from '../../../electron/sending/render/render.ts'
import { startRawServer } from '../../helpers/raw-server.ts'
import { headerRows, settingsWith } from '../../helpers/settings.ts'

const outgoing = createOutgoing()
afterAll(() => outgoing.close())

async function against(onRequest: (socket: Socket) => void, headers: Record<string, string> = {}) {
  const server = await startRawServer({ onRequest })
  try {
    const endpoint = `http://127.0.0.1:${server.port}/`
    const settings = settingsWith({ endpoint, headers: headerRows(headers) })
    const request = renderRequest(settings, {
      values: { To: '+14155550123', Body: 'hi', From: 'ACME', MessageID: 'm1' },
      secretValue: () => '',
      userAgent: 'test',
    })
    const sent = await outgoing.send(request, { timeouts: settings.timeouts, fresh: true })
    if (sent.ok) return { answer: sent.answer, code: null }
    return { answer: null, code: classifyFailure(sent.error, 'api.test', sent.trace).code }
  } finally {
    await server.close()
  }
}

const answering = (encoding: string, body: Buffer) => (socket: Socket) => {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`)
  socket.write(body)
}

const text = '{"status":"queued"}'
it.each([
  ['gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
])('unpacks an answer in %s', async (encoding, body) => {
  const { answer } = await against(answering(encoding, body))
  expect(answer?.body.toString()).toBe(text)
})

it('bounds what an answer unfolds to, and names what cannot be unpacked', async () => {
  expect((await against(answering('gzip', gzipSync(Buffer.alloc(5_000_000))))).code).toBe('answer_too_large')
  expect((await against(answering('gzip', Buffer.from('plain')))).code).toBe('answer_unreadable')
  expect((await against(answering('odd', Buffer.from('plain')))).code).toBe('answer_unreadable')
})

it('takes a reset for no end of an answer', async () => {
  const { code } = await against((socket) => {
    socket.write('HTTP/1.0 200 OK\r\n\r\nhel', () => setImmediate(() => socket.resetAndDestroy()))
  })
  expect(code).toBe('reset_after_sending')
  expect(
    (await against((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello'))).answer?.body.toString(),
  ).toBe('hello')
})

it('names a header that is not sent', async () => {
  expect((await against(() => {}, { Expect: '100-continue' })).code).toBe('request_not_renderable')
})

const goOn = 'HTTP/1.1 100 Continue\r\n\r\n'
const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const cuts = [0, 1, 5, 12, 20, goOn.length - 1, goOn.length, goOn.length + 3]

it.each<[name: string, bytes: string, cut: number]>([
  ...cuts.map((cut): [string, string, number] => [`one, cut at ${cut}`, goOn + whole, cut]),
  ['two', goOn + goOn + whole, goOn.length + 4],
  ['one of HTTP/1.0, with headers', `HTTP/1.0 100 Go on\r\nX: y\r\n\r\n${whole}`, 15],
  ['early hints', `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${whole}`, 11],
  ['no', whole, 3],
])('reads past a 100 Continue that nobody asked for: %s', async (_name, bytes, cut) => {
  const { answer } = await against((socket) => {
    socket.write(bytes.slice(0, cut), () => setImmediate(() => socket.write(bytes.slice(cut))))
  })
  expect([answer?.status, answer?.body.toString()]).toEqual([200, 'ok'])
})

it.each([
  ['one whose head does not end', `HTTP/1.1 100 Continue\r\nX: ${'a'.repeat(600)}`, 'a'.repeat(600)],
  ['one after the other', goOn, goOn.repeat(25)],
])('gives up an endless 100 Continue: %s', async (_name, begin, more) => {
  let sent = 0
  const { code } = await against((socket) => {
    // The next piece goes once the one before has left: what the client does not refuse it takes in.
    const go = () => {
      sent += more.length
      if (!socket.destroyed && sent < 5_000_000) socket.write(more, () => setImmediate(go))
    }
    socket.write(begin, go)
  })
  expect(code).toBe('answer_unreadable')
  expect(sent).toBeLessThan(5_000_000)
})

it('reads a header in UTF-8, and in Latin-1 where it is not', async () => {
  const { answer } = await against((socket) => {
    socket.write(Buffer.from('HTTP/1.1 200 OK\r\nX-A: pässwörd\r\n', 'utf8'))
    socket.write(Buffer.from('X-B: pässwörd\r\nContent-Length: 0\r\n\r\n', 'latin1'))
  })
  expect(answer?.headers.slice(0, 2).map(({ value }) => value)).toEqual(['pässwörd', 'pässwörd'])
})
