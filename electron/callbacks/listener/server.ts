import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { longestCallback } from '#shared/callbacks/callback-commands.ts'
import { onNextPort } from '../../next-port.ts'
import { refusalOf, type Refusal } from './doors.ts'
import type { KeptAnswer } from '../engine.ts'
import { RateLimit } from './rate-limit.ts'
import { Sockets } from './sockets.ts'

/** A request that passed the doors. */
export interface Incoming {
  method: string
  /** Path and query as they came. */
  url: string
  /** Name and value in turn, as they came. */
  rawHeaders: readonly string[]
  body: Buffer
  remote: string
}

export interface ServerParts {
  allInterfaces: boolean
  /** Asked for each request: the port and the public address may change. */
  hosts: (port: number) => ReadonlySet<string>
  /** Keeps it, then says what to answer. Rejects when it cannot be kept. */
  take: (incoming: Incoming) => Promise<KeptAnswer>
  /** Takes nothing of its own body, as a vendor that only looks whether somebody is there. */
  glance: (url: string) => KeptAnswer
  onFailure: (error: unknown) => void
}

export interface ListenerServer {
  port: number
  close(): Promise<void>
}

/** Starts the listener, on `port` or the next free one of ten. Throws `port_in_use` when all are taken. */
export function startListener(port: number, parts: ServerParts): Promise<ListenerServer> {
  return onNextPort(port, (wanted) => listen(wanted, parts))
}

async function listen(wanted: number, parts: ServerParts): Promise<ListenerServer> {
  const server = await createServer(parts, () => port)
  let port = wanted
  try {
    await server.listen({ host: parts.allInterfaces ? '0.0.0.0' : '127.0.0.1', port: wanted })
  } catch (error) {
    await server.close()
    throw error
  }
  const address = server.server.address()
  port = typeof address === 'object' && address ? address.port : wanted
  const other = await listenOnSix(parts, port)
  return { port, close: async () => void (await Promise.all([server.close(), other?.close()])) }
}

/** `localhost` is ::1 to some programs. A machine without it, or one on which the port is taken there, does without. */
async function listenOnSix(parts: ServerParts, port: number): Promise<FastifyInstance | null> {
  const server = await createServer(parts, () => port)
  try {
    await server.listen({ host: parts.allInterfaces ? '::' : '::1', port, ipv6Only: true })
    return server
  } catch {
    await server.close()
    return null
  }
}

async function createServer(parts: ServerParts, port: () => number): Promise<FastifyInstance> {
  // Loaded on first use: the workbench starts faster without it.
  const { fastify } = await import('fastify')
  const server = fastify({
    bodyLimit: longestCallback,
    connectionTimeout: 10_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    maxRequestsPerSocket: 1000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    http: { connectionsCheckingInterval: 1000, headersTimeout: 5000 },
  })
  const sockets = new Sockets()
  sockets.watch(server.server)
  const limit = new RateLimit()
  server.addHook('onRequest', (request, reply, done) => {
    const refusal = refusalOf(request.raw, parts.hosts(port())) ?? (limit.isOver(request.ip) ? tooMany : null)
    if (refusal) refuse(reply, refusal)
    else done()
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.route({
    method: ['GET', 'POST', 'HEAD'],
    url: '/*',
    handler: (request, reply) => {
      const { socket } = request.raw
      sockets.busy(socket)
      // Not given to fastify: it would wait for the reply to be through, which takes as long as all else that it does.
      void take(parts, request, reply)
        .catch(parts.onFailure)
        .then(() => sockets.done(socket))
    },
  })
  server.setNotFoundHandler((_request, reply) => refuse(reply, nothingHere))
  server.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500 } = error as { statusCode?: number }
    if (statusCode >= 500) parts.onFailure(error)
    return refuse(reply, { status: statusCode, words: wordsOf[statusCode] ?? 'It was not taken.' })
  })
  return server
}

const tooMany: Refusal = { status: 429, words: 'Too many requests came from this address.' }
const nothingHere: Refusal = { status: 404, words: 'There is nothing here.' }
const notKept: Refusal = { status: 503, words: 'It cannot be kept for now. Send it again later.' }
const wordsOf: Record<number, string> = { 413: 'It is too large.', 400: 'It cannot be read.' }

/** The same words whatever was asked: nothing of a request is ever given back. */
function refuse(reply: FastifyReply, { status, words }: Refusal): FastifyReply {
  if (status === 429 || status === 503) void reply.header('retry-after', '1')
  return reply.code(status).header('connection', 'close').type('text/plain; charset=utf-8').send(`${words}\n`)
}

async function take(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { method = '', url = '/', rawHeaders } = request.raw
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const incoming = { method, url, rawHeaders, body, remote: request.ip }
  try {
    send(reply, method === 'HEAD' ? parts.glance(url) : await parts.take(incoming))
  } catch (error) {
    parts.onFailure(error)
    refuse(reply, notKept)
  }
}

function send(reply: FastifyReply, { status, contentType, body }: KeptAnswer): void {
  reply.code(status).type(contentType).send(body)
}
