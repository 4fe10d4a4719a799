import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { EventEnvelope } from '#shared/contract.ts'
import type { EventHub } from '../events.ts'

const heartbeatMs = 15_000
// A page that does not read is cut off; it comes back and asks for what it missed.
const mostBuffered = 4 * 1024 * 1024

/**
 * Server-sent events. An id is `epoch.seq`: numbers start again with the process, so a page that comes back to a host
 * that was restarted must not take an old number for a new one.
 */
export class EventStreams {
  private readonly epoch = randomBytes(8).toString('hex')
  private readonly open = new Set<ServerResponse>()
  private readonly heartbeat: NodeJS.Timeout
  private readonly events: EventHub
  private readonly unsubscribe: () => void

  constructor(events: EventHub) {
    this.events = events
    this.unsubscribe = events.subscribe((event) => this.toAll(this.frame(event)))
    this.heartbeat = setInterval(() => this.toAll(': still here\n\n'), heartbeatMs)
    this.heartbeat.unref()
  }

  /** Takes over a response; `after` is the id of the last event that the page saw, null on its first visit. */
  add(response: ServerResponse, headers: Record<string, string>, after: string | null): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    // An id alone tells a browser on its first visit where it stands, though nothing happened yet.
    response.write(`retry: 1000\n${after === null ? `id: ${this.id(this.events.last)}\n` : ''}\n`)
    for (const event of this.missed(after)) response.write(this.frame(event))
    this.open.add(response)
    response.once('close', () => this.open.delete(response))
  }

  close(): void {
    this.unsubscribe()
    clearInterval(this.heartbeat)
    for (const response of this.open) response.end()
  }

  private missed(after: string | null): EventEnvelope[] {
    if (after === null) return []
    const [epoch, seq = ''] = after.split('.')
    const known = epoch === this.epoch && /^\d{1,15}$/.test(seq)
    const events = known ? this.events.since(Number(seq)) : null
    return events ?? [{ seq: this.events.last, name: 'host.resync', payload: null }]
  }

  private toAll(text: string): void {
    for (const response of this.open) {
      if (response.writableLength > mostBuffered) response.destroy()
      else response.write(text)
    }
  }

  private frame(event: EventEnvelope): string {
    return `id: ${this.id(event.seq)}\ndata: ${JSON.stringify(event)}\n\n`
  }

  private id(seq: number): string {
    return `${this.epoch}.${seq}`
  }
}
