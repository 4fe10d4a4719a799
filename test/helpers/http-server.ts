import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { listen } from './listen.ts'

export interface Received {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

export interface HttpServer {
  port: number
  received: Received[]
  close(): Promise<void>
}

export type Answer = { status?: number; headers?: Record<string, string>; body?: string }
export type Respond = (request: Received, index: number) => Answer | Promise<Answer>

const fixtures = join(import.meta.dirname, '../fixtures')
export const authority = readFileSync(join(fixtures, 'tls/authority.crt'), 'utf8')
/** Names of test/fixtures/tls, and the one that vouches for itself. */
export type CertificateName = 'trusted' | 'expired' | 'other-host' | 'self-signed'

export function certificateOf(name: CertificateName): { key: Buffer; cert: Buffer } {
  const file = name === 'self-signed' ? 'self-signed.pem' : `tls/${name}.pem`
  const pem = readFileSync(join(fixtures, file))
  return { key: pem, cert: pem }
}

/** An HTTP server on a free port of 127.0.0.1; over TLS where a certificate is named. */
export async function startHttpServer(respond: Respond, certificate?: CertificateName): Promise<HttpServer> {
  const received: Received[] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', async () => {
      const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
      const answer = await respond(seen, received.push(seen) - 1)
      response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json', ...answer.headers })
      response.end(answer.body ?? '{}')
    })
  }
  const server = certificate ? createTlsServer(certificateOf(certificate), listener) : createServer(listener)
  return { received, ...(await listen(server)) }
}
