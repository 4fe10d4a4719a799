import { Agent, createServer, request as httpRequest } from 'node:http'
import type { RenderedRequest } from '../../electron/sending/render/render.ts'
import { listen } from './listen.ts'

/** A request as Node's own server sees it. */
export interface SeenRequest {
  url: string
  headers: Record<string, string>
  body: string
}

export interface EchoServer {
  endpoint: string
  /** Sends what was rendered, byte for byte, with Node's own client. */
  send(request: RenderedRequest): Promise<SeenRequest>
  close(): Promise<void>
}

/** Header values are handed on as UTF-8, which they were sent as. */
export async function startEchoServer(): Promise<EchoServer> {
  const agent = new Agent({ keepAlive: true })
  const waiting: ((seen: SeenRequest) => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const entries = Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        Buffer.from(String(value), 'latin1').toString('utf8'),
      ])
      const body = Buffer.concat(chunks).toString('utf8')
      waiting.shift()?.({ url: request.url ?? '', headers: Object.fromEntries(entries), body })
      response.end()
    })
  })
  const { port, close: stop } = await listen(server)
  const send = (rendered: RenderedRequest) =>
    new Promise<SeenRequest>((resolve, reject) => {
      const seen = new Promise<SeenRequest>((done) => waiting.push(done))
      const { method, path, body } = rendered
      const headers = Object.fromEntries(rendered.headers)
      const outgoing = httpRequest({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
        response.resume().once('end', () => void seen.then(resolve))
      })
      outgoing.once('error', reject)
      outgoing.end(method === 'GET' ? undefined : body)
    })
  const close = async () => {
    agent.destroy()
    await stop()
  }
  return { endpoint: `http://127.0.0.1:${port}`, send, close }
}
