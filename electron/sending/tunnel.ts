import type { Socket } from 'node:net'
import type { Target } from './connect.ts'
import { deadline } from './deadline.ts'
import type { ProxyRoute } from './access/route.ts'
import { timedOut, TransportError } from './transport-error.ts'

const longestHead = 16_384

export interface TunnelLimit {
  /** The time-out as it is set. */
  connectMs: number
  leftMs: number
}

/**
 * Has a proxy open the way to a host (RFC 9110, 9.3.6); afterwards the socket speaks with the host. What a proxy looks
 * up, and where it connects to, is out of this machine's sight. Throws `TransportError`.
 */
export async function openTunnel(
  socket: Socket,
  target: Target,
  proxy: ProxyRoute,
  { connectMs, leftMs }: TunnelLimit,
): Promise<void> {
  const limit = deadline(timedOut('connect', connectMs), leftMs)
  try {
    const head = limit.race(readHead(socket), () => socket.destroy())
    socket.write(connectRequest(target, proxy))
    const { status, line } = await head
    if (status === 407) throw new TransportError('proxy unauthorized', `it answered ${line}`)
    if (status < 200 || status > 299)
      throw new TransportError('proxy', `it answered “${line}” when asked for the way there`)
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    limit.clear()
  }
}

function connectRequest({ hostname, port }: Target, { authorization }: ProxyRoute): string {
  const host = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
  const credentials = authorization === null ? '' : `Proxy-Authorization: ${authorization}\r\n`
  return `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${credentials}\r\n`
}

function readHead(socket: Socket): Promise<{ status: number; line: string }> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const done = () => {
      socket.off('data', onData).off('error', onError).off('close', onClose)
      socket.pause()
    }
    const fail = (message: string, systemCode: string | null = null) => {
      done()
      socket.on('error', () => {})
      reject(new TransportError('proxy', message, { systemCode }))
    }
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const end = bytes.indexOf('\r\n\r\n')
      if (end === -1) return bytes.length > longestHead ? fail('its answer is not HTTP') : undefined
      const [line = ''] = bytes.toString('latin1', 0, end).split('\r\n', 1)
      const [, status, reason = ''] = /^HTTP\/1\.[01] (\d{3})(?: (.{0,200}))?/.exec(line) ?? []
      if (status === undefined) return fail('its answer is not HTTP')
      done()
      const rest = bytes.subarray(end + 4)
      if (rest.length > 0) socket.unshift(rest)
      resolve({ status: Number(status), line: `${status} ${reason}`.trim() })
    }
    const onError = (error: NodeJS.ErrnoException) => fail('it broke the connection off', error.code ?? null)
    const onClose = () => fail('it closed the connection when asked for the way there')
    socket.on('data', onData).on('error', onError).on('close', onClose)
  })
}

const reasons = {
  dns: 'its name was not found',
  connect: 'it cannot be reached',
  tls: 'no secure connection to it came about',
} as const

/** What went wrong on the way to the proxy, and not beyond it. Time-outs keep their names, refused addresses theirs. */
export function asProxyFailure(error: unknown): unknown {
  if (!(error instanceof TransportError)) return error
  const { failure, systemCode } = error
  if (failure !== 'dns' && failure !== 'connect' && failure !== 'tls') return error
  const reason = systemCode === 'ECONNREFUSED' ? 'it refused the connection' : reasons[failure]
  return new TransportError('proxy', systemCode ? `${reason} (${systemCode})` : reason, { systemCode })
}
