import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { AppErrorData, ErrorCode } from '#shared/errors.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import { pageAnswer, securityHeaders } from '../page-files.ts'
import type { DispatchUnknown } from '../rpc.ts'
import { refusal } from './guard.ts'
import { EventStreams } from './event-stream.ts'
import type { Sessions } from './session.ts'

export interface ServerParts {
  dispatch: DispatchUnknown
  events: EventHub
  log: Log
  /** Where the built page is. */
  pageFolder: string
  /** Both depend on the port, which is known once the server listens. */
  sessions(): Sessions
  hosts(): Set<string>
}

/** The headless host's HTTP server, not yet listening. Closing it ends the event streams first. */
export function createServer(parts: ServerParts): FastifyInstance {
  const server = fastify({
    logger: false,
    bodyLimit: 1024 * 1024,
    exposeHeadRoutes: false,
    // For the whole request to come in; a command may take as long as it needs.
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    http: { headersTimeout: 5000, connectionsCheckingInterval: 1000 },
    // An address that cannot be decoded (`/%zz`) reaches no hook; it is held against the same guard.
    frameworkErrors: (error, request, reply) => {
      if (!refused(parts, request, reply))
        refuse(reply, error.statusCode ?? 400, 'invalid_input', error.message)
    },
  })
  server.server.maxConnections = 256
  server.server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  // Fastify reads text/plain by itself, and text/plain is what another site's form can post.
  server.removeContentTypeParser('text/plain')
  server.addHook('onRequest', async (request, reply) => guard(parts, request, reply))
  addRoutes(server, parts)
  return server
}

function addRoutes(server: FastifyInstance, parts: ServerParts): void {
  const streams = new EventStreams(parts.events)
  server.addHook('preClose', async () => streams.close())
  server.post('/session', async (request, reply) => openSession(parts, request, reply))
  server.post('/rpc', (request) => {
    const { name, input } = (request.body ?? {}) as { name?: unknown; input?: unknown }
    return parts.dispatch(name, input)
  })
  server.get('/events', (request, reply) => {
    reply.hijack()
    streams.add(reply.raw, securityHeaders, lastSeen(request))
  })
  server.setNotFoundHandler(async (request, reply) => sendPage(parts, request, reply))
  server.setErrorHandler(async (error, _request, reply) => sendError(parts.log, error, reply))
}

async function guard(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (refused(parts, request, reply)) return reply
  const route = routeOf(request)
  if (route === null) return undefined
  reply.header('cache-control', 'no-store')
  if (route === '/session' || parts.sessions().isOpen(request.headers.cookie)) return undefined
  return refuse(reply, 401, 'unauthorized', 'Open the address that SMS Workbench printed when it started.')
}

const routeOf = (request: FastifyRequest) => request.routeOptions.url ?? null

/** Answers a request that is not meant for this host, or comes from another site. */
function refused(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): boolean {
  reply.headers(securityHeaders)
  const hostHeaders = request.raw.rawHeaders.filter((text, at) => at % 2 === 0 && /^host$/i.test(text)).length
  const asked = { method: request.method, route: routeOf(request), headers: request.headers, hostHeaders }
  const reason = refusal(asked, parts.hosts())
  if (reason) refuse(reply, 403, 'forbidden', reason)
  return reason !== null
}

async function openSession(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const cookie = parts.sessions().open((request.body as { token?: unknown } | null)?.token)
  if (!cookie) return refuse(reply, 401, 'unauthorized', 'The token is not, or no longer, good.')
  return reply.header('set-cookie', cookie).send({ ok: true, value: null })
}

async function sendPage(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(reply, 404, 'not_found', 'There is no such address.')
  }
  const acceptsHtml = (request.headers.accept ?? '').includes('text/html')
  const answer = await pageAnswer(parts.pageFolder, pathOf(request), acceptsHtml)
  return reply.code(answer.status).headers(answer.headers).send(answer.body)
}

function lastSeen(request: FastifyRequest): string | null {
  const header = request.headers['last-event-id']
  if (typeof header === 'string') return header
  const { after } = request.query as { after?: unknown }
  return typeof after === 'string' ? after : null
}

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? ''

function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  const error: AppErrorData = { code, message, details: {} }
  return reply.code(status).send({ ok: false, error })
}

/** Fastify's own refusals (too large, not JSON) are the caller's; anything else is ours, and logged. */
function sendError(log: Log, error: unknown, reply: FastifyReply): FastifyReply {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status < 500) return refuse(reply, status, 'invalid_input', (error as Error).message)
  log.error('A request failed unexpectedly', { error })
  return refuse(reply, 500, 'internal', 'Something went wrong inside the workbench.')
}
