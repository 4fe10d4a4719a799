import { createServer, type AddressInfo, type Socket } from 'node:net'

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
export async function startRawServer(handlers: {
  onConnect?: (socket: Socket) => void
  onRequest?: (socket: Socket, request: string) => void
}): Promise<RawServer> {
  const received: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const index = received.push('') - 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
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
