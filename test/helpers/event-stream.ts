import type { EventEnvelope } from '#shared/contract.ts'

export interface ReceivedEvent {
  id: string
  envelope: EventEnvelope
}

export interface OpenStream {
  /** The id that the browser would send when it comes back. */
  lastId(): string
  next(): Promise<ReceivedEvent>
  /** Cuts the connection. */
  cut(): void
  /** Resolves when the host ends the stream; rejects when it is torn. */
  ended: Promise<void>
}

/** Reads server-sent events as a browser does, but lets a test cut the line and say where to go on. */
export async function openStream(url: string, headers: Record<string, string>): Promise<OpenStream> {
  const abort = new AbortController()
  const response = await fetch(url, { headers, signal: abort.signal })
  if (response.status !== 200 || !response.body) throw new Error(`No events: ${response.status}`)
  const events: ReceivedEvent[] = []
  const waiting: ((event: ReceivedEvent) => void)[] = []
  let lastId = headers['last-event-id'] ?? ''
  const take = (block: string) => {
    const lines = block.split('\n')
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
    lastId = field('id') ?? lastId
    const data = field('data')
    if (data === undefined) return
    const event = { id: lastId, envelope: JSON.parse(data) as EventEnvelope }
    const waiter = waiting.shift()
    if (waiter) waiter(event)
    else events.push(event)
  }
  // The head of the stream: nothing is missed after it has come.
  let first: () => void = () => {}
  const opened = new Promise<void>((resolve) => (first = resolve))
  const ended = (async () => {
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      blocks.forEach(take)
      first()
    }
  })()
  ended.catch(() => {})
  await opened
  const next = () => {
    const event = events.shift()
    return event ? Promise.resolve(event) : new Promise<ReceivedEvent>((resolve) => waiting.push(resolve))
  }
  return { lastId: () => lastId, next, cut: () => abort.abort(), ended }
}
