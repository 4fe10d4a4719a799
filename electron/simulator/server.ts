import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#shared/errors.ts'
import { genericSimulatorPath, type ReceivedMessage } from '#shared/simulator.ts'
import { formatAnswer } from './answer-format.ts'
import { bodyFields } from './body-fields.ts'
import { answerTo, readFields, type SimulatedAnswer } from './generic-provider.ts'

export interface SimulatorServer {
  port: number
  close(): Promise<void>
}

const tries = 10

/**
 * Starts the simulated provider on 127.0.0.1, on `port` or the next free one of ten. Throws `port_in_use` when all are
 * taken.
 */
export async function startSimulator(
  port: number,
  onReceived: (message: ReceivedMessage) => void,
): Promise<SimulatorServer> {
  for (let offset = 0; offset < tries; offset += 1) {
    const server = await createServer(onReceived)
    try {
      await server.listen({ host: '127.0.0.1', port: port === 0 ? 0 : port + offset })
      const address = server.server.address()
      return {
        port: typeof address === 'object' && address ? address.port : port,
        close: () => server.close(),
      }
    } catch (error) {
      await server.close()
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    }
  }
  throw new AppError('port_in_use', `The ports ${port} to ${port + tries - 1} are all taken.`, { port })
}

async function createServer(onReceived: (message: ReceivedMessage) => void): Promise<FastifyInstance> {
  // Loaded on first use: the workbench starts faster without it.
  const { fastify } = await import('fastify')
  const server = fastify({
    bodyLimit: 256 * 1024,
    connectionTimeout: 120_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    forceCloseConnections: true,
  })
  server.server.maxConnections = 256
  server.addHook('onRequest', async (request, reply) => {
    const address = server.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    if (isForeign(request.headers, port))
      await reply.code(403).send({ message: 'Only this machine may ask.' })
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  let count = 0
  const nextId = () => `sim-${String((count += 1)).padStart(6, '0')}`
  const take = (request: FastifyRequest, reply: FastifyReply) => handle(request, reply, nextId, onReceived)
  server.route({ method: ['GET', 'POST'], url: genericSimulatorPath, handler: take })
  return server
}

/** Any page that a browser shows can send requests here, and a hostile DNS name can point here: neither may. */
function isForeign({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders, port: number): boolean {
  const named = ['127.0.0.1', 'localhost', '[::1]'].some((name) => host?.toLowerCase() === `${name}:${port}`)
  if (!named || (origin !== undefined && origin !== `http://${host}`)) return true
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function handle(
  request: FastifyRequest,
  reply: FastifyReply,
  nextId: () => string,
  onReceived: (message: ReceivedMessage) => void,
): FastifyReply | Promise<FastifyReply> {
  const body = typeof request.body === 'string' ? request.body : ''
  const fields = readFields([
    { ...(request.query as object), ...bodyFields(request.headers['content-type'] ?? '', body) },
  ])
  const authorization = request.headers.authorization ?? ''
  const answer = answerTo({ ...fields, authorization }, nextId)
  const status = answer.kind === 'answer' ? answer.status : 0
  onReceived({
    id: randomUUID(),
    at: Date.now(),
    vendor: 'generic',
    ...fields,
    status,
    answer: answer.words,
    accepted: status === 201,
    fault: null,
    request: { method: request.method, path: request.url, headers: [], body },
    response: null,
  })
  return perform(answer, request, reply)
}

function perform(
  answer: SimulatedAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  if (answer.kind === 'answer') {
    const { contentType, body } = formatAnswer(request.headers.accept ?? '', answer.body)
    const send = () => reply.code(answer.status).headers(answer.headers).type(contentType).send(body)
    if (answer.delayMs === 0) return send()
    return new Promise((resolve) => setTimeout(() => resolve(send()), answer.delayMs))
  }
  // From here on the connection is this function's own: it is held open, or torn down.
  reply.hijack()
  if (answer.kind === 'reset') request.raw.socket.resetAndDestroy()
  return reply
}
