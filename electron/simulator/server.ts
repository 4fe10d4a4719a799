import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { onNextPort } from '../next-port.ts'
import { plainReply, replying } from './decision.ts'
import type { SimulatorDesk } from './desk.ts'
import { perform } from './perform.ts'

export interface SimulatorServer {
  port: number
  close(): Promise<void>
}

/**
 * Starts the simulator on 127.0.0.1, on `port` or the next free one of ten. Throws `port_in_use` when all are taken.
 */
export function startSimulator(port: number, desk: SimulatorDesk): Promise<SimulatorServer> {
  return onNextPort(port, async (wanted) => {
    const server = await createServer(desk)
    try {
      await server.listen({ host: '127.0.0.1', port: wanted })
    } catch (error) {
      await server.close()
      throw error
    }
    const address = server.server.address()
    return {
      port: typeof address === 'object' && address ? address.port : wanted,
      close: () => server.close(),
    }
  })
}

async function createServer(desk: SimulatorDesk): Promise<FastifyInstance> {
  // Loaded on first use: the workbench starts faster without it.
  const { fastify } = await import('fastify')
  const server = fastify({
    bodyLimit: 256 * 1024,
    // Longer than the longest latency that a fault can ask for.
    connectionTimeout: 150_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  })
  server.server.maxConnections = 256
  // Asked for once: each request would pay for it.
  let port = 0
  server.server.once('listening', () => {
    const address = server.server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  server.addHook('onRequest', (request, reply, done) => {
    if (isForeign(request.headers, port)) void reply.code(403).send({ message: 'Only this machine may ask.' })
    else done()
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    const { method = '', url = '/', headers } = request.raw
    const body = typeof request.body === 'string' ? request.body : ''
    const decision = desk.handle({ method, url, headers, body })
    if (!(decision instanceof Promise)) return perform(decision, request, reply)
    return decision.then((made) => perform(made, request, reply))
  }
  // An address that is known as a whole is found sooner.
  server.route({ method: ['GET', 'POST'], url: genericSimulatorPath, handler })
  server.route({ method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], url: '/*', handler })
  server.setErrorHandler((error, request, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string }
    return perform(replying(plainReply(statusCode, message), message, false), request, reply)
  })
  return server
}

/** Any page that a browser shows can send requests here, and a hostile DNS name can point here: neither may. */
function isForeign({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders, port: number): boolean {
  const named = ['127.0.0.1', 'localhost', '[::1]'].some((name) => host?.toLowerCase() === `${name}:${port}`)
  if (!named || (origin !== undefined && origin !== `http://${host}`)) return true
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
