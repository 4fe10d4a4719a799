import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TargetServer {
  address: string
  close(): Promise<void>
}

const answer = JSON.stringify({ status: 'queued', id: 'sim-000001' })
const headers = { 'content-type': 'application/json', 'content-length': answer.length }

/** A provider that accepts everything, as plain as node:http allows. */
export async function startTargetServer(): Promise<TargetServer> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => response.writeHead(201, headers).end(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
