import type { Socket } from 'node:net'
import { TransportError } from './transport-error.ts'

/** Whether the next bytes of a connection begin an answer. */
export interface AnswerStart {
  awaited: boolean
}

const head = 'HTTP/1.1 100'
const blankLine = Buffer.from('\r\n\r\n')
/** Of everything that is skipped before one answer; no server has a reason for more. */
const longestSkipped = 16_384

/**
 * Some servers send `100 Continue` unasked. A client has to read past it (RFC 9110, 15.2), and undici gives the
 * connection up instead, so it is taken out of what undici reads. One that does not come to an end breaks the connection.
 */
export function skipContinue(socket: Socket, start: AnswerStart): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  let held: Buffer | null = null
  let skipped = 0
  const giveUp = () => {
    held = null
    socket.destroy(new TransportError('unreadable', 'the answer begins with endless informational ones'))
    return null
  }
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size)
    if (chunk === null || !start.awaited) return chunk
    // What was held has been searched, but for a blank line that is cut in two.
    let from = Math.max(0, (held?.length ?? 0) - blankLine.length + 1)
    let bytes = held ? Buffer.concat([held, chunk]) : chunk
    held = null
    while (mayBeContinue(bytes)) {
      const end = bytes.length < head.length ? -1 : bytes.indexOf(blankLine, from)
      const length = end === -1 ? bytes.length : end + blankLine.length
      if (skipped + length > longestSkipped) return giveUp()
      if (end === -1) {
        held = bytes
        return socket.read(size) as Buffer | null
      }
      skipped += length
      bytes = bytes.subarray(length)
      from = 0
      if (bytes.length === 0) return socket.read(size) as Buffer | null
    }
    start.awaited = false
    skipped = 0
    return bytes
  }
}

function mayBeContinue(bytes: Buffer): boolean {
  // The digit that tells every other answer apart at once.
  if (bytes.length > 9 && bytes[9] !== 0x31) return false
  const begin = bytes.toString('latin1', 0, head.length)
  return head.startsWith(begin.replace('HTTP/1.0', 'HTTP/1.1'))
}
