import type { EventEnvelope, EventName, Events } from '#shared/contract.ts'

type Listener = (event: EventEnvelope) => void

const remembered = 1000

/** Numbers every event, tells the hosts, and remembers the newest, so that a page that was cut off can catch up. */
export class EventHub {
  private readonly listeners = new Set<Listener>()
  /** The newest events, each at its number modulo the size. */
  private readonly recent: EventEnvelope[] = []
  private seq = 0
  private readonly onListenerFailure: (error: unknown) => void

  constructor(onListenerFailure: (error: unknown) => void = () => {}) {
    this.onListenerFailure = onListenerFailure
  }

  /** Never throws: who tells of something must not fail because of one who listens. */
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    this.seq += 1
    const event = { seq: this.seq, name, payload } as EventEnvelope
    this.recent[this.seq % remembered] = event
    for (const listener of this.listeners) this.tell(listener, event)
  }

  private tell(listener: Listener, event: EventEnvelope): void {
    try {
      listener(event)
    } catch (error) {
      this.onListenerFailure(error)
    }
  }

  /** The number of the last event. */
  get last(): number {
    return this.seq
  }

  /** Events after `seq`, or null when they are no longer all there. */
  since(seq: number): EventEnvelope[] | null {
    if (seq > this.seq || this.seq - seq > remembered) return null
    const events: EventEnvelope[] = []
    for (let number = seq + 1; number <= this.seq; number += 1) {
      const event = this.recent[number % remembered]
      if (event) events.push(event)
    }
    return events
  }

  /** Answers with the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
