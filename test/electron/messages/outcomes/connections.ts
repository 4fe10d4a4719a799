import type { Socket } from 'node:net'
import type { OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import type { OutcomeCase, Stage } from '../../../helpers/outcome-cases.ts'

type Words = Pick<OutcomeCase, 'title' | 'cause' | 'next' | 'facts'>

function before(name: string, code: OutcomeCode, endpoint: string, words: Words): OutcomeCase {
  return { name, class: 'unavailable', code, bytesOut: false, provoke: () => ({ endpoint }), ...words }
}

function onRequest(name: string, act: (socket: Socket) => unknown, words: Words): OutcomeCase {
  const provoke = async (stage: Stage) => {
    const port = await stage.raw({ onRequest: act })
    return { endpoint: `http://127.0.0.1:${port}/` }
  }
  const outcome = ['unknown', 'reset_after_sending'] as [OutcomeClass, OutcomeCode]
  return { name, class: outcome[0], code: outcome[1], bytesOut: true, provoke, ...words }
}

/** The way to the provider, and breaks on it. */
export const connections: OutcomeCase[] = [
  before('a name that does not exist', 'dns_failed', 'https://missing.example.test/', {
    facts: { systemCode: 'ENOTFOUND' },
    title: 'missing.example.test',
    cause: 'ENOTFOUND',
    next: 'host in the endpoint',
  }),
  before('a name server that does not answer', 'dns_failed', 'https://later.example.test/', {
    facts: { systemCode: 'EAI_AGAIN' },
    cause: 'name server',
  }),
  before('a name without an address', 'dns_failed', 'https://empty.example.test/', {
    title: 'empty.example.test',
  }),
  {
    ...before('a port that nothing listens on', 'connection_refused', '', {
      facts: { systemCode: 'ECONNREFUSED' },
    }),
    provoke: async (stage) => ({ endpoint: `http://127.0.0.1:${await stage.closedPort()}/` }),
    title: '{host} refused',
    next: 'port',
  },
  before('a host without a route', 'unreachable', 'http://no-route.example.test/', {
    facts: { systemCode: 'EHOSTUNREACH' },
    title: 'no-route.example.test',
    cause: 'EHOSTUNREACH',
    next: 'VPN',
  }),
  before('a network without a route', 'unreachable', 'https://no-network.example.test/', {
    cause: 'ENETUNREACH',
  }),
  before('a host that the kernel gives up on', 'unreachable', 'http://no-answer.example.test/', {
    cause: 'Nothing answers at that address (ETIMEDOUT)',
  }),
  before('a reset before a byte went out', 'reset_before_sending', 'http://reset.example.test/', {
    facts: { systemCode: 'ECONNRESET' },
    cause: 'reset.example.test',
    next: 'https',
  }),
  onRequest('a reset after the request', (socket) => socket.resetAndDestroy(), {
    facts: { systemCode: 'ECONNRESET' },
    cause: '{host}',
  }),
  onRequest('a close after the request', (socket) => socket.end(), {
    cause: '{host} took the request and closed the connection without an answer.',
  }),
  onRequest(
    'an answer that breaks off in its body',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
    { title: '(200)', cause: 'began to answer with HTTP 200', facts: { status: 200 } },
  ),
  onRequest(
    'an answer that breaks off in a chunk',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc'),
    { title: '(200)', cause: 'began to answer with HTTP 200', facts: { status: 200 } },
  ),
  onRequest(
    'an answer that is reset where only its end would end it',
    (socket) =>
      socket.write('HTTP/1.0 200 OK\r\n\r\nabc', () => setImmediate(() => socket.resetAndDestroy())),
    { cause: '{host}' },
  ),
  {
    name: 'the metadata service of a cloud',
    class: 'misconfigured',
    code: 'address_refused',
    bytesOut: false,
    provoke: () => ({ endpoint: 'http://169.254.169.254/latest' }),
    cause: '169.254.169.254',
  },
]
