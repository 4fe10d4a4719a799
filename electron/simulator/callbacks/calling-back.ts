import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { readCallbackNumber } from '#shared/callbacks/read/read-number.ts'
import type { PhonePost, SimulatedReceipts } from '#shared/simulator-phone.ts'
import type { Clock } from '../../sending/access/turns.ts'
import type { Taken } from '../desk.ts'
import { receiptStatesOf } from './compose.ts'
import { Courier, type Errand } from './courier.ts'
import { mostPosts, Phone, type Kept } from './phone.ts'
import { planReceipts, wishWords } from './plan.ts'
import { Postman, type PostmanParts } from './postman.ts'
import { ReceiptErrand } from './receipt-errand.ts'
import type { ReceiptWish, TakenMessage } from './taken.ts'

export interface CallingBackParts extends PostmanParts {
  clock: Clock
  settings: () => SimulatedReceipts
  onChange?: (number: string | null) => void
}

/** So long the answer to a send waits at most for receipts that are to come before it. */
const longestHold = 5000

/** Sends what vendors send after a message: receipts by themselves, replies and clicks when the phone is asked to. */
export class CallingBack {
  readonly phone: Phone
  private readonly parts: CallingBackParts
  private readonly courier: Courier
  private readonly postman: Postman

  constructor(parts: CallingBackParts) {
    this.parts = parts
    this.phone = new Phone(parts.onChange ?? (() => {}))
    this.courier = new Courier(parts.clock)
    this.postman = new Postman(parts, this.phone)
  }

  /**
   * Messages that a vendor took with one request, whose receipts are to come. Answers with what the answer to the request
   * has to wait for; null: nothing.
   */
  take({ vendor, id, messages, faultFor }: Taken): Promise<void> | null {
    const at = this.parts.now()
    const holds = messages.map((taken, index) => {
      const entry = this.receive(vendor, index === 0 ? id : `${id}/${index + 1}`, taken, at)
      const fault = faultFor(taken.to)
      return this.expect(entry, fault ?? taken.wish, fault !== null)
    })
    const waited = holds.filter((hold) => hold !== null)
    return waited.length === 0 ? null : this.hold(waited)
  }

  /** The posts of a request’s messages. */
  postsOf(id: string): PhonePost[] {
    const posts: PhonePost[] = []
    for (let index = 0; index < mostPosts; index += 1) {
      const entry = this.phone.get(index === 0 ? id : `${id}/${index + 1}`)
      if (!entry) break
      posts.push(...entry.posts)
    }
    return posts.map((post) => ({ ...post }))
  }

  /** Throws `not_found`. */
  async reply(number: string, text: string, to: string | null): Promise<Kept> {
    const answered = to === null ? this.phone.newestReceived(number) : this.phone.get(to)
    if (answered?.number !== number || answered.direction !== 'received')
      throw new AppError('not_found', 'This number has received no message that could be replied to.')
    const reply = this.replyTo(answered, text)
    await this.postman.post(reply, reply.posts[0] as PhonePost, { text })
    return reply
  }

  /** Throws `not_found`. */
  async click(id: string, url: string): Promise<Kept> {
    const entry = this.phone.get(id)
    if (entry?.direction !== 'received') throw noSuchMessage()
    const post = this.phone.addPost(entry, { kind: 'click', url, at: this.parts.now() })
    await this.postman.post(entry, post, {})
    return entry
  }

  /** Throws `not_found`. */
  async postAgain(id: string, postId: string): Promise<Kept> {
    const entry = this.phone.get(id)
    const post = entry?.posts.find((one) => one.id === postId)
    if (!entry || !post) throw noSuchMessage()
    if (post.outcome === 'waiting') return entry
    this.phone.change(entry, post, { outcome: 'waiting', answer: null, reason: null, why: null })
    await this.postman.post(entry, post, { text: entry.text })
    return entry
  }

  /** What is still to come does not come any more: the simulator was stopped. */
  drop(): void {
    for (const errand of this.courier.empty()) if (errand instanceof ReceiptErrand) errand.dropped()
  }

  clear(): void {
    this.courier.empty()
    this.phone.clear()
  }

  async close(): Promise<void> {
    this.postman.close()
    await this.courier.close()
  }

  private receive(vendor: string, id: string, taken: TakenMessage, at: number): Kept {
    const own = this.parts.home?.messageOnWay(vendor, taken.to, taken.reference) ?? null
    return this.phone.add({
      id,
      number: own?.to ?? readCallbackNumber(taken.to, undefined),
      direction: 'received',
      at,
      text: taken.text,
      vendor,
      from: taken.from,
      messageId: own?.messageId ?? null,
      providerId: own?.providerId ?? null,
      posts: [],
      taken,
    })
  }

  private replyTo(answered: Kept, text: string): Kept {
    const at = this.parts.now()
    const reply: Kept = { ...answered, id: randomUUID(), direction: 'replied', at, text, posts: [] }
    this.phone.add(reply)
    this.phone.addPost(reply, { kind: 'reply', at })
    return reply
  }

  /** Plans the receipts of a message. Answers with what its own answer has to wait for. */
  private expect(entry: Kept, wish: ReceiptWish | null, byFault: boolean): Promise<void> | null {
    const settings = this.parts.settings()
    if (!settings.enabled) return null
    const note = wishWords(wish, byFault)
    if (wish?.kind === 'receiptsMissing') {
      this.phone.addPost(entry, {
        kind: 'receipt',
        at: entry.at,
        outcome: 'failed',
        reason: 'fault',
        why: note,
      })
      return null
    }
    const vendor = this.parts.vendor(entry.vendor)
    const planned = this.postman.isSilent(entry)
      ? []
      : planReceipts(settings, receiptStatesOf({ vendor, api: entry.taken.api, fields: {} }), wish)
    if (planned.length === 0) {
      this.phone.addPost(entry, { kind: 'receipt', at: entry.at, ...sendsNone })
      return null
    }
    const reply =
      wish?.kind === 'replies'
        ? () => void this.reply(entry.number, wish.text, entry.id).catch(() => {})
        : null
    const errand = new ReceiptErrand({
      entry,
      planned,
      wish,
      note,
      begun: this.courier.now(),
      phone: this.phone,
      postman: this.postman,
      onDone: reply,
    })
    if (wish?.kind === 'receiptsBeforeAnswer') return errand.runAll()
    this.enqueue(errand)
    return null
  }

  private enqueue(errand: ReceiptErrand & Errand): void {
    if (!this.courier.add(errand.due, errand)) errand.tooMany()
  }

  private async hold(waited: Promise<void>[]): Promise<void> {
    let takeBack = () => {}
    const longest = new Promise<void>((resolve) => {
      takeBack = this.parts.clock.after(longestHold, resolve)
    })
    await Promise.race([Promise.all(waited), longest])
    takeBack()
  }
}

const noSuchMessage = () =>
  new AppError('not_found', 'The simulator no longer has this message. It keeps the newest ones only.')

const sendsNone = {
  outcome: 'failed',
  reason: 'vendor_sends_none',
  why: 'What this vendor sends is not published, or the request holds nothing to tell the message by.',
} as const
