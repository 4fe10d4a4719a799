import { randomUUID } from 'node:crypto'
import type { SendInput } from '#shared/send-input.ts'
import { AppError } from '#shared/errors.ts'
import { listMessagesTo } from '../../db/incoming/conversations.ts'
import type { StoreHandle } from '../../db/store-handle.ts'
import type { Log } from '../../log.ts'
import { readReplyWords } from './reply-words.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** To one number. A machine that answers whatever comes with HELP is answered so often, and not for ever. */
const mostInDay = 3
/** To all numbers together: whoever knows a provider's address can post words from numbers that are made up. */
const mostInHour = 600
const mostLookedAt = 100

/** Answers those who ask for help, as an ordinary message, within limits, so that no two machines talk forever. */
export class HelpAnswers {
  /** When a number was answered within the last day, oldest first. */
  private readonly answered = new Map<string, number[]>()
  /** When any was within the last hour, oldest first. */
  private lately: number[] = []
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
    if (text === '' || !this.mayAnswer(number, text)) return
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

  /** Notes that it is, if so. */
  private mayAnswer(number: string, text: string): boolean {
    const now = this.now()
    const times = this.timesOf(number, text, now)
    if (times.length >= mostInDay || (times.at(-1) ?? -Infinity) >= now - hourMs) return false
    this.lately = this.lately.filter((at) => at >= now - hourMs)
    if (this.lately.length >= mostInHour) {
      this.log.warn('Words for help are not answered for now: there were too many within an hour')
      return false
    }
    this.lately.push(now)
    // The oldest goes first, as what was sent is looked up anyway.
    if (this.answered.size > mostInHour * 24) this.answered.delete(this.answered.keys().next().value ?? '')
    this.answered.set(number, [...times, now])
    return true
  }

  /** Those of this run, and those of runs before it, which are found by their text. */
  private timesOf(number: string, text: string, now: number): number[] {
    const messages = this.stores.store.read((db) => listMessagesTo(db, number, mostLookedAt))
    const sent = messages.filter(({ body }) => body === text).map(({ created_at: at }) => at)
    const known = this.answered.get(number) ?? []
    const times = known.length >= sent.length ? known : sent.toReversed()
    return times.filter((at) => at >= now - dayMs)
  }
}
