import type { EventEnvelope } from '#shared/contract.ts'
import { fitsLogFilter, type MessageListInput, type MessagePage } from '#shared/message-log.ts'
import type { MessageSummary } from '#shared/message.ts'
import { useTransport } from '../../../renderer/lib/api.ts'
import type { Answer } from '../../../renderer/lib/failure.ts'

export const summary = (id: string, more: Partial<MessageSummary> = {}) =>
  ({
    id,
    createdAt: 1,
    to: '+14155550123',
    text: '',
    state: 'sent',
    unknown: false,
    providerId: 'p',
    test: true,
    cost: null,
    ...more,
  }) as MessageSummary

/** A log behind the page's transport, which answers as the workbench does; `stretch`: messages that one call looks at. */
export class FakeLog {
  /** The oldest first; a message's seq is its place, counted from 1. */
  readonly messages: (MessageSummary | null)[] = []
  readonly asked: { name: string; input: unknown }[] = []
  stretch = Infinity
  /** Each answer takes a turn of the event loop. */
  isSlow = false
  /** While set, answers wait until `release`. */
  private waiting: (() => void)[] | null = null
  private readonly listeners: ((event: EventEnvelope) => void)[] = []

  constructor() {
    useTransport({
      call: async (name, input) => {
        this.asked.push({ name, input })
        const answer = { ok: true, value: this.answer(name, input) } as Answer<unknown>
        const { waiting } = this
        if (this.isSlow) await settled(1)
        if (waiting) await new Promise<void>((resolve) => waiting.push(resolve))
        return answer
      },
      on: (listener) => {
        this.listeners.push(listener)
        return () => {}
      },
    })
  }

  add(count: number, more: Partial<MessageSummary> = {}): void {
    for (let index = 0; index < count; index += 1)
      this.messages.push(summary(`m${this.messages.length + 1}`, more))
  }

  change(id: string, more: Partial<MessageSummary>, isTold = true): void {
    const at = Number(id.slice(1)) - 1
    const changed = summary(id, { ...this.messages[at], ...more })
    this.messages[at] = changed
    if (isTold) this.tell('message.changed', changed)
  }

  /** Adds one and tells of it. */
  send(more: Partial<MessageSummary> = {}): void {
    this.add(1, more)
    this.tell('message.changed', this.messages.at(-1))
  }

  tell(name: EventEnvelope['name'], payload: unknown = null): void {
    for (const listener of this.listeners) listener({ seq: 1, name, payload } as EventEnvelope)
  }

  hold(): void {
    this.waiting = []
  }
  async release(): Promise<void> {
    const held = this.waiting ?? []
    this.waiting = null
    for (const answer of held) answer()
    await settled()
  }

  private answer(name: string, input: unknown): unknown {
    if (name === 'messages.list') return this.page(input as MessageListInput)
    if (name === 'messages.count') return { count: this.messages.length, more: false, cursor: 0 }
    const { ids } = input as { ids: string[] }
    return ids.map((id) => this.messages[Number(id.slice(1)) - 1]).filter(Boolean)
  }

  private page({ before: _before, cursor, after: _after, limit, ...filter }: MessageListInput): MessagePage {
    const top = this.messages.length
    const messages: MessageSummary[] = []
    let at = cursor ?? top + 1
    let left = this.stretch
    while (at > 1 && messages.length < limit && left > 0) {
      at -= 1
      left -= 1
      const message = this.messages[at - 1]
      if (message && fitsLogFilter(message, filter)) messages.push(message)
    }
    return { messages, more: at > 1, cursor: at, top }
  }
}

/** Until everything that has an answer has taken it. */
export async function settled(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done))
}
