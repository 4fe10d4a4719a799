import { gzipSync } from 'node:zlib'
import type { BodyTest } from '#shared/success-rule.ts'
import { answering, type OutcomeCase } from '../../../helpers/outcome-cases.ts'

const json: BodyTest = { kind: 'json', path: 'status', equals: 'ok' }
const success = (body: BodyTest) => ({ statusFrom: 200, statusTo: 299, body })
const reading = { messageId: '', errorCode: 'code', errorText: 'text' }

/** Answers whose body decides, and those that are no whole answer. */
export const bodies: OutcomeCase[] = [
  {
    name: 'a 200 whose body says failure',
    class: 'misconfigured',
    code: 'body_says_failure',
    bytesOut: true,
    provoke: async (stage) => ({
      ...(await answering(stage, '200 OK', '{"status":"error","code":17,"text":"No such sender"}')),
      success: success(json),
      reading,
    }),
    cause: 'HTTP 200), but the body reports an error. It says: No such sender (code 17).',
    next: 'success rule',
  },
  {
    name: 'a 200 that the rule does not accept, and that names no error',
    class: 'unknown',
    code: 'no_rule_reads_answer',
    bytesOut: true,
    provoke: async (stage) => ({
      ...(await answering(stage, '200 OK', '{"status":"pending"}')),
      success: success(json),
      reading,
    }),
    cause: 'HTTP 200',
    next: 'Compare the response with the success rule',
  },
  {
    name: 'a vendor’s own code that the settings give a meaning',
    class: 'rejected',
    code: 'vendor_code',
    bytesOut: true,
    provoke: async (stage) => ({
      ...(await answering(stage, '400 Bad Request', '{"code":21610,"text":"Opted out"}')),
      reading,
      codes: [{ code: '21610', class: 'rejected' }],
    }),
    title: '21610',
    cause: 'Opted out',
    next: 'number and the text',
  },
  {
    name: 'a page where JSON is expected',
    class: 'unknown',
    code: 'answer_not_of_its_type',
    bytesOut: true,
    provoke: async (stage) => ({
      ...(await answering(stage, '200 OK', '<html>Log in', ['Content-Type: text/html; charset=utf-8'])),
      success: success(json),
    }),
    title: 'JSON',
    cause: 'text/html; charset=utf-8',
    next: 'endpoint',
  },
  {
    name: 'JSON that breaks off',
    class: 'unknown',
    code: 'body_unreadable',
    bytesOut: true,
    provoke: async (stage) => ({
      ...(await answering(stage, '200 OK', '{"status":"o', ['Content-Type: application/json'])),
      success: success(json),
    }),
    title: 'JSON',
    next: 'raw response',
  },
  {
    name: 'an answer that is too large',
    class: 'unknown',
    code: 'answer_too_large',
    bytesOut: true,
    provoke: (stage) => answering(stage, '200 OK', 'x'.repeat(300_000)),
    facts: { limitBytes: 262_144 },
    cause: '256 KiB',
    next: 'endpoint',
  },
  {
    name: 'an answer that unfolds to one that is too large',
    class: 'unknown',
    code: 'answer_too_large',
    bytesOut: true,
    provoke: async (stage) => {
      const body = gzipSync(Buffer.alloc(3_000_000))
      const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`
      const port = await stage.raw({ onRequest: (socket) => (socket.write(head), socket.write(body)) })
      return { endpoint: `http://127.0.0.1:${port}/` }
    },
    cause: '256 KiB',
  },
  {
    name: 'what is not HTTP at all',
    class: 'unknown',
    code: 'answer_unreadable',
    bytesOut: true,
    provoke: async (stage) => {
      const port = await stage.raw({ onRequest: (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n') })
      return { endpoint: `http://127.0.0.1:${port}/` }
    },
    title: 'not valid HTTP',
    cause: '{host}',
    next: 'endpoint',
  },
  {
    name: 'an upgrade that nobody asked for',
    class: 'unknown',
    code: 'answer_unreadable',
    bytesOut: true,
    provoke: async (stage) => {
      const answer = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'
      const port = await stage.raw({ onRequest: (socket) => socket.write(answer) })
      return { endpoint: `http://127.0.0.1:${port}/` }
    },
    cause: '{host}',
  },
]
