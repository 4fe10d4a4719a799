import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Decision, Reply } from './decision.ts'

/** Does what was decided. Whoever hangs up takes what was still to come with them. */
export function perform(
  decision: Decision,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  const { before, ...rest } = decision
  if (before) return before.then(() => perform(rest, request, reply))
  if (decision.kind !== 'reply') return fail(decision.kind, request, reply)
  const send = () => {
    if (decision.bodyMs > 0) return sendSlowly(decision.reply, decision.bodyMs, reply)
    // Fastify names a type where there is none.
    if (decision.reply.headers['content-type'] === undefined) return sendBare(decision.reply, reply)
    return reply.code(decision.reply.status).headers(decision.reply.headers).send(decision.reply.body)
  }
  if (decision.delayMs === 0) return send()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(send()), decision.delayMs)
    reply.raw.once('close', () => clearTimeout(timer))
  })
}

/** From here on the connection is this function's own: it is held open, or torn down. */
function fail(
  kind: 'silence' | 'drop' | 'reset',
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.hijack()
  if (kind === 'reset') request.raw.socket.resetAndDestroy()
  if (kind === 'drop') request.raw.socket.destroy()
  return reply
}

function sendBare({ status, headers, body }: Reply, reply: FastifyReply): FastifyReply {
  reply.hijack()
  const bytes = Buffer.from(body)
  reply.raw.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes)
  return reply
}

const mostPieces = 20

function sendSlowly({ status, headers, body }: Reply, ms: number, reply: FastifyReply): FastifyReply {
  reply.hijack()
  const { raw } = reply
  const bytes = Buffer.from(body)
  raw.writeHead(status, { ...headers, 'content-length': bytes.length })
  raw.flushHeaders()
  const pieces = Math.max(1, Math.min(mostPieces, bytes.length))
  let sent = 0
  const timer = setInterval(() => {
    sent += 1
    const piece = bytes.subarray(
      Math.floor((bytes.length * (sent - 1)) / pieces),
      Math.floor((bytes.length * sent) / pieces),
    )
    if (sent < pieces) raw.write(piece)
    else {
      clearInterval(timer)
      raw.end(piece)
    }
  }, ms / pieces)
  raw.once('close', () => clearInterval(timer))
  return reply
}
