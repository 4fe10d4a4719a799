import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#shared/errors.ts'
import { genericSimulatorPath, type ReceivedMessage } from '#shared/simulator.ts'
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
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  let count = 0
  const nextId = () => `sim-${String((count += 1)).padStart(6, '0')}`
  const take = (request: FastifyRequest, reply: FastifyReply) => handle(request, reply, nextId, onReceived)
  server.route({ method: ['GET', 'POST'], url: genericSimulatorPath, handler: take })
  return server
}

function handle(
  request: FastifyRequest,
  reply: FastifyReply,
  nextId: () => string,
  onReceived: (message: ReceivedMessage) => void,
): FastifyReply | Promise<FastifyReply> {
  const fields = readFields([{ ...(request.query as object), ...bodyFields(request) }])
  const authorization = request.headers.authorization ?? ''
  const answer = answerTo({ ...fields, authorization }, nextId)
  const status = answer.kind === 'answer' ? answer.status : 0
  onReceived({ id: randomUUID(), at: Date.now(), ...fields, status, answer: answer.words })
  return perform(answer, request, reply)
}

function perform(
  answer: SimulatedAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  if (answer.kind === 'answer') {
    const send = () => reply.code(answer.status).headers(answer.headers).send(answer.body)
    if (answer.delayMs === 0) return send()
    return new Promise((resolve) => setTimeout(() => resolve(send()), answer.delayMs))
  }
  // From here on the connection is this function's own: it is held open, or torn down.
  reply.hijack()
  if (answer.kind === 'reset') request.raw.socket.resetAndDestroy()
  return reply
}

/** Form, JSON or XML by its content type; anything else is taken as a text with no fields. */
function bodyFields(request: FastifyRequest): object {
  const body = typeof request.body === 'string' ? request.body : ''
  const type = request.headers['content-type'] ?? ''
  if (/json/i.test(type)) return parseJson(body)
  if (/x-www-form-urlencoded/i.test(type)) return Object.fromEntries(new URLSearchParams(body))
  if (/xml/i.test(type)) return parseXml(body)
  return {}
}

function parseJson(body: string): object {
  try {
    const parsed: unknown = JSON.parse(body)
    return Array.isArray(parsed)
      ? { batch: parsed }
      : typeof parsed === 'object' && parsed !== null
        ? parsed
        : {}
  } catch {
    return {}
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Leaf elements by name; enough to read a number and a text out of any vendor's message. */
function parseXml(body: string): Record<string, string> {
  const leaves = body.matchAll(/<([A-Za-z_][\w.-]*)[^<>]*>([^<]*)<\/\1>/g)
  return Object.fromEntries([...leaves].map(([, name = '', text = '']) => [name, decodeXml(text)]))
}

function decodeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return entities[String(name)] ?? whole
  })
}
