import type { Socket } from 'node:net'

/** Whether the next bytes of a connection begin an answer. */
export interface AnswerStart {
  awaited: boolean
}

const head = 'HTTP/1.1 100'

/**
 * Some servers send `100 Continue` unasked. A client has to read past it (RFC 9110, 15.2), and undici gives the
 * connection up instead, so it is taken out of what undici reads.
 */
export function skipContinue(socket: Socket, start: AnswerStart): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  let held: Buffer | null = null
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size)
    if (chunk === null || !start.awaited) return chunk
    let bytes = held ? Buffer.concat([held, chunk]) : chunk
    held = null
    while (mayBeContinue(bytes)) {
      const end = bytes.length < head.length ? -1 : bytes.indexOf('\r\n\r\n')
      if (end === -1) {
        held = bytes
        return socket.read(size) as Buffer | null
      }
      bytes = bytes.subarray(end + 4)
      if (bytes.length === 0) return socket.read(size) as Buffer | null
    }
    start.awaited = false
    return bytes
  }
}

function mayBeContinue(bytes: Buffer): boolean {
  // The digit that tells every other answer apart at once.
  if (bytes.length > 9 && bytes[9] !== 0x31) return false
  const begin = bytes.toString('latin1', 0, head.length)
  return head.startsWith(begin.replace('HTTP/1.0', 'HTTP/1.1'))
}
