import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Sends bytes just as they are written here, which no HTTP client would: several Host headers, a path that climbs, an
 * upgrade. `connection: close` is added, so that the answer ends.
 */
export function rawRequest(port: number, head: string[], body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
    socket.once('error', reject)
    socket.once('close', () => resolve(parse(text)))
    const length = body ? [`Content-Length: ${Buffer.byteLength(body)}`] : []
    const connection = head.some((line) => /^connection:/i.test(line)) ? [] : ['Connection: close']
    socket.write(`${[...head, ...length, ...connection].join('\r\n')}\r\n\r\n${body}`)
  })
}

function parse(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  return { status: Number(status.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}
