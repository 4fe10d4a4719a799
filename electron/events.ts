import type { EventEnvelope, EventName, Events } from '#shared/contract.ts'

type Listener = (event: EventEnvelope) => void

const remembered = 1000

/** Numbers every event, tells the hosts, and remembers the newest, so that a page that was cut off can catch up. */
export class EventHub {
  private readonly listeners = new Set<Listener>()
  private readonly recent: EventEnvelope[] = []
  private seq = 0

  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    this.seq += 1
    const event = { seq: this.seq, name, payload } as EventEnvelope
    this.recent.push(event)
    if (this.recent.length > remembered) this.recent.shift()
    for (const listener of this.listeners) listener(event)
  }

  /** The number of the last event. */
  get last(): number {
    return this.seq
  }

  /** Events after `seq`, or null when they are no longer all there. */
  since(seq: number): EventEnvelope[] | null {
    if (seq > this.seq) return null
    const oldest = this.recent[0]?.seq ?? this.seq + 1
    if (seq < oldest - 1) return null
    return this.recent.filter((event) => event.seq > seq)
  }

  /** Answers with the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
