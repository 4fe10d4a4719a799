import { createServer, type AddressInfo, type Server } from 'node:net'

/** A port of 127.0.0.1 that is taken until the server is closed. */
export function takePort(port = 0): Promise<{ port: number; release(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server: Server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      const release = () => new Promise<void>((done) => server.close(() => done()))
      resolve({ port: (server.address() as AddressInfo).port, release })
    })
  })
}

/** A port that was free a moment ago. Ask the program itself for port 0 where it can tell which one it took. */
export async function freePort(): Promise<number> {
  const { port, release } = await takePort()
  await release()
  return port
}
