import { Agent, request } from 'node:http'
import type { OutgoingRequest } from '../../callbacks/signatures/way.ts'
import type { Target } from './target.ts'

/** As long as vendors wait. */
const timeoutMs = 10_000
/** So many requests are on their way at once. */
export const mostAtOnce = 32

/** Posts to this machine. Connections are kept for the next ones. */
export class Postbox {
  private readonly closing = new AbortController()
  private readonly agent = new Agent({
    keepAlive: true,
    maxSockets: mostAtOnce * 2,
    maxFreeSockets: mostAtOnce,
  })

  /** The status that answered it. Rejects with why there is none. No redirect is followed, nothing of the answer is kept. */
  post({ method, url, headers, body }: OutgoingRequest, { host, port }: Target): Promise<number> {
    const { pathname, search } = new URL(url)
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.agent,
          host,
          port,
          method,
          path: pathname + search,
          headers: { ...headers, ...(method === 'GET' ? {} : { 'content-length': body.length }) },
          signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(timeoutMs)]),
        },
        (answer) => {
          answer.once('error', () => {})
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
      sent.once('error', reject)
      sent.end(method === 'GET' ? undefined : body)
    })
  }

  close(): void {
    this.closing.abort()
    this.agent.destroy()
  }
}

/** Why there was no answer, in words. */
export function failureWords(error: unknown): string {
  const { name, code } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError') return `Nothing answered within ${timeoutMs / 1000} s.`
  if (code === 'ECONNREFUSED') return 'Nothing listens at this address.'
  return `The connection failed${code === undefined ? '' : ` (${code})`}.`
}
