import { createServer, type Socket } from 'node:net'
import { listen } from './listen.ts'

export interface RawServer {
  port: number
  /** Everything that each connection sent, in the order of connecting. */
  received: string[]
  close(): Promise<void>
}

/**
 * A bare TCP server: `onRequest` is called once a connection's bytes hold a whole request (head and announced body),
 * `onConnect` at once.
 */
export async function startRawServer(
  handlers: {
    onConnect?: (socket: Socket) => void
    onRequest?: (socket: Socket, request: string) => void
  },
  port = 0,
): Promise<RawServer> {
  const received: string[] = []
  const server = createServer((socket) => {
    const index = received.push('') - 1
    handlers.onConnect?.(socket)
    let pending = ''
    socket.on('data', (chunk: Buffer) => {
      received[index] += chunk.toString('latin1')
      pending += chunk.toString('latin1')
      if (!isWhole(pending)) return
      const request = pending
      pending = ''
      handlers.onRequest?.(socket, request)
    })
  })
  return { received, ...(await listen(server, port)) }
}

function isWhole(bytes: string): boolean {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return false
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(bytes)?.[1] ?? 0)
  return bytes.length >= end + 4 + length
}

export function reply(status: string, body: string, headers: string[] = []): string {
  const length = Buffer.byteLength(body)
  return [`HTTP/1.1 ${status}`, `Content-Length: ${length}`, ...headers, '', body].join('\r\n')
}
