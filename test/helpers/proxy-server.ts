import { createServer, request as forward, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { certificateOf, type CertificateName } from './http-server.ts'
import { listen } from './listen.ts'

export interface ProxyServer {
  port: number
  /** The request line and credentials of each request, tunnels included. */
  seen: { line: string; authorization: string | undefined }[]
  close(): Promise<void>
}

export interface ProxyOptions {
  /** What Proxy-Authorization has to be; others are answered with 407. */
  authorization?: string
  /** Written instead of opening a tunnel. */
  answerToConnect?: string
  certificate?: CertificateName
}

/** An HTTP proxy that takes every name for 127.0.0.1: a real one, for tunnels and for requests in the full form. */
export async function startProxyServer(options: ProxyOptions = {}): Promise<ProxyServer> {
  const seen: ProxyServer['seen'] = []
  const permits = (request: IncomingMessage) => {
    const authorization = request.headers['proxy-authorization']
    seen.push({ line: `${request.method} ${request.url}`, authorization })
    return options.authorization === undefined || authorization === options.authorization
  }
  const server = options.certificate ? createTlsServer(certificateOf(options.certificate)) : createServer()
  server.on('request', (request: IncomingMessage, response) => {
    if (!permits(request)) return response.writeHead(407, { 'Proxy-Authenticate': 'Basic' }).end('no')
    const { port, pathname, search } = new URL(request.url ?? '')
    const { 'proxy-authorization': _own, ...headers } = request.headers
    const to = { host: '127.0.0.1', port, path: pathname + search, method: request.method, headers }
    const passed = forward(to, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.writeHead(502).end())
    return request.pipe(passed)
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {})
    if (!permits(request)) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    if (options.answerToConnect !== undefined) return socket.end(options.answerToConnect)
    const target = connect(Number(/:(\d+)$/.exec(request.url ?? '')?.[1]), '127.0.0.1', () => {
      // In two pieces, as a network may deliver it.
      socket.write('HTTP/1.1 200 Connection estab')
      setImmediate(() => {
        socket.write('lished\r\nVia: 1.1 test\r\n\r\n')
        target.pipe(socket).pipe(target)
      })
    })
    target.on('error', () => socket.destroy())
    return socket.on('close', () => target.destroy())
  })
  return { seen, ...(await listen(server)) }
}
