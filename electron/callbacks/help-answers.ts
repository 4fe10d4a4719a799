import { randomUUID } from 'node:crypto'
import type { SendInput } from '#shared/send-input.ts'
import { AppError } from '#shared/errors.ts'
import { listMessagesTo } from '../db/conversations.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Log } from '../log.ts'
import { readReplyWords } from './reply-words.ts'

const onceInMs = 3_600_000
const mostLookedAt = 50

/** Answers those who ask for help, as an ordinary message: one to a number in an hour, so that no two machines talk forever. */
export class HelpAnswers {
  private readonly answered = new Map<string, number>()
  private readonly stores: StoreHandle
  private readonly send: (input: SendInput) => Promise<unknown>
  private readonly log: Log
  private readonly now: () => number

  constructor(parts: {
    stores: StoreHandle
    send: (input: SendInput) => Promise<unknown>
    log: Log
    now: () => number
  }) {
    this.stores = parts.stores
    this.send = parts.send
    this.log = parts.log
    this.now = parts.now
  }

  answer({ number, providerId }: { number: string; providerId: string }): void {
    const text = this.stores.store.read(readReplyWords).helpAnswer.trim()
    if (text === '' || this.wasAnswered(number, text)) return
    this.answered.set(number, this.now())
    const input: SendInput = {
      key: randomUUID(),
      provider: { kind: 'saved', id: providerId },
      to: number,
      country: null,
      text,
      values: {},
      test: false,
    }
    this.send(input).catch((error: unknown) => {
      const why = error instanceof AppError ? error.message : error
      this.log.warn('A word for help could not be answered', { provider: providerId, why })
    })
  }

  private wasAnswered(number: string, text: string): boolean {
    const since = this.now() - onceInMs
    for (const [known, at] of this.answered) if (at < since) this.answered.delete(known)
    if (this.answered.has(number)) return true
    // Before a restart, too.
    const before = this.stores.store.read((db) => listMessagesTo(db, number, mostLookedAt))
    return before.some(({ body, created_at: at }) => at >= since && body === text)
  }
}
