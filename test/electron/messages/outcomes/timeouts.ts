import type { Socket } from 'node:net'
import { quick, type OutcomeCase, type Stage } from '../../../helpers/outcome-cases.ts'

const silent = async (stage: Stage) => `127.0.0.1:${await stage.raw({})}`
const drip = (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')

/** Each time-out by its name, with the milliseconds that were allowed. */
export const timeouts: OutcomeCase[] = [
  {
    name: 'a look-up that hangs',
    class: 'unavailable',
    code: 'connect_timed_out',
    bytesOut: false,
    provoke: () => ({ endpoint: 'https://never.example.test/' }),
    facts: { timeout: 'connect', timeoutMs: 300 },
    title: 'Connect time-out',
    cause: 'never.example.test did not take the connection within 300 ms',
    next: 'connect time-out',
  },
  {
    name: 'a connection that is never answered',
    class: 'unavailable',
    code: 'connect_timed_out',
    bytesOut: false,
    provoke: () => ({ endpoint: 'http://silent.example.test/', timeouts: { ...quick, connectMs: 250 } }),
    facts: { timeout: 'connect', timeoutMs: 250 },
    cause: 'silent.example.test did not take the connection within 250 ms',
  },
  {
    name: 'a handshake that hangs',
    class: 'unavailable',
    code: 'tls_timed_out',
    bytesOut: false,
    provoke: async (stage) => ({ endpoint: `https://${await silent(stage)}/` }),
    facts: { timeout: 'tls', timeoutMs: 300 },
    title: 'TLS time-out',
    cause: '{host} did not finish the TLS handshake within 300 ms',
    next: 'speaks https',
  },
  {
    name: 'silence after the request',
    class: 'unknown',
    code: 'first_byte_timed_out',
    bytesOut: true,
    provoke: async (stage) => ({ endpoint: `http://${await silent(stage)}/` }),
    facts: { timeout: 'first byte', timeoutMs: 300 },
    title: 'First byte time-out',
    cause: '{host} did not begin to answer within 300 ms',
    next: 'first byte time-out',
  },
  {
    name: 'an answer that never ends',
    class: 'unknown',
    code: 'total_timed_out',
    bytesOut: true,
    provoke: async (stage) => ({
      endpoint: `http://127.0.0.1:${await stage.raw({ onRequest: drip })}/`,
      timeouts: { ...quick, totalMs: 1000 },
    }),
    facts: { timeout: 'total', timeoutMs: 1000 },
    title: 'Total time-out',
    cause: '{host} took longer than 1 s. Its answer (HTTP 200) had begun',
  },
  {
    name: 'a total that runs out before a byte went out',
    class: 'unavailable',
    code: 'total_timed_out',
    bytesOut: false,
    provoke: async (stage) => ({
      endpoint: `https://${await silent(stage)}/`,
      timeouts: { connectMs: 5000, tlsMs: 5000, firstByteMs: 5000, totalMs: 200 },
    }),
    facts: { timeout: 'total', timeoutMs: 200 },
    cause: '200 ms',
    next: 'Raise the total time-out',
  },
]
